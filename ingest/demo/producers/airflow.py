"""Airflow: DAG runs and tasks, with SQL without dialect and lineage without transformations."""

from __future__ import annotations

from openlineage.client.event_v2 import InputDataset, OutputDataset, RunEvent
from openlineage.client.facet_v2 import (
    DatasetFacet,
    RunFacet,
    extraction_error_run,
    lifecycle_state_change_dataset,
)

from ingest.demo.history.execution import Moment, Phase
from ingest.demo.model import Dataset, Revision
from ingest.demo.producers import datasets, flows, jobs, runs
from ingest.demo.producers.integration import Integration

INTEGRATION = Integration(
    producer="https://github.com/apache/airflow/tree/providers-openlineage/2.20.0",
    name="AIRFLOW",
    engine="Airflow",
    engine_version="2.11.0",
    adapter_version="2.20.0",
    repository="https://git.meridian-air.example/data/pipelines",
)
_TEMPLATE = "{%"


def tell(moment: Moment) -> RunEvent:
    """Give the event of a DAG run or task."""
    execution = moment.execution
    return runs.run_event(
        moment,
        INTEGRATION,
        inputs=[_read(it, moment) for it in execution.revision.inputs],
        outputs=[_made(it, moment) for it in (execution.revision.output,) if it],
        job_facets=jobs.described(execution.job),
        run_facets=_run_facets(moment),
    )


def _run_facets(moment: Moment) -> dict[str, RunFacet]:
    execution = moment.execution
    facets: dict[str, RunFacet] = {"nominalTime": runs.nominal_time(execution)}
    if moment.phase is Phase.END and _is_template(execution.revision):
        facets["extractionError"] = extraction_error_run.ExtractionErrorRunFacet(
            totalTasks=1,
            failedTasks=1,
            errors=[
                extraction_error_run.Error(
                    errorMessage="sql parser error: Expected: an expression, found: {",
                    task=execution.revision.sql,
                )
            ],
        )
    return facets


def _is_template(revision: Revision) -> bool:
    return revision.sql is not None and _TEMPLATE in revision.sql


def _read(dataset: Dataset, moment: Moment) -> InputDataset:
    facets = datasets.located(dataset)
    if moment.phase is Phase.END:
        facets["schema"] = datasets.schema(dataset, moment.execution.day)
    return InputDataset(dataset.at.namespace, dataset.at.name, facets=facets)


def _made(dataset: Dataset, moment: Moment) -> OutputDataset:
    facets, revision = datasets.located(dataset), moment.execution.revision
    if moment.phase is Phase.START:
        return OutputDataset(dataset.at.namespace, dataset.at.name, facets=facets)
    facets |= {"schema": datasets.schema(dataset, moment.execution.day)}
    facets |= datasets.described(dataset) | _changes(revision)
    moved = runs.succeeded(moment) and revision.inputs
    return OutputDataset(
        dataset.at.namespace,
        dataset.at.name,
        outputFacets={"outputStatistics": runs.written(moment.execution)} if moved else {},
        facets=facets,
    )


def _changes(revision: Revision) -> dict[str, DatasetFacet]:
    if revision.renames:
        before = revision.renames.at
        return {
            "lifecycleStateChange": lifecycle_state_change_dataset.LifecycleStateChangeDatasetFacet(
                lifecycleStateChange=lifecycle_state_change_dataset.LifecycleStateChange.RENAME,
                previousIdentifier=lifecycle_state_change_dataset.PreviousIdentifier(
                    name=before.name, namespace=before.namespace
                ),
            )
        }
    return {"columnLineage": flows.plain_column_lineage(revision)} if revision.derivations else {}
