"""Spark: applications and their actions, lineage from the plan; streams that report as they run."""

from __future__ import annotations

from openlineage.client.event_v2 import InputDataset, OutputDataset, RunEvent
from openlineage.client.facet_v2 import input_statistics_input_dataset

from ingest.demo.history.execution import Moment, Phase
from ingest.demo.model import Dataset
from ingest.demo.producers import datasets, flows, jobs, runs
from ingest.demo.producers.integration import Integration

INTEGRATION = Integration(
    producer="https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/spark",
    name="SPARK",
    engine="spark",
    engine_version="3.5.6",
    adapter_version="1.54.0",
    repository="https://git.meridian-air.example/data/pipelines",
)


def tell(moment: Moment) -> RunEvent:
    """Give the event of an application, action or stream; datasets are known after the start."""
    execution, known = moment.execution, moment.phase is not Phase.START
    revision = execution.revision
    return runs.run_event(
        moment,
        INTEGRATION,
        inputs=[_read(it, moment) for it in revision.inputs if known],
        outputs=[_made(it, moment) for it in (revision.output,) if it and known],
        job_facets=jobs.described(execution.job),
        processing="STREAMING" if execution.beats else "BATCH",
    )


def _read(dataset: Dataset, moment: Moment) -> InputDataset:
    execution = moment.execution
    statistics = input_statistics_input_dataset.InputStatisticsInputDatasetFacet(
        rowCount=execution.rows
    )
    return InputDataset(
        dataset.at.namespace,
        dataset.at.name,
        inputFacets={"inputStatistics": statistics} if runs.succeeded(moment) else {},
        facets={**datasets.located(dataset), "schema": datasets.schema(dataset, execution.day)},
    )


def _made(dataset: Dataset, moment: Moment) -> OutputDataset:
    execution = moment.execution
    return OutputDataset(
        dataset.at.namespace,
        dataset.at.name,
        outputFacets={"outputStatistics": runs.written(execution)}
        if runs.succeeded(moment)
        else {},
        facets={
            **datasets.located(dataset),
            **datasets.described(dataset),
            "schema": datasets.schema(dataset, execution.day),
            "columnLineage": flows.column_lineage(execution.revision),
        },
    )
