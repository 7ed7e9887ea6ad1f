"""The stage that brings the graph up to the log: resumable, with its own cursor."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalog.model.record import LogEntry
from catalog.ports import EventLog, GraphWriter
from catalog.projector.projection import project, runs_in
from ingest.facts import Report
from ingest.folds import RunFold
from ingest.names import RunKey

BATCH = 200
"""How many records are projected in one transaction at the most."""

REMEMBERED = 2_000
"""How many runs' folds are kept at hand."""

Reader: TypeAlias = Callable[[LogEntry], Report | None]
"""Gives what a log entry says; None of one that this reader cannot read."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the graph is: the cursor, and the log's last position when it was looked at."""

    cursor: int
    head: int


async def apply(graph: GraphWriter, reports: Sequence[Report], cursor: int) -> None:
    """Project one batch: all of it, with the cursor, or nothing."""
    known = await graph.folds(runs_in(reports))
    await graph.apply(project(reports, known, cursor))


class Projector:
    """Projects what a log holds into a graph; nobody else writes to the graph meanwhile."""

    def __init__(self, log: EventLog, graph: GraphWriter, read: Reader) -> None:
        self._log = log
        self._graph = graph
        self._read = read
        self._recent: OrderedDict[RunKey, RunFold] = OrderedDict()

    async def catch_up(self) -> AsyncIterator[Progress]:
        """Project everything beyond the graph's cursor, batch by batch."""
        cursor = await self._graph.cursor()
        while entries := await self._log.read(cursor, BATCH):
            cursor = entries[-1].position
            reports = [report for entry in entries if (report := self._read(entry)) is not None]
            await self._apply(reports, cursor)
            yield Progress(cursor, max(cursor, await self._log.head()))

    async def _apply(self, reports: Sequence[Report], cursor: int) -> None:
        runs = runs_in(reports)
        known = {run: self._recent[run] for run in runs if run in self._recent}
        unknown = runs.difference(known)
        changes = project(reports, {**await self._graph.folds(unknown), **known}, cursor)
        try:
            await self._graph.apply(changes)
        except BaseException:
            self._recent.clear()
            raise
        self._remember(changes.runs)

    def _remember(self, runs: Mapping[RunKey, RunFold]) -> None:
        """Keep folds at hand: a run's COMPLETE mostly follows its START closely."""
        self._recent.update(runs)
        for run in runs:
            self._recent.move_to_end(run)
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
