"""dbt: the run of the project, its models with their compiled SQL, its tests with their results."""

from __future__ import annotations

from openlineage.client.event_v2 import RunEvent
from openlineage.client.facet_v2 import InputDatasetFacet, JobFacet
from openlineage.client.facet_v2 import data_quality_assertions_dataset as quality

from ingest.demo.company.incidents import FAILED_CHECKS
from ingest.demo.company.warehouse.models import PROJECT
from ingest.demo.history.execution import Execution, Moment, Phase
from ingest.demo.model import Check, Job
from ingest.demo.producers import ends, runs
from ingest.demo.producers.integration import Integration, custom

INTEGRATION = Integration(
    producer="https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/dbt",
    name="DBT",
    engine="dbt",
    engine_version="1.10.23",
    adapter_version="1.54.0",
    repository="https://git.meridian-air.example/data/analytics",
)


def tell(moment: Moment) -> RunEvent:
    """Give the event of the project's run, a model or a model's tests."""
    return runs.run_event(
        moment,
        INTEGRATION,
        ends.Ends(
            inputs=ends.inputs(moment, INTEGRATION, with_schema=False, measured=_results(moment)),
            outputs=ends.outputs(moment, INTEGRATION),
        ),
        job_facets=_job_facets(moment.execution.job),
    )


def _job_facets(job: Job) -> dict[str, JobFacet]:
    return {"dbt_node": _node(job)} if job.type == "MODEL" else {}


def _node(job: Job) -> JobFacet:
    database, schema, _, model = job.at.name.split(".")
    return custom(
        JobFacet,
        unique_id=f"model.{PROJECT}.{model}",
        database=database,
        schema=schema,
        alias=model,
        original_file_path=job.path,
    )


def _results(moment: Moment) -> dict[str, InputDatasetFacet]:
    checks = moment.execution.job.checks if moment.execution.job.type == "TEST" else ()
    if moment.phase is not Phase.END or not checks:
        return {}
    return {
        "dataQualityAssertions": quality.DataQualityAssertionsDatasetFacet(
            assertions=[_assertion(check, moment.execution) for check in checks]
        )
    }


def _assertion(check: Check, execution: Execution) -> quality.Assertion:
    failed = any(
        (it.job, it.day, it.column) == (execution.job.at, execution.day, check.column)
        for it in FAILED_CHECKS
    )
    return quality.Assertion(
        assertion=check.assertion, success=not failed, column=check.column, severity="warn"
    )
