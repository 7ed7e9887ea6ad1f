"""Data science: who will not show up. Features, a model, scores; all by Hamilton."""

from __future__ import annotations

from datetime import time

from ingest.demo.company import platforms
from ingest.demo.company.lake import BOOKING_CHANGES
from ingest.demo.company.teams import SCIENCE
from ingest.demo.company.warehouse.revenue import FCT_BOOKINGS
from ingest.demo.company.warehouse.staging import BOOKINGS, CUSTOMERS, SEGMENTS
from ingest.demo.model import Dataset, DatasetKind, Job, Name, Revision, Schedule, Tool
from ingest.demo.notation import columns, derivations

FEATURES = Dataset(
    platforms.bucket("meridian-ml", "no_show/features.parquet"),
    DatasetKind.FILE,
    "One row per booking with what predicts a no-show.",
    SCIENCE,
    columns("""
        booking_id    int64   Key of the booking
        lead_days     int64   Days from booking to the first flight
        party_size    int64   People travelling
        channel       string  Sales channel
        loyalty_tier  string  none, blue, silver or gold
        cabin         string  business if any flight is
        net_eur       double  What the booking brought in
        changes       int64   How often the booking was changed
    """),
    file_format="parquet",
)

MODEL = Dataset(
    platforms.bucket("meridian-ml", "no_show/model"),
    DatasetKind.MODEL,
    "Gradient boosted trees that estimate the chance of a no-show.",
    SCIENCE,
    columns("""
        version        string  Day of the training
        weights        bytes   The trees
        auc            double  On held-out bookings
    """),
    consumer="model",
    criticality="high",
)

SCORES = Dataset(
    platforms.snowflake("ML", "NO_SHOW_SCORES"),
    DatasetKind.TABLE,
    "Chance of a no-show for every open booking.",
    SCIENCE,
    columns("""
        BOOKING_ID           NUMBER(38,0)   Key of the booking
        NO_SHOW_PROBABILITY  FLOAT          0 to 1
        MODEL_VERSION        VARCHAR        Day of the training
        SCORED_AT            TIMESTAMP_NTZ  When
    """),
)


def _hamilton(name: str, description: str, minutes: float, revision: Revision) -> Job:
    return Job(
        at=Name(platforms.HAMILTON, name),
        tool=Tool.HAMILTON,
        type="DAG",
        description=description,
        owner=SCIENCE,
        path=f"no_show/{name}.py",
        revisions=(revision,),
        minutes=minutes,
    )


BUILD_FEATURES = _hamilton(
    "no_show_features",
    "Builds the features of every booking.",
    9,
    Revision(
        inputs=(FCT_BOOKINGS, BOOKINGS, CUSTOMERS, SEGMENTS, BOOKING_CHANGES),
        output=FEATURES,
        derivations=derivations(
            """
                booking_id    IDENTITY        f.BOOKING_ID
                lead_days     TRANSFORMATION  f.FIRST_DEPARTURE f.BOOKED_DATE
                party_size    IDENTITY        f.PASSENGERS
                channel       IDENTITY        b.CHANNEL
                loyalty_tier  IDENTITY        c.LOYALTY_TIER
                cabin         AGGREGATION     s.CABIN
                net_eur       IDENTITY        f.NET_EUR
                changes       AGGREGATION     e.event_id
                *             JOIN            f.BOOKING_ID b.BOOKING_ID s.BOOKING_ID e.booking_id
                *             JOIN            f.CUSTOMER_ID c.CUSTOMER_ID
                *             FILTER          b.BOOKING_STATUS
            """,
            f=FCT_BOOKINGS,
            b=BOOKINGS,
            c=CUSTOMERS,
            s=SEGMENTS,
            e=BOOKING_CHANGES,
        ),
    ),
)
TRAIN = _hamilton(
    "train_no_show",
    "Trains the model on a year of bookings.",
    55,
    Revision(
        inputs=(FEATURES,),
        output=MODEL,
        derivations=derivations(
            """
                weights  AGGREGATION  f.lead_days f.party_size f.channel
                weights  AGGREGATION  f.loyalty_tier f.cabin f.net_eur f.changes
                auc      AGGREGATION  f.lead_days f.party_size f.channel
                auc      AGGREGATION  f.loyalty_tier f.cabin f.net_eur f.changes
            """,
            f=FEATURES,
        ),
    ),
)
SCORE = _hamilton(
    "score_no_show",
    "Scores every open booking.",
    7,
    Revision(
        inputs=(FEATURES, MODEL),
        output=SCORES,
        derivations=(
            *derivations(
                """
                    BOOKING_ID           IDENTITY        f.booking_id
                    NO_SHOW_PROBABILITY  TRANSFORMATION  f.lead_days f.party_size f.channel
                    NO_SHOW_PROBABILITY  TRANSFORMATION  f.loyalty_tier f.cabin f.net_eur f.changes
                    NO_SHOW_PROBABILITY  TRANSFORMATION  m.weights
                    MODEL_VERSION        IDENTITY        m.version
                """,
                f=FEATURES,
                m=MODEL,
            ),
        ),
    ),
)

DATASETS = (FEATURES, MODEL, SCORES)
SCHEDULES = (
    Schedule(BUILD_FEATURES, time(6, 30)),
    Schedule(TRAIN, time(7, 0), only=frozenset(range(1, 30, 4))),
    Schedule(SCORE, time(8, 15)),
)
