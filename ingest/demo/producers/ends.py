"""What a run read and wrote, as the inputs and outputs of its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openlineage.client.event_v2 import InputDataset, OutputDataset
from openlineage.client.facet_v2 import (
    DatasetFacet,
    InputDatasetFacet,
    OutputDatasetFacet,
    output_statistics_output_dataset,
)

from ingest.demo.history.execution import Moment, Outcome, Phase
from ingest.demo.model import Dataset
from ingest.demo.producers import datasets
from ingest.demo.producers.integration import Integration, signed

_BYTES_PER_ROW = 96


@dataclass(frozen=True, slots=True)
class Ends:
    """The datasets of an event, their facets signed."""

    inputs: list[InputDataset]
    outputs: list[OutputDataset]


def succeeded(moment: Moment) -> bool:
    """Whether the run is over and well."""
    return moment.phase is Phase.END and moment.execution.outcome is Outcome.COMPLETE


def inputs(
    moment: Moment,
    integration: Integration,
    *,
    with_schema: bool,
    measured: Mapping[str, InputDatasetFacet] | None = None,
) -> list[InputDataset]:
    """Give what a run reads, with `measured` of each; schemas are known once it ran."""
    execution, producer = moment.execution, integration.producer
    knows_schema = with_schema and moment.phase is not Phase.START

    def read(dataset: Dataset) -> InputDataset:
        schema = datasets.schema(dataset, execution.day, producer) if knows_schema else {}
        return InputDataset(
            dataset.at.namespace,
            dataset.at.name,
            inputFacets=signed(measured or {}, producer),
            facets={**datasets.located(dataset, producer), **schema},
        )

    return [read(dataset) for dataset in execution.revision.inputs]


def outputs(
    moment: Moment, integration: Integration, lineage: Mapping[str, DatasetFacet] | None = None
) -> list[OutputDataset]:
    """Give what a run writes: at its start the name, then all that is known of it."""
    execution, producer = moment.execution, integration.producer
    output = execution.revision.output
    if output is None:
        return []
    facets = {**datasets.located(output, producer)}
    if moment.phase is not Phase.START:
        facets.update(datasets.schema(output, execution.day, producer))
        facets.update(datasets.described(output, producer))
        facets.update(lineage or {})
    return [
        OutputDataset(
            output.at.namespace,
            output.at.name,
            outputFacets=signed(_statistics(moment), producer),
            facets=facets,
        )
    ]


def _statistics(moment: Moment) -> dict[str, OutputDatasetFacet]:
    execution = moment.execution
    if not succeeded(moment) or execution.revision.renames:
        return {}
    return {
        "outputStatistics": output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(
            rowCount=execution.rows, size=execution.rows * _BYTES_PER_ROW
        )
    }
