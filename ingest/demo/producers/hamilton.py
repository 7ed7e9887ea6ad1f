"""Hamilton: dataflows in Python; lineage from the graph of functions, told explicitly.

The columnLineage facet is sent beside the explicit one for readers that know only the older.
"""

from __future__ import annotations

import json

from openlineage.client.event_v2 import RunEvent
from openlineage.client.facet_v2 import JobFacet, source_code_job

from ingest.demo.history.execution import Moment
from ingest.demo.model import Revision
from ingest.demo.producers import ends, flows, runs
from ingest.demo.producers.integration import Integration

INTEGRATION = Integration(
    producer="https://github.com/apache/hamilton/tree/1.90.0",
    name="HAMILTON",
    engine="hamilton",
    engine_version="1.90.0",
    adapter_version="0.1.0",
    repository="https://git.meridian-air.example/science/dataflows",
)


def tell(moment: Moment) -> RunEvent:
    """Give the event of a dataflow's run."""
    execution = moment.execution
    lineage = flows.column_lineage(execution.revision, INTEGRATION.producer)
    return runs.run_event(
        moment,
        INTEGRATION,
        ends.Ends(
            inputs=ends.inputs(moment, INTEGRATION, with_schema=True),
            outputs=ends.outputs(moment, INTEGRATION, lineage),
        ),
        job_facets=_job_facets(moment),
        run_facets={"nominalTime": runs.nominal_time(execution)},
    )


def _job_facets(moment: Moment) -> dict[str, JobFacet]:
    revision = moment.execution.revision
    facets: dict[str, JobFacet] = {
        "sourceCode": source_code_job.SourceCodeJobFacet(
            language="python", sourceCode=json.dumps(_nodes(revision))
        )
    }
    if ends.succeeded(moment):
        facets["lineage"] = flows.explicit(moment.execution.job.at, revision)
    return facets


def _nodes(revision: Revision) -> list[dict[str, object]]:
    """Give the graph's nodes: one per output column, with the columns that it is made from."""
    made: dict[str, list[str]] = {}
    for derivation in revision.derivations:
        if derivation.target != flows.WHOLE:
            made.setdefault(derivation.target, []).extend(it.column for it in derivation.sources)
    return [{"name": name, "dependencies": sources} for name, sources in made.items()]
