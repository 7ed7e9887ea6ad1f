"""The stage that brings the graph up to the log: resumable, with its own cursor."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

import structlog

from catalog.model.record import LogEntry
from catalog.ports import EventLog, GraphWriter
from catalog.projector.projection import project, runs_in
from ingest.facts import Report
from ingest.openlineage import Unreadable, read

BATCH = 200
"""How many records are projected in one transaction at the most."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the graph is: the cursor, and the log's last position when it was looked at."""

    cursor: int
    head: int


async def catch_up(
    log: EventLog, graph: GraphWriter, reports: Callable[[LogEntry], Report | None] | None = None
) -> AsyncIterator[Progress]:
    """Project what the log holds beyond the graph's cursor, batch by batch.

    `reports` gives what was already concluded from an entry, None if it must be read again.
    """
    cursor = await graph.cursor()
    while entries := await log.read(cursor, BATCH):
        cursor = entries[-1].position
        await apply(graph, [_report(entry, reports) for entry in entries], cursor)
        yield Progress(cursor, max(cursor, await log.head()))


async def apply(graph: GraphWriter, reports: Sequence[Report | None], cursor: int) -> None:
    """Project one batch."""
    readable = [report for report in reports if report is not None]
    known = await graph.folds(runs_in(readable))
    await graph.apply(project(readable, known, cursor))


def _report(entry: LogEntry, reports: Callable[[LogEntry], Report | None] | None) -> Report | None:
    concluded = reports(entry) if reports else None
    return concluded or read_record(entry)


def read_record(entry: LogEntry) -> Report | None:
    """Read a record again; None if this reader cannot, which is logged and loses nothing."""
    try:
        return read(entry.record.id, json.loads(entry.record.body))
    except Unreadable as error:
        _log.error("record cannot be read", record=entry.record.id, reason=str(error))
        return None
