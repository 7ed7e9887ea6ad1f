"""Files that partners deliver: exchange rates and weather, and their loads."""

from __future__ import annotations

from datetime import time

from ingest.demo.company import platforms
from ingest.demo.company.airflow import dag, task
from ingest.demo.company.sources import operations
from ingest.demo.company.teams import FINANCE, PLATFORM
from ingest.demo.model import Dataset, DatasetKind, Derivation, Revision, Schedule, Source
from ingest.demo.notation import columns

FX_FEED = Dataset(
    platforms.local_file("/data/feeds/ecb/fx_rates.csv"),
    DatasetKind.FILE,
    "Reference rates of the central bank, every working day.",
    FINANCE,
    columns("""
        rate_date    DATE     Day of the rate
        currency     VARCHAR  ISO 4217
        rate_to_eur  DOUBLE   Euro for one unit of the currency
    """),
    file_format="csv",
)

FX_RATES = Dataset(
    platforms.snowflake("FINANCE", "FX_RATES", database="RAW"),
    DatasetKind.TABLE,
    "Exchange rates to the euro, one row per day and currency.",
    FINANCE,
    columns("""
        RATE_DATE    DATE           Day of the rate
        CURRENCY     VARCHAR(3)     ISO 4217
        RATE_TO_EUR  NUMBER(18,8)   Euro for one unit of the currency
    """),
    criticality="high",
)

WEATHER = Dataset(
    platforms.snowflake("OPS", "WEATHER", database="RAW"),
    DatasetKind.TABLE,
    "Hourly weather per airport.",
    PLATFORM,
    columns("""
        STATION       VARCHAR(3)     IATA code
        OBSERVED_AT   TIMESTAMP_TZ   Time of the observation
        WIND_KT       NUMBER(38,0)   Mean wind in knots
        GUST_KT       NUMBER(38,0)   Gusts in knots
        VISIBILITY_M  NUMBER(38,0)   Visibility in metres
        CEILING_FT    NUMBER(38,0)   Cloud base in feet
    """),
)


def _load(feed: Dataset, table: Dataset) -> Revision:
    return Revision(
        inputs=(feed,),
        output=table,
        derivations=tuple(
            Derivation(column.name.upper(), "IDENTITY", (Source(feed, column.name),))
            for column in feed.columns
        ),
    )


FEEDS = dag(
    "partner_feeds",
    "Loads the files that partners deliver.",
    PLATFORM,
    (
        task(
            "partner_feeds.load_fx_rates",
            "Loads the exchange rates.",
            FINANCE,
            _load(FX_FEED, FX_RATES),
        ),
        task(
            "partner_feeds.load_weather",
            "Loads the weather of yesterday.",
            PLATFORM,
            _load(operations.WEATHER_FEED, WEATHER),
        ),
    ),
)

DATASETS = (FX_FEED, FX_RATES, WEATHER)
SCHEDULES = (Schedule(FEEDS, time(1, 30)),)
