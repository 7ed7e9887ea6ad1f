"""Airflow: DAG runs and tasks; SQL without dialect, or lineage without transformations."""

from __future__ import annotations

from collections.abc import Mapping

from openlineage.client.event_v2 import RunEvent
from openlineage.client.facet_v2 import DatasetFacet, RunFacet, extraction_error_run
from openlineage.client.facet_v2 import lifecycle_state_change_dataset as lifecycle

from ingest.demo.history.execution import Execution, Moment, Phase
from ingest.demo.model import Dataset, Revision
from ingest.demo.producers import ends, flows, runs
from ingest.demo.producers.integration import Integration, custom, signed

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
        ends.Ends(
            inputs=ends.inputs(moment, INTEGRATION, with_schema=True),
            outputs=ends.outputs(moment, INTEGRATION, _lineage(execution.revision)),
        ),
        run_facets=_run_facets(moment),
    )


def _run_facets(moment: Moment) -> dict[str, RunFacet]:
    execution = moment.execution
    facets: dict[str, RunFacet] = {"nominalTime": runs.nominal_time(execution)}
    if execution.job.type == "TASK":
        facets["airflow"] = _task_instance(execution)
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


def _task_instance(execution: Execution) -> RunFacet:
    dag, task = execution.job.at.name.split(".")
    return custom(
        RunFacet,
        dag={"dag_id": dag},
        task={"task_id": task},
        taskInstance={"try_number": execution.attempt},
    )


def _is_template(revision: Revision) -> bool:
    return revision.sql is not None and _TEMPLATE in revision.sql


def _lineage(revision: Revision) -> Mapping[str, DatasetFacet]:
    if revision.renames:
        return signed({"lifecycleStateChange": _renamed(revision.renames)}, INTEGRATION.producer)
    if revision.sql or not revision.derivations:
        return {}
    return flows.plain_column_lineage(revision, INTEGRATION.producer)


def _renamed(before: Dataset) -> lifecycle.LifecycleStateChangeDatasetFacet:
    return lifecycle.LifecycleStateChangeDatasetFacet(
        lifecycleStateChange=lifecycle.LifecycleStateChange.RENAME,
        previousIdentifier=lifecycle.PreviousIdentifier(
            name=before.at.name, namespace=before.at.namespace
        ),
    )
