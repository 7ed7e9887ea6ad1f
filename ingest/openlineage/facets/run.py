"""Facets of a run: `parent`, `nominalTime`, `errorMessage`, `extractionError`."""

from __future__ import annotations

from datetime import datetime

from ingest.facts import Failure, Incomplete, NominalTime, Notice, Parent
from ingest.names import JobName, RunKey
from ingest.openlineage.facets.reading import Reading
from ingest.openlineage.lenient import Unfit
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
    notices: list[Notice] = []
    start = _time(facet.nominal_start_time, "/nominalStartTime", notices)
    until = facet.nominal_end_time
    end = _time(until, "/nominalEndTime", notices) if until else None
    return Reading((NominalTime(start, end),), tuple(notices))


def _time(text: str, path: str, notices: list[Notice]) -> datetime:
    try:
        time, oddity = moment(text)
    except ValueError as error:
        raise Unfit(Notice("wrong_type", path, "Expected a time in ISO 8601")) from error
    if oddity is not None:
        notices.append(Notice(oddity, path, ODDITIES[oddity]))
    return time


def failure(facet: wire.ErrorMessageFacet, _: object) -> Reading:
    """Read why the run failed."""
    told = Failure(facet.message, facet.programming_language or None, facet.stack_trace or None)
    return Reading((told,))


def incomplete(facet: wire.ExtractionErrorFacet, _: object) -> Reading:
    """Read that lineage is missing."""
    messages = tuple(error.error_message for error in facet.errors)
    return Reading((Incomplete(facet.failed_tasks, facet.total_tasks, messages),))
