"""BI tools and notebooks: they read and write nothing; the connector knows the fields they show."""

from __future__ import annotations

from openlineage.client.event_v2 import InputDataset, RunEvent
from openlineage.client.facet_v2 import JobFacet

from ingest.demo.history.execution import Moment
from ingest.demo.model import Dataset
from ingest.demo.producers import datasets, flows, jobs, runs
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
    execution = moment.execution
    return runs.run_event(
        moment,
        INTEGRATION,
        inputs=[_read(it) for it in execution.revision.inputs],
        outputs=[],
        job_facets={**jobs.described(execution.job), **_lineage(moment)},
    )


def _lineage(moment: Moment) -> dict[str, JobFacet]:
    revision = moment.execution.revision
    told = runs.succeeded(moment) and revision.derivations
    return {"lineage": flows.explicit(revision)} if told else {}


def _read(dataset: Dataset) -> InputDataset:
    return InputDataset(dataset.at.namespace, dataset.at.name, facets=datasets.located(dataset))
