"""The stage that brings the graph up to the log: resumable, with its own cursor."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Protocol, TypeAlias

from catalog.model.record import LogEntry
from catalog.ports import EventLog, GraphWriter
from catalog.projector.projection import project, runs_in
from catalog.recent import Recent
from ingest.facts import Report
from ingest.folds import RunFold
from ingest.names import RunKey

BATCH = 200
"""How many records are projected in one transaction at the most."""

Reader: TypeAlias = Callable[[LogEntry], Report | None]
"""Gives what a log entry says; None of one that this reader cannot read."""


class Upcoming(Protocol):
    """What was just accepted, so that the log need not be read back for it."""

    def behind(self, position: int, limit: int) -> Sequence[Report]:
        """Give the reports of the records that directly follow a position, as far as at hand."""
        ...

    def forget(self, position: int) -> None:
        """Take note that nobody will ask for what stands up to a position."""
        ...


async def apply(graph: GraphWriter, reports: Sequence[Report], cursor: int) -> None:
    """Project one batch: all of it, with the cursor, or nothing."""
    known = await graph.folds(runs_in(reports))
    await graph.apply(project(reports, known, cursor))


class Projector:
    """Projects what a log holds into a graph; nobody else writes to the graph meanwhile."""

    def __init__(
        self, log: EventLog, graph: GraphWriter, read: Reader, upcoming: Upcoming | None = None
    ) -> None:
        self._log = log
        self._graph = graph
        self._read = read
        self._upcoming = upcoming
        # A run's COMPLETE mostly follows its START closely.
        self._recent = Recent[RunKey, RunFold]()

    async def cursor(self) -> int:
        """Give the position in the log up to which the graph is made."""
        return await self._graph.cursor()

    async def catch_up(self) -> AsyncIterator[int]:
        """Project everything beyond the graph's cursor, batch by batch; give each new cursor."""
        cursor = await self._graph.cursor()
        while True:
            reports = self._upcoming.behind(cursor, BATCH) if self._upcoming else ()
            if reports:
                cursor += len(reports)
            elif entries := await self._log.read(cursor, BATCH):
                cursor = entries[-1].position
                reports = [report for entry in entries if (report := self._read(entry))]
            else:
                return
            await self._apply(reports, cursor)
            yield cursor

    async def _apply(self, reports: Sequence[Report], cursor: int) -> None:
        runs = runs_in(reports)
        known = {run: fold for run in runs if (fold := self._recent.get(run))}
        unknown = runs.difference(known)
        changes = project(reports, {**await self._graph.folds(unknown), **known}, cursor)
        try:
            await self._graph.apply(changes)
        except BaseException:
            self._recent = Recent[RunKey, RunFold]()
            raise
        for run, fold in changes.runs.items():
            self._recent.put(run, fold)
