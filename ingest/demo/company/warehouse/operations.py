"""dbt models of operations: punctuality, crew duty, baggage."""

from __future__ import annotations

from ingest.demo.company import platforms
from ingest.demo.company.lake import BAG_JOURNEYS_COPY
from ingest.demo.company.teams import OPERATIONS
from ingest.demo.company.warehouse import feeds, replication, staging
from ingest.demo.company.warehouse.models import model, selected, table
from ingest.demo.model import Check
from ingest.demo.notation import copies, derivations

FLIGHT_PERFORMANCE = table(
    platforms.snowflake("INTERMEDIATE", "INT_FLIGHT_PERFORMANCE"),
    "Delay of each leg and the weather at its departure.",
    """
        FLIGHT_ID            NUMBER(38,0)  Key of the leg
        FLIGHT_NO            VARCHAR       Operating flight number
        DEPARTURE_DATE       DATE          Local date of departure
        ROUTE                VARCHAR       Origin and destination
        DEPARTURE_DELAY_MIN  NUMBER(9,0)   Minutes off blocks after plan
        ARRIVAL_DELAY_MIN    NUMBER(9,0)   Minutes on blocks after plan
        IS_ON_TIME           BOOLEAN       At most 15 minutes late on blocks
        DELAY_CODE           VARCHAR       IATA delay code
        WEATHER_IMPACT       VARCHAR       fog, wind or none
    """,
)
PUNCTUALITY = table(
    platforms.snowflake("MARTS", "PUNCTUALITY_DAILY"),
    "On-time performance by route and day.",
    """
        ROUTE                   VARCHAR        Origin and destination
        DEPARTURE_DATE          DATE           Local date of departure
        FLIGHTS                 NUMBER(18,0)   Legs that arrived
        FLIGHTS_ON_TIME         NUMBER(18,0)   At most 15 minutes late
        AVG_ARRIVAL_DELAY_MIN   NUMBER(38,6)   Mean delay on blocks
        FLIGHTS_IN_BAD_WEATHER  NUMBER(18,0)   Legs with fog or wind
    """,
    owner=OPERATIONS,
)
CREW_DUTY = table(
    platforms.snowflake("MARTS", "CREW_DUTY_DAILY"),
    "Duty hours of each crew member by day.",
    """
        CREW_ID     NUMBER(38,0)  Crew member
        DUTY_DATE   DATE          Day on which duty began
        LEGS        NUMBER(18,0)  Legs flown
        DUTY_HOURS  NUMBER(38,6)  Report to release
    """,
    owner=OPERATIONS,
)
BAGGAGE_DAILY = table(
    platforms.snowflake("MARTS", "BAGGAGE_DAILY"),
    "Bags and mishandled bags by station and day.",
    """
        STATION          VARCHAR(3)    Airport at which the journey ended
        DEPARTURE_DATE   DATE          Date on the tag
        BAGS             NUMBER(18,0)  Bags seen
        MISHANDLED_BAGS  NUMBER(18,0)  Never claimed
        AVG_SCANS        NUMBER(38,6)  Scans per bag
    """,
    owner=OPERATIONS,
)


FLIGHT_PERFORMANCE_JOB = model(
    FLIGHT_PERFORMANCE,
    "intermediate",
    selected(
        FLIGHT_PERFORMANCE,
        (staging.FLIGHTS, feeds.WEATHER),
        (
            *copies(
                "FLIGHT_ID FLIGHT_NO DEPARTURE_DATE ROUTE DEPARTURE_DELAY_MIN "
                "ARRIVAL_DELAY_MIN DELAY_CODE",
                staging.FLIGHTS,
            ),
            *derivations(
                """
                        IS_ON_TIME      TRANSFORMATION  f.ARRIVAL_DELAY_MIN
                        WEATHER_IMPACT  CONDITIONAL     w.VISIBILITY_M w.GUST_KT
                        *               JOIN            f.ORIGIN w.STATION
                        *               JOIN            f.SCHEDULED_DEPARTURE w.OBSERVED_AT
                    """,
                f=staging.FLIGHTS,
                w=feeds.WEATHER,
            ),
        ),
    ),
    checks=(Check("accepted_values", "WEATHER_IMPACT"),),
)

INTERMEDIATE = (FLIGHT_PERFORMANCE_JOB,)

MARTS = (
    model(
        PUNCTUALITY,
        "marts",
        selected(
            PUNCTUALITY,
            (FLIGHT_PERFORMANCE,),
            (
                *copies("ROUTE DEPARTURE_DATE", FLIGHT_PERFORMANCE),
                *derivations(
                    """
                        FLIGHTS_ON_TIME         AGGREGATION  f.IS_ON_TIME
                        AVG_ARRIVAL_DELAY_MIN   AGGREGATION  f.ARRIVAL_DELAY_MIN
                        FLIGHTS_IN_BAD_WEATHER  AGGREGATION  f.WEATHER_IMPACT
                        *                       GROUP_BY     f.ROUTE f.DEPARTURE_DATE
                    """,
                    f=FLIGHT_PERFORMANCE,
                ),
            ),
        ),
    ),
    model(
        CREW_DUTY,
        "marts",
        selected(
            CREW_DUTY,
            (replication.CREW_ASSIGNMENTS,),
            (
                *copies("CREW_ID", replication.CREW_ASSIGNMENTS),
                *derivations(
                    """
                        DUTY_DATE   TRANSFORMATION  a.DUTY_START
                        LEGS        AGGREGATION     a.FLIGHT_ID
                        DUTY_HOURS  AGGREGATION     a.DUTY_START a.DUTY_END
                        *           GROUP_BY        a.CREW_ID a.DUTY_START
                    """,
                    a=replication.CREW_ASSIGNMENTS,
                ),
            ),
        ),
    ),
    model(
        BAGGAGE_DAILY,
        "marts",
        selected(
            BAGGAGE_DAILY,
            (BAG_JOURNEYS_COPY,),
            (
                *copies("DEPARTURE_DATE", BAG_JOURNEYS_COPY),
                *derivations(
                    """
                        STATION          IDENTITY     b.FINAL_STATION
                        MISHANDLED_BAGS  AGGREGATION  b.MISHANDLED
                        AVG_SCANS        AGGREGATION  b.SCANS
                        *                GROUP_BY     b.FINAL_STATION b.DEPARTURE_DATE
                    """,
                    b=BAG_JOURNEYS_COPY,
                ),
            ),
        ),
    ),
)
DATASETS = (FLIGHT_PERFORMANCE, PUNCTUALITY, CREW_DUTY, BAGGAGE_DAILY)
