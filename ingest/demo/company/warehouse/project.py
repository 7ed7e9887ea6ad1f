"""The nightly run of the dbt project, started by Airflow."""

from __future__ import annotations

from datetime import time

from ingest.demo.company import platforms
from ingest.demo.company.airflow import dag, launch, task
from ingest.demo.company.statements import statement
from ingest.demo.company.teams import ANALYTICS, PLATFORM
from ingest.demo.company.warehouse import customers, operations, revenue, staging
from ingest.demo.company.warehouse.models import PROJECT, test_of
from ingest.demo.model import Job, Name, Revision, Schedule, Tool

_INTERMEDIATE = (*revenue.INTERMEDIATE, *operations.INTERMEDIATE)


def _tests(models: tuple[Job, ...]) -> tuple[Job, ...]:
    return tuple(test_of(model) for model in models if model.checks)


DBT_RUN = Job(
    at=Name(platforms.DBT, f"dbt-run-{PROJECT}"),
    tool=Tool.DBT,
    type="JOB",
    description="Builds and tests all models.",
    owner=ANALYTICS,
    path="dbt_project.yml",
    steps=(
        staging.JOBS,
        _tests(staging.JOBS),
        _INTERMEDIATE,
        _tests(_INTERMEDIATE),
        (*revenue.MARTS, *customers.MARTS, *operations.MARTS),
    ),
)

DBT_DAG = dag(
    "dbt_daily",
    "Builds the warehouse's models after the night's loads.",
    ANALYTICS,
    (launch("dbt_daily.dbt_build", DBT_RUN),),
    criticality="high",
)

RENAME = dag(
    "warehouse_admin",
    "Changes in the warehouse by hand.",
    PLATFORM,
    (
        task(
            "warehouse_admin.rename_customer_ltv",
            "Renames the table of lifetime values.",
            PLATFORM,
            Revision(
                since=customers.RENAMED_ON,
                output=customers.CUSTOMER_VALUE,
                renames=customers.CUSTOMER_LTV,
                sql=statement("pipelines", "rename_customer_ltv"),
            ),
            minutes=0.2,
        ),
    ),
)

DATASETS = (*staging.DATASETS, *revenue.DATASETS, *customers.DATASETS, *operations.DATASETS)
SCHEDULES = (
    Schedule(DBT_DAG, time(3, 0)),
    Schedule(RENAME, time(0, 30), only=frozenset({customers.RENAMED_ON})),
)
