"""Spark: applications and their actions, streams that report as they run.

Lineage comes from the plan, but for a statement that is sent itself.
"""

from __future__ import annotations

from openlineage.client.event_v2 import RunEvent
from openlineage.client.facet_v2 import InputDatasetFacet, input_statistics_input_dataset

from ingest.demo.history.execution import Moment, Phase
from ingest.demo.producers import ends, flows, runs
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
    code = execution.revision
    lineage = None if code.sql else flows.column_lineage(code, INTEGRATION.producer)
    return runs.run_event(
        moment,
        INTEGRATION,
        ends.Ends(
            inputs=ends.inputs(moment, INTEGRATION, with_schema=True, measured=_read(moment))
            if known
            else [],
            outputs=ends.outputs(moment, INTEGRATION, lineage) if known else [],
        ),
    )


def _read(moment: Moment) -> dict[str, InputDatasetFacet]:
    if not ends.succeeded(moment):
        return {}
    return {
        "inputStatistics": input_statistics_input_dataset.InputStatisticsInputDatasetFacet(
            rowCount=moment.execution.rows
        )
    }
