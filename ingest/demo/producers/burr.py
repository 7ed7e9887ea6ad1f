"""Burr: an agent as a graph of actions that hand state to each other, job to job."""

from __future__ import annotations

from datetime import datetime

from openlineage.client.event_v2 import InputDataset, JobEvent, OutputDataset, RunEvent
from openlineage.client.event_v2 import Job as JobOfEvent
from openlineage.client.facet_v2 import JobFacet

from ingest.demo.history.execution import Moment, Phase
from ingest.demo.model import Job, Revision
from ingest.demo.producers import ends, flows, jobs, runs
from ingest.demo.producers.integration import Integration, signed

INTEGRATION = Integration(
    producer="https://github.com/apache/burr/tree/0.43.0",
    name="BURR",
    engine="burr",
    engine_version="0.43.0",
    adapter_version="0.1.0",
    repository="https://git.meridian-air.example/science/passenger-assistant",
)


def tell(moment: Moment) -> RunEvent:
    """Give the event of a conversation or of one action in it."""
    execution = moment.execution
    revision, over = execution.revision, moment.phase is Phase.END
    return runs.run_event(
        moment,
        INTEGRATION,
        ends.Ends(
            inputs=ends.inputs(moment, INTEGRATION, with_schema=False) if over else [],
            outputs=ends.outputs(moment, INTEGRATION) if over else [],
        ),
        job_facets=_lineage(execution.job, revision) if over else {},
    )


def declare(job: Job, at: datetime) -> JobEvent:
    """Give the declaration of an application or action as its graph was built."""
    revision = job.revisions[0]
    facets: dict[str, JobFacet] = {
        **jobs.identified(job, revision, INTEGRATION),
        **jobs.described(job, INTEGRATION.producer),
        **jobs.marked(job, INTEGRATION.producer),
        **signed(_lineage(job, revision), INTEGRATION.producer),
    }
    return JobEvent(
        eventTime=runs.iso(at),
        producer=INTEGRATION.producer,
        job=JobOfEvent(job.at.namespace, job.at.name, facets=facets),
        inputs=[InputDataset(it.at.namespace, it.at.name) for it in revision.inputs],
        outputs=[OutputDataset(it.at.namespace, it.at.name) for it in (revision.output,) if it],
    )


def _lineage(job: Job, revision: Revision) -> dict[str, JobFacet]:
    told = revision.derivations or revision.hands_over
    return {"lineage": flows.explicit(job.at, revision)} if told else {}
