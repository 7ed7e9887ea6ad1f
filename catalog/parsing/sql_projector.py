"""The SQL of runs becomes claims: this follows the projector, with a cursor of its own.

A run is read when an event of it is projected, and again whenever something that its reading
depends on has changed: a schema in force when it completed, another name of what it lists, a
schema derived from other SQL. So reading as events come ends where reading once at the end does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import TypeAlias

from catalog.parsing.reader import SqlReader
from catalog.parsing.resolver import Resolver
from catalog.parsing.shifting import Shift, Shifting, plainly, widest
from catalog.ports import Changes, EventLog, NamesWriter
from catalog.projector.projection import runs_in
from catalog.projector.projector import Reader, Upcoming
from ingest.facts import Report
from ingest.folds import RunFold
from ingest.names import DatasetName, RunKey

BATCH = 500
"""How many records are looked at in one go."""

CHUNK = 50
"""How many runs are read and written together: those before them in time are read already."""

Shifts: TypeAlias = Mapping[DatasetName, Sequence[Shift]]


class SqlProjector:
    """Reads the SQL in what a graph holds into claims of the same graph."""

    def __init__(
        self,
        log: EventLog,
        graph: NamesWriter,
        read: Reader,
        reader: SqlReader,
        batch: int = BATCH,
        upcoming: Upcoming | None = None,
    ) -> None:
        self._log = log
        self._graph = graph
        self._read = read
        self._batch = batch
        self._upcoming = upcoming
        self._resolver = Resolver(graph, reader)
        self._shifting = Shifting(graph)
        self._retried = False

    async def cursor(self) -> int:
        """Give the position in the log up to which the SQL in it is read."""
        return await self._graph.sql_cursor()

    async def catch_up(self) -> AsyncIterator[int]:
        """Read everything that is projected and not yet read, batch by batch; give each cursor."""
        cursor = await self._graph.sql_cursor()
        while (behind := await self._graph.cursor() - cursor) > 0:
            count = min(self._batch, behind)
            reports = self._upcoming.behind(cursor, count) if self._upcoming else ()
            if reports:
                cursor += len(reports)
            elif entries := await self._log.read(cursor, count):
                cursor = entries[-1].position
                reports = [report for entry in entries if (report := self._read(entry))]
            else:
                break
            await self._follow(reports, cursor)
            await self._graph.apply(Changes(sql_cursor=cursor))
            if self._upcoming:
                self._upcoming.forget(cursor)
            yield cursor
        if not self._retried:
            self._retried = True
            await self._retry()

    async def _retry(self) -> None:
        """Read again what took too long or ended its reader: once in the life of a process.

        Whoever starts another one, on a machine with less to do, gives it another chance.
        """
        faults = (await self._graph.census()).sql.faults
        newest = await self._graph.completions([one.job for one in faults], 1)
        runs = frozenset(RunKey(of[0].run_id, job) for job, of in newest.items() if of)
        while runs:
            runs = await self._concerned(await self._read_again(runs, frozenset()))

    async def _follow(self, reports: Sequence[Report], cursor: int) -> None:
        """Read what reports concern, then what that changes, until nothing changes."""
        touched = runs_in(reports)
        folds = await self._graph.folds(touched)
        heard = {report.record_id for report in reports}
        to_come = await self._ending_behind(folds, heard, cursor)
        shifts = await self._shifting.of_facts(reports, folds, to_come)
        moved = {run for run, f in folds.items() if run not in to_come and not plainly(f, heard)}
        runs = touched | await self._concerned(shifts)
        while runs:
            runs = await self._concerned(await self._read_again(runs, moved))
            moved = set[RunKey]()

    async def _ending_behind(
        self, folds: Mapping[RunKey, RunFold], heard: Collection[str], cursor: int
    ) -> frozenset[RunKey]:
        """Give the runs whose end is told by a record behind a position, not by those just heard.

        The graph may be ahead; that record will have its turn.
        """
        ends = {run: fold.completed.record_id for run, fold in folds.items() if fold.completed}
        others = {run: record for run, record in ends.items() if record not in heard}
        if not others:
            return frozenset()
        positions = await self._log.positions(others.values())
        return frozenset(run for run, record in others.items() if positions.get(record, 0) > cursor)

    async def _read_again(self, runs: Collection[RunKey], moved: Collection[RunKey]) -> Shifts:
        """Read runs, and store what comes of it; tell which derived schemas that shifts.

        `moved`: those that may have completed at another time than when they were read before.
        """
        shifts: defaultdict[DatasetName, list[Shift]] = defaultdict(list)
        folds = await self._graph.folds(runs)
        ordered = sorted(folds, key=lambda run: (folds[run].heard, run))
        for start in range(0, len(ordered), CHUNK):
            chunk = {run: folds[run] for run in ordered[start : start + CHUNK]}
            made = await self._resolver.resolve(chunk)
            before = await self._shifting.derived(made, moved)
            await self._graph.apply(Changes(contributions=made))
            for dataset, of in (await self._shifting.of_derived(before)).items():
                shifts[dataset] += of
        return shifts

    async def _concerned(self, shifts: Shifts) -> frozenset[RunKey]:
        """Give the runs that were read, and whose SQL depends on a schema that has shifted.

        Those that were not are read when it is their turn.
        """
        found: set[RunKey] = set()
        named_in = await self._graph.named_in(shifts)
        for dataset, jobs in named_in.items():
            for shift in widest(shifts[dataset]):
                found.update(await self._graph.completed_runs(jobs, shift.since, shift.until))
        return frozenset(await self._graph.readings(found))
