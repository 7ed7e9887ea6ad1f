"""Flight operations: flights, aircraft, crew, weather."""

from __future__ import annotations

from ingest.demo.company import platforms
from ingest.demo.company.teams import OPERATIONS
from ingest.demo.model import Dataset, DatasetKind
from ingest.demo.notation import columns

FLIGHTS = Dataset(
    platforms.ops_db("flights"),
    DatasetKind.TABLE,
    "One row per operated leg, planned and actual.",
    OPERATIONS,
    columns("""
        flight_id            bigint       Key of the leg
        flight_no            text         Operating flight number
        departure_date       date         Local date of departure
        origin               character(3) IATA code
        destination          character(3) IATA code
        aircraft_id          integer      Aircraft that flew it
        scheduled_departure  timestamptz  Off blocks, planned
        actual_departure     timestamptz  Off blocks, actual
        scheduled_arrival    timestamptz  On blocks, planned
        actual_arrival       timestamptz  On blocks, actual
        status               text         planned, departed, arrived or cancelled
        delay_code           text         IATA delay code
        gate                 text         Departure gate
        taxi_out_min         integer      Minutes from the gate to take-off
        boarded              integer      Passengers on board
        fuel_kg              integer      Fuel uplifted
    """),
    criticality="critical",
)

AIRCRAFT = Dataset(
    platforms.ops_db("aircraft"),
    DatasetKind.TABLE,
    "The fleet.",
    OPERATIONS,
    columns("""
        aircraft_id       integer       Key of the aircraft
        tail_number       text          Registration
        type_code         text          ICAO type designator
        seats             integer       Seats as configured
        base_airport      character(3)  Home base
        in_service_since  date          First revenue flight
    """),
)

MAINTENANCE_ORDERS = Dataset(
    platforms.ops_db("maintenance_orders"),
    DatasetKind.TABLE,
    "Open and closed maintenance work.",
    OPERATIONS,
    columns("""
        order_id     bigint       Key of the order
        aircraft_id  integer      Aircraft to work on
        ata_chapter  text         System, by ATA chapter
        opened_at    timestamptz  When it was raised
        closed_at    timestamptz  When it was signed off
        deferred     boolean      Deferred by the minimum equipment list
    """),
)

CREW_MEMBERS = Dataset(
    platforms.ops_db("crew_members"),
    DatasetKind.TABLE,
    "Pilots and cabin crew.",
    OPERATIONS,
    columns("""
        crew_id       integer       Key of the crew member
        full_name     text          As in the licence #pii
        rank          text          CPT, FO, PU or FA
        base_airport  character(3)  Home base
        licence_no    text          Number of the licence #pii
        hired_on      date          First day of service
    """),
)

CREW_ASSIGNMENTS = Dataset(
    platforms.ops_db("crew_assignments"),
    DatasetKind.TABLE,
    "Who flies what, with duty times.",
    OPERATIONS,
    columns("""
        assignment_id  bigint       Key of the assignment
        crew_id        integer      Crew member
        flight_id      bigint       Leg
        role           text         Role on this leg
        duty_start     timestamptz  Report time
        duty_end       timestamptz  Release time
        deadhead       boolean      Travels as a passenger
        block_minutes  integer      Minutes on blocks
    """),
)

BAG_SCAN_EVENTS = Dataset(
    platforms.topic("bag.scans"),
    DatasetKind.TOPIC,
    "Every scan of a bag tag at every station.",
    OPERATIONS,
    columns("""
        scan_id         string     Key of the scan
        bag_tag         string     Ten digits of the licence plate
        flight_no       string     Flight on the tag
        departure_date  date       Date on the tag
        station         string     Airport of the scan
        scan_point      string     checkin, sorter, loaded, arrived or claim
        scanned_at      timestamp  Time of the scan
    """),
)

WEATHER_FEED = Dataset(
    platforms.local_file("/data/feeds/weather/metar.csv"),
    DatasetKind.FILE,
    "Hourly airport weather of a subscription, replaced every day.",
    OPERATIONS,
    columns("""
        station       VARCHAR    IATA code
        observed_at   TIMESTAMP  Time of the observation
        wind_kt       INTEGER    Mean wind in knots
        gust_kt       INTEGER    Gusts in knots
        visibility_m  INTEGER    Visibility in metres
        ceiling_ft    INTEGER    Cloud base in feet
    """),
    file_format="csv",
)

DATASETS = (
    FLIGHTS,
    AIRCRAFT,
    MAINTENANCE_ORDERS,
    CREW_MEMBERS,
    CREW_ASSIGNMENTS,
    BAG_SCAN_EVENTS,
    WEATHER_FEED,
)
