"""The stage that brings the graph up to the log: resumable, with its own cursor."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalog.model.record import LogEntry
from catalog.ports import EventLog, GraphWriter
from catalog.projector.projection import project, runs_in
from ingest.facts import Report

BATCH = 200
"""How many records are projected in one transaction at the most."""

Reader: TypeAlias = Callable[[LogEntry], Report | None]
"""Gives what a log entry says; None of one that this reader cannot read."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the graph is: the cursor, and the log's last position when it was looked at."""

    cursor: int
    head: int


async def catch_up(log: EventLog, graph: GraphWriter, read: Reader) -> AsyncIterator[Progress]:
    """Project what the log holds beyond the graph's cursor, batch by batch."""
    cursor = await graph.cursor()
    while entries := await log.read(cursor, BATCH):
        cursor = entries[-1].position
        reports = [report for entry in entries if (report := read(entry)) is not None]
        await apply(graph, reports, cursor)
        yield Progress(cursor, max(cursor, await log.head()))


async def apply(graph: GraphWriter, reports: Sequence[Report], cursor: int) -> None:
    """Project one batch: all of it, with the cursor, or nothing."""
    known = await graph.folds(runs_in(reports))
    await graph.apply(project(reports, known, cursor))
