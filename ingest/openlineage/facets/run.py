"""Facets of a run: `parent`, `nominalTime`, `errorMessage`, `extractionError`."""

from __future__ import annotations

from ingest.facts import Failure, Incomplete, NominalTime, Notice, Parent, Verbatim
from ingest.names import JobName, RunKey
from ingest.openlineage.facets.reading import Reading
from ingest.openlineage.moment import ODDITIES, moment
from ingest.openlineage.wire import facets as wire


def parent(facet: wire.ParentFacet, _: object) -> Reading:
    """Read which run started this one."""
    root = _run(facet.root) if isinstance(facet.root, wire.Root) else None
    return Reading((Parent(_run(facet), root),))


def _run(told: wire.ParentFacet | wire.Root) -> RunKey:
    return RunKey(told.run.run_id, JobName(told.job.namespace, told.job.name))


def nominal_time(facet: wire.NominalTimeFacet, _: object) -> Reading:
    """Read the time for which the run was scheduled."""
    told = {"nominalStartTime": facet.nominal_start_time, "nominalEndTime": facet.nominal_end_time}
    try:
        moments = {key: moment(text) for key, text in told.items() if text}
        start = moments["nominalStartTime"].time
    except (ValueError, KeyError):
        notice = Notice("wrong-type", "", "Expected times in ISO 8601")
        return Reading((Verbatim("nominalTime"),), (notice,))
    end = moments["nominalEndTime"].time if "nominalEndTime" in moments else None
    odd = tuple(
        Notice(when.oddity, f"/{key}", ODDITIES[when.oddity])
        for key, when in moments.items()
        if when.oddity
    )
    return Reading((NominalTime(start, end),), odd)


def failure(facet: wire.ErrorMessageFacet, _: object) -> Reading:
    """Read why the run failed."""
    told = Failure(facet.message, facet.programming_language or None, facet.stack_trace or None)
    return Reading((told,))


def incomplete(facet: wire.ExtractionErrorFacet, _: object) -> Reading:
    """Read that lineage is missing."""
    messages = tuple(error.error_message for error in facet.errors)
    return Reading((Incomplete(facet.failed_tasks, facet.total_tasks, messages),))
