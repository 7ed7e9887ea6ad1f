"""What the run events of all tools have in common, put together in one place."""

from __future__ import annotations

from datetime import datetime

from openlineage.client.event_v2 import Job, Run, RunEvent, RunState
from openlineage.client.facet_v2 import (
    JobFacet,
    RunFacet,
    error_message_run,
    nominal_time_run,
    parent_run,
    processing_engine_run,
)

from ingest.demo.history.execution import Execution, Moment, Phase, Started
from ingest.demo.producers import jobs
from ingest.demo.producers.ends import Ends
from ingest.demo.producers.integration import Integration, signed


def run_event(
    moment: Moment,
    integration: Integration,
    ends: Ends,
    *,
    job_facets: dict[str, JobFacet] | None = None,
    run_facets: dict[str, RunFacet] | None = None,
) -> RunEvent:
    """Give the event of a moment; its ends come signed, the rest is signed here."""
    execution, producer = moment.execution, integration.producer
    job: dict[str, JobFacet] = {
        **jobs.identified(execution.job, execution.revision, integration),
        **jobs.described(execution.job, producer),
        **jobs.marked(execution.job, producer),
        **signed(job_facets or {}, producer),
    }
    return RunEvent(
        eventType=_state(moment),
        eventTime=iso(moment.at),
        producer=producer,
        run=Run(
            execution.run.run_id,
            facets=signed({**_about(moment, integration), **(run_facets or {})}, producer),
        ),
        job=Job(
            execution.job.at.namespace,
            execution.job.at.name,
            facets=job,
        ),
        inputs=ends.inputs,
        outputs=ends.outputs,
    )


def iso(at: datetime) -> str:
    """Give a time as events carry it: UTC, milliseconds."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def nominal_time(execution: Execution) -> nominal_time_run.NominalTimeRunFacet:
    """Give the time for which a run was scheduled."""
    return nominal_time_run.NominalTimeRunFacet(nominalStartTime=iso(execution.nominal))


def _state(moment: Moment) -> RunState:
    match moment.phase:
        case Phase.START:
            return RunState.START
        case Phase.RUNNING:
            return RunState.RUNNING
        case Phase.END:
            return RunState(moment.execution.outcome.value)


def _about(moment: Moment, integration: Integration) -> dict[str, RunFacet]:
    execution = moment.execution
    facets: dict[str, RunFacet] = {
        "processing_engine": processing_engine_run.ProcessingEngineRunFacet(
            version=integration.engine_version,
            name=integration.engine,
            openlineageAdapterVersion=integration.adapter_version,
        )
    }
    if execution.ancestors:
        facets["parent"] = _parent(execution.ancestors)
    if moment.phase is Phase.END and execution.failure:
        facets["errorMessage"] = error_message_run.ErrorMessageRunFacet(
            message=execution.failure.message,
            programmingLanguage=execution.failure.language,
            stackTrace=execution.failure.stack,
        )
    return facets


def _parent(ancestors: tuple[Started, ...]) -> parent_run.ParentRunFacet:
    root, parent = ancestors[0], ancestors[-1]
    return parent_run.ParentRunFacet(
        run=parent_run.Run(runId=parent.run_id),
        job=parent_run.Job(namespace=parent.job.namespace, name=parent.job.name),
        root=parent_run.Root(
            run=parent_run.RootRun(runId=root.run_id),
            job=parent_run.RootJob(namespace=root.job.namespace, name=root.job.name),
        ),
    )
