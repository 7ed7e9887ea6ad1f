"""The lake: streams written to S3 by Spark, and journeys of bags built from their scans."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from ingest.demo.company import platforms
from ingest.demo.company.airflow import dag, launch
from ingest.demo.company.sources import booking, operations
from ingest.demo.company.spark import action, application
from ingest.demo.company.statements import statement
from ingest.demo.company.teams import BAGGAGE, PLATFORM
from ingest.demo.model import (
    Dataset,
    DatasetKind,
    Derivation,
    Job,
    Revision,
    Schedule,
    Source,
    Team,
)
from ingest.demo.notation import columns, copies, derivations


def _lake_table(name: str, description: str, owner: Team, table: str) -> Dataset:
    return Dataset(
        platforms.bucket(platforms.LAKE, f"warehouse/lake.db/{name}"),
        DatasetKind.TABLE,
        description,
        owner,
        columns(table),
        also_named=platforms.glue("lake", name),
        file_format="iceberg",
    )


def _stream(name: str, description: str, owner: Team, revision: Revision) -> Job:
    return replace(action(name, description, owner, revision), processing="STREAMING")


BOOKING_CHANGES = _lake_table(
    "booking_changes",
    "Every change of a booking, as the stream delivered it.",
    PLATFORM,
    """
        event_id     string         Key of the event
        booking_id   bigint         The booking changed
        event_type   string         created, paid, changed or cancelled
        amount       decimal(10,2)  Amount of the change
        currency     string         ISO 4217
        occurred_at  timestamp      Time in the booking system
        dt           date           Partition, day of the change
    """,
)
BAG_SCANS = _lake_table(
    "bag_scans",
    "Every scan of a bag, as the stream delivered it.",
    BAGGAGE,
    """
        scan_id         string     Key of the scan
        bag_tag         string     Ten digits of the licence plate
        flight_no       string     Flight on the tag
        departure_date  date       Date on the tag
        station         string     Airport of the scan
        scan_point      string     checkin, sorter, loaded, arrived or claim
        scanned_at      timestamp  Time of the scan
        dt              date       Partition, day of the scan
    """,
)
BAG_JOURNEYS = _lake_table(
    "bag_journeys",
    "One row per bag: where it began, where it ended, whether it was claimed.",
    BAGGAGE,
    """
        bag_tag          string     Ten digits of the licence plate
        flight_no        string     Flight on the tag
        departure_date   date       Date on the tag
        origin_station   string     Airport of the first scan
        final_station    string     Airport of the last scan
        scans            bigint     Number of scans
        first_scan_at    timestamp  First scan
        last_scan_at     timestamp  Last scan
        mishandled       boolean    Never claimed
    """,
)
BAG_JOURNEYS_COPY = Dataset(
    platforms.snowflake("OPS", "BAG_JOURNEYS", database="RAW"),
    DatasetKind.TABLE,
    "Copy of the lake's journeys for the warehouse.",
    BAGGAGE,
    columns("""
        BAG_TAG         VARCHAR(10)    Ten digits of the licence plate
        FLIGHT_NO       VARCHAR        Flight on the tag
        DEPARTURE_DATE  DATE           Date on the tag
        ORIGIN_STATION  VARCHAR(3)     Airport of the first scan
        FINAL_STATION   VARCHAR(3)     Airport of the last scan
        SCANS           NUMBER(38,0)   Number of scans
        FIRST_SCAN_AT   TIMESTAMP_NTZ  First scan
        LAST_SCAN_AT    TIMESTAMP_NTZ  Last scan
        MISHANDLED      BOOLEAN        Never claimed
    """),
)

BOOKING_STREAM = _stream(
    "booking_stream.append_data.lake_booking_changes",
    "Writes the topic of booking changes to the lake, without an end.",
    PLATFORM,
    Revision(
        inputs=(booking.BOOKING_CHANGES,),
        output=BOOKING_CHANGES,
        derivations=(
            *copies(
                "event_id booking_id event_type amount currency occurred_at",
                booking.BOOKING_CHANGES,
            ),
            *derivations("dt TRANSFORMATION b.occurred_at", b=booking.BOOKING_CHANGES),
        ),
    ),
)
BAG_SCAN_STREAM = _stream(
    "bag_scan_stream.append_data.lake_bag_scans",
    "Writes the topic of bag scans to the lake, without an end.",
    BAGGAGE,
    Revision(
        inputs=(operations.BAG_SCAN_EVENTS,),
        output=BAG_SCANS,
        derivations=(
            *copies(
                "scan_id bag_tag flight_no departure_date station scan_point scanned_at",
                operations.BAG_SCAN_EVENTS,
            ),
            *derivations("dt TRANSFORMATION b.scanned_at", b=operations.BAG_SCAN_EVENTS),
        ),
    ),
)
BUILD_JOURNEYS = action(
    "bag_journeys.execute_insert_into_hadoop_fs_relation_command.lake_bag_journeys",
    "Builds the journey of each bag from its scans.",
    BAGGAGE,
    Revision(
        inputs=(BAG_SCANS,),
        output=BAG_JOURNEYS,
        derivations=(
            *copies("bag_tag flight_no departure_date", BAG_SCANS),
            *derivations(
                """
                    origin_station  AGGREGATION  s.station s.scanned_at
                    final_station   AGGREGATION  s.station s.scanned_at
                    scans           AGGREGATION  s.scan_id
                    first_scan_at   AGGREGATION  s.scanned_at
                    last_scan_at    AGGREGATION  s.scanned_at
                    mishandled      AGGREGATION  s.scan_point
                    *               FILTER       s.scan_point
                    *               GROUP_BY     s.bag_tag s.flight_no s.departure_date
                """,
                s=BAG_SCANS,
            ),
        ),
        sql=statement("pipelines", "bag_journeys"),
        dialect="spark",
    ),
)
COPY_JOURNEYS = action(
    "bag_journeys_to_warehouse.save_into_data_source_command.raw_ops_bag_journeys",
    "Copies the journeys to the warehouse.",
    BAGGAGE,
    Revision(
        inputs=(BAG_JOURNEYS,),
        output=BAG_JOURNEYS_COPY,
        derivations=tuple(
            Derivation(column.name.upper(), "IDENTITY", (Source(BAG_JOURNEYS, column.name),))
            for column in BAG_JOURNEYS.columns
        ),
    ),
)

BAG_JOURNEYS_DAG = dag(
    "bag_journeys",
    "Builds the journeys of yesterday's bags and copies them to the warehouse.",
    BAGGAGE,
    (
        launch(
            "bag_journeys.build",
            application("bag_journeys", "Journeys of bags.", BAGGAGE, BUILD_JOURNEYS),
        ),
    ),
    (
        launch(
            "bag_journeys.copy",
            application(
                "bag_journeys_to_warehouse", "Copy of the journeys.", BAGGAGE, COPY_JOURNEYS
            ),
        ),
    ),
)

DATASETS = (BOOKING_CHANGES, BAG_SCANS, BAG_JOURNEYS, BAG_JOURNEYS_COPY)
STREAMS = (BOOKING_STREAM, BAG_SCAN_STREAM)
SCHEDULES = (Schedule(BAG_JOURNEYS_DAG, time(2, 0)),)
