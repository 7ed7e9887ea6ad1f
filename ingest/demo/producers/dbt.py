"""dbt: the run of the project, its models with full lineage, its tests with their results."""

from __future__ import annotations

from openlineage.client.event_v2 import InputDataset, OutputDataset, RunEvent
from openlineage.client.facet_v2 import (
    InputDatasetFacet,
    JobFacet,
    data_quality_assertions_dataset,
)

from ingest.demo.company.incidents import FAILED_CHECKS
from ingest.demo.company.warehouse.models import PROJECT
from ingest.demo.history.execution import Moment, Phase
from ingest.demo.model import Check, Dataset, Job
from ingest.demo.producers import datasets, flows, jobs, runs
from ingest.demo.producers.integration import Integration

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
    revision = moment.execution.revision
    return runs.run_event(
        moment,
        INTEGRATION,
        inputs=[_read(it, moment) for it in revision.inputs],
        outputs=[_made(it, moment) for it in (revision.output,) if it],
        job_facets=_job_facets(moment.execution.job),
    )


def _job_facets(job: Job) -> dict[str, JobFacet]:
    return {**jobs.described(job), **({"dbt_node": _node(job)} if job.type == "MODEL" else {})}


def _node(job: Job) -> JobFacet:
    database, schema, _, model = job.at.name.split(".")
    return JobFacet().with_additional_properties(
        unique_id=f"model.{PROJECT}.{model}",
        database=database,
        schema=schema,
        alias=model,
        original_file_path=job.path,
    )


def _read(dataset: Dataset, moment: Moment) -> InputDataset:
    return InputDataset(
        dataset.at.namespace,
        dataset.at.name,
        inputFacets=_assertions(dataset, moment),
        facets=datasets.located(dataset),
    )


def _made(dataset: Dataset, moment: Moment) -> OutputDataset:
    execution, facets = moment.execution, datasets.located(dataset)
    if moment.phase is Phase.END:
        facets |= {"schema": datasets.schema(dataset, execution.day)}
        facets |= {"columnLineage": flows.column_lineage(execution.revision)}
        facets |= datasets.described(dataset)
    return OutputDataset(
        dataset.at.namespace,
        dataset.at.name,
        outputFacets={"outputStatistics": runs.written(execution)}
        if runs.succeeded(moment)
        else {},
        facets=facets,
    )


def _assertions(dataset: Dataset, moment: Moment) -> dict[str, InputDatasetFacet]:
    checks = [check for check in moment.execution.job.checks if check.dataset is dataset]
    if moment.phase is not Phase.END or not checks:
        return {}
    return {
        "dataQualityAssertions": data_quality_assertions_dataset.DataQualityAssertionsDatasetFacet(
            assertions=[_assertion(check, moment) for check in checks]
        )
    }


def _assertion(check: Check, moment: Moment) -> data_quality_assertions_dataset.Assertion:
    execution = moment.execution
    failed = any(
        (it.job, it.day, it.column) == (execution.job.at, execution.day, check.column)
        for it in FAILED_CHECKS
    )
    return data_quality_assertions_dataset.Assertion(
        assertion=check.assertion, success=not failed, column=check.column, severity="warn"
    )
