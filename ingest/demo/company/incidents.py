"""What goes wrong in the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from ingest.demo.company import platforms
from ingest.demo.company.lake import BAG_JOURNEYS_DAG, BAG_SCAN_STREAM, BUILD_JOURNEYS
from ingest.demo.company.science import TRAIN
from ingest.demo.company.warehouse.operations import FLIGHT_PERFORMANCE_JOB
from ingest.demo.company.warehouse.project import DBT_DAG
from ingest.demo.model import Job, Name


@dataclass(frozen=True, slots=True)
class Failure:
    """What a failed run says."""

    message: str
    language: str
    stack: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Runs of a job that start on a day before `until` do not succeed.

    Without a failure somebody aborts them.
    """

    job: Name
    day: int
    until: time
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class Delay:
    """On a day a job waits for its data."""

    job: Name
    day: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Shortfall:
    """On a day a job finds a part of its usual rows only."""

    job: Name
    day: int
    part: float


@dataclass(frozen=True, slots=True)
class Rerun:
    """Somebody starts a job again by hand, for the days named (a backfill if they are past)."""

    job: Job
    day: int
    at: time
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """On a day a data test finds rows that break its rule."""

    job: Name
    day: int
    column: str


_PAYMENTS = Name(platforms.AIRFLOW, "booking_replication.load_payments")

INCIDENTS = (
    Incident(
        _PAYMENTS,
        7,
        time(1, 3),
        Failure(
            'psycopg2.OperationalError: connection to server at "booking-db.meridian-air.example" '
            "failed: FATAL: too many connections",
            "PYTHON",
            "Traceback (most recent call last):\n"
            '  File "/opt/airflow/dags/booking_replication.py", line 48, in copy_table\n'
            "    with source.get_conn() as connection:\n"
            "psycopg2.OperationalError: FATAL: too many connections",
        ),
    ),
    Incident(TRAIN.at, 13, time(23, 0), None),
    Incident(
        BAG_SCAN_STREAM.at,
        17,
        time(9, 30),
        Failure(
            "org.apache.kafka.common.errors.TimeoutException: Timeout of 60000ms expired before "
            "the position for partition bag.scans-3 could be determined",
            "JAVA",
            "org.apache.spark.sql.streaming.StreamingQueryException: Query bag_scan_stream "
            "terminated with exception\n"
            "\tat org.apache.spark.sql.execution.streaming.StreamExecution.runStream"
            "(StreamExecution.scala:332)\n"
            "Caused by: org.apache.kafka.common.errors.TimeoutException",
        ),
    ),
    Incident(
        FLIGHT_PERFORMANCE_JOB.at,
        22,
        time(6, 0),
        Failure(
            "Database Error in model int_flight_performance: 100038 (22018): Numeric value "
            "'CAVOK' is not recognized",
            "SQL",
            "compiled code at target/compiled/meridian/models/intermediate/"
            "int_flight_performance.sql",
        ),
    ),
    Incident(
        BUILD_JOURNEYS.at,
        25,
        time(2, 10),
        Failure(
            "org.apache.spark.SparkException: Job aborted due to stage failure: "
            "ExecutorLostFailure (executor 7 exited caused by one of the running tasks) "
            "Reason: Container killed by YARN for exceeding memory limits",
            "JAVA",
            "org.apache.spark.SparkException: Job aborted due to stage failure\n"
            "\tat org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages"
            "(DAGScheduler.scala:2844)",
        ),
    ),
)
DELAYS = (Delay(Name(platforms.AIRFLOW, "ops_replication.load_flights"), 15, 312),)
SHORTFALLS = (Shortfall(_PAYMENTS, 24, 0.38),)
RERUNS = (
    Rerun(BAG_JOURNEYS_DAG, 19, time(10, 0), (14, 15, 16, 17, 18)),
    Rerun(DBT_DAG, 22, time(8, 20), (22,)),
)
FAILED_CHECKS = (
    FailedCheck(
        Name(platforms.DBT, "ANALYTICS.INTERMEDIATE.meridian.int_booking_revenue.test"),
        27,
        "NET_EUR",
    ),
)
