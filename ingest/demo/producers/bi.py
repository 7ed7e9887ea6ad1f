"""BI tools and notebooks: they read and write nothing; the connector knows the fields they show."""

from __future__ import annotations

from openlineage.client.event_v2 import RunEvent
from openlineage.client.facet_v2 import JobFacet

from ingest.demo.history.execution import Moment
from ingest.demo.producers import ends, flows, runs
from ingest.demo.producers.integration import Integration

INTEGRATION = Integration(
    producer="https://git.meridian-air.example/data/bi-connector/tree/3.2.0",
    name="BI",
    engine="bi-connector",
    engine_version="3.2.0",
    adapter_version="3.2.0",
    repository="https://git.meridian-air.example/data/workbooks",
)


def tell(moment: Moment) -> RunEvent:
    """Give the event of a refresh."""
    return runs.run_event(
        moment,
        INTEGRATION,
        ends.Ends(inputs=ends.inputs(moment, INTEGRATION, with_schema=False), outputs=[]),
        job_facets=_lineage(moment),
    )


def _lineage(moment: Moment) -> dict[str, JobFacet]:
    revision = moment.execution.revision
    told = ends.succeeded(moment) and revision.derivations
    return {"lineage": flows.explicit(moment.execution.job.at, revision)} if told else {}
