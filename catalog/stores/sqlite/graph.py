"""The graph over a SQLite file, as the port has it: one thread writes, several read."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from catalog.errors import Unavailable
from catalog.lineage.closure import Closure, Reach
from catalog.lineage.thing_closure import Link, ThingClosure, ThingReach
from catalog.model.alias import Told
from catalog.model.census import Census
from catalog.model.claim import Completion, DatasetAt, SchemaStatement, SeenClaim, Via
from catalog.model.edge import Direction, Edge
from catalog.model.reading import Reading
from catalog.model.search import Match
from catalog.model.thing import Thing, ThingSlot
from catalog.ports import Changes
from catalog.sqlite.connection import connect_writer, reported, snapshot, writing
from catalog.sqlite.lease import take_lease
from catalog.sqlite.readers import Readers
from catalog.stores.sqlite.reading.census import census
from catalog.stores.sqlite.reading.closure import closure, thing_closure
from catalog.stores.sqlite.reading.edges import edges_at, ends_of, links_at
from catalog.stores.sqlite.reading.evidence import (
    claims_of,
    named_in,
    readings_of,
    sayings_of,
    schemas_at,
    schemas_of,
)
from catalog.stores.sqlite.reading.lines import all_lines
from catalog.stores.sqlite.reading.runs import (
    completed_runs,
    completions,
    folds_of,
    recent_runs,
)
from catalog.stores.sqlite.reading.search import search
from catalog.stores.sqlite.reading.things import (
    accepting,
    dbt_nodes,
    marked,
    namespaces,
    symlinks_behind,
    things_behind,
)
from catalog.stores.sqlite.reading.values import Values
from catalog.stores.sqlite.schema import check, create, cursor_of, is_empty, sql_cursor_of
from catalog.stores.sqlite.writing.writer import Writer
from catalog.stores.version import reader_version
from ingest.flows import End
from ingest.folds import RunFold, Said
from ingest.names import DatasetName, JobName, RunKey

T = TypeVar("T")
CHUNK = 1_000
"""How many lines are read at a time."""


def open_graph(path: Path, *, fresh: bool = False, reader: str | None = None) -> SqliteGraph:
    """Open the graph for reading and writing, making it if there is none.

    `fresh`: whatever is there is forgotten, whoever made it. `reader` names what reads records,
    by default this release: a graph made by another cannot be gone on with.

    Raises:
        Unavailable: another process writes to it.
        Mismatch: it was made by another release.
    """
    reader = reader or reader_version()
    lease = take_lease(path)
    try:
        with reported(path):
            connection = connect_writer(path, durable=False)  # the log makes it anew
            if is_empty(connection):
                with writing(connection):
                    create(connection, reader)
            if not fresh:
                check(connection, reader)
            writer = Writer(connection, reader)
            if fresh:
                writer.clear()
    except BaseException:
        lease.close()
        raise
    return SqliteGraph(path, Readers(path), writer, lease)


def open_graph_to_read(path: Path, reader: str | None = None) -> SqliteGraph:
    """Open a graph that is there, which another process may be writing to.

    Raises:
        Unavailable: there is none.
        Mismatch: it was made by another release.
    """
    readers = Readers(path)
    readers.call(lambda connection: check(connection, reader or reader_version()))
    return SqliteGraph(path, readers, None, None)


def write_compact(path: Path, to: Path) -> None:
    """Write a graph that nobody writes to meanwhile into one new file, without gaps.

    Raises:
        Unavailable: it cannot be read, or the file cannot be written.
    """
    with reported(path), contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))


class SqliteGraph:
    """The graph in a file. Answers of one question are of one snapshot."""

    def __init__(
        self,
        path: Path,
        readers: Readers,
        writer: Writer | None,
        lease: sqlite3.Connection | None,
    ) -> None:
        self._path = path
        self._readers = readers
        self._writer = writer
        self._lease = lease
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="graph-writer")

    async def apply(self, changes: Changes) -> None:
        """Apply changes as one."""
        await self._write(lambda writer: writer.apply(changes))

    async def clear(self) -> None:
        """Forget everything."""
        await self._write(Writer.clear)

    async def close(self) -> None:
        """Let go of the file."""
        if self._writer is not None and self._lease is not None:
            await self._write(Writer.close)
            self._lease.close()
        self._thread.shutdown()
        self._readers.close()

    async def cursor(self) -> int:
        """Give the position in the log up to which the graph is made."""
        return await self._readers.run(cursor_of)

    async def sql_cursor(self) -> int:
        """Give the position in the log up to which the SQL in it is read."""
        return await self._readers.run(sql_cursor_of)

    async def folds(self, runs: Collection[RunKey]) -> Mapping[RunKey, RunFold]:
        """Give what is known of runs."""
        if self._writer is None:
            return await self._readers.run(lambda reading: folds_of(reading, runs))
        recent = self._writer.recent.find(runs)
        others = [run for run in runs if run not in recent]
        if not others:
            return recent
        return {**recent, **await self._readers.run(lambda reading: folds_of(reading, others))}

    async def recent_runs(
        self, thing: Thing | None, limit: int, before: RunKey | None = None
    ) -> Sequence[RunFold]:
        """Give runs, the latest heard of first."""
        return await self._readers.run(lambda reading: recent_runs(reading, thing, limit, before))

    async def sayings(self, things: Collection[Thing]) -> Mapping[Thing, Mapping[ThingSlot, Said]]:
        """Give what is said about things apart from runs."""
        return await self._readers.run(lambda reading: sayings_of(reading, things))

    async def schemas(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Sequence[SchemaStatement]]:
        """Give each distinct schema stated of a dataset, with its latest statement."""
        return await self._readers.run(lambda reading: schemas_of(reading, datasets))

    async def schemas_at(
        self, asked: Collection[DatasetAt]
    ) -> Mapping[DatasetAt, Sequence[SchemaStatement]]:
        """Give each distinct schema stated of a dataset, with its latest statement by a time."""
        return await self._readers.run(lambda reading: schemas_at(reading, asked))

    async def completions(
        self, jobs: Collection[JobName], limit: int
    ) -> Mapping[JobName, Sequence[Completion]]:
        """Give the newest completed runs of each job, the newest first."""
        return await self._readers.run(lambda reading: completions(reading, jobs, limit))

    async def completed_runs(
        self, jobs: Collection[JobName], since: datetime | None, until: datetime | None = None
    ) -> Sequence[RunKey]:
        """Give the runs of jobs that completed from one time to another."""
        return await self._readers.run(lambda reading: completed_runs(reading, jobs, since, until))

    async def readings(self, runs: Collection[RunKey]) -> Mapping[RunKey, Reading]:
        """Give what our reading of the SQL of runs came to."""
        return await self._readers.run(lambda reading: readings_of(reading, runs))

    async def named_in(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Collection[JobName]]:
        """Give the jobs with a run whose SQL depends on these datasets."""
        return await self._readers.run(lambda reading: named_in(reading, datasets))

    async def claims(self, vias: Collection[Via]) -> Mapping[Via, Sequence[SeenClaim]]:
        """Give every claim of these makers."""
        return await self._readers.run(lambda reading: claims_of(reading, vias))

    async def edges(self, ends: Collection[End], direction: Direction) -> Sequence[Edge]:
        """Give the edges that hold and leave these ends."""
        return await self._readers.run(lambda reading: edges_at(reading, ends, direction))

    async def ends(self, datasets: Collection[DatasetName]) -> Mapping[DatasetName, Sequence[End]]:
        """Give every known end of datasets."""
        return await self._readers.run(lambda reading: ends_of(reading, datasets))

    async def links(self, things: Collection[Thing], direction: Direction) -> Sequence[Link]:
        """Give the links at dataset grain that leave these things."""
        return await self._readers.run(
            lambda reading: links_at(reading, things, direction, Values(reading))
        )

    async def closure(self, reach: Reach) -> Closure:
        """Give what is reached at column grain."""
        return await self._readers.run(lambda reading: closure(reading, reach))

    async def thing_closure(self, reach: ThingReach) -> ThingClosure:
        """Give what is reached at dataset grain."""
        return await self._readers.run(lambda reading: thing_closure(reading, reach))

    async def search(self, text: str, limit: int) -> Sequence[Match]:
        """Find things by name."""
        return await self._readers.run(lambda reading: search(reading, text, limit))

    async def things(self, after: Thing | None, limit: int) -> Sequence[Thing]:
        """Give known datasets, then jobs, each by name."""
        return await self._readers.run(lambda reading: things_behind(reading, after, limit))

    async def accepting(self) -> Sequence[Thing]:
        """Give the things for which somebody accepts a change."""
        return await self._readers.run(accepting)

    async def marked(self) -> Sequence[Thing]:
        """Give the things that somebody marks as consumers, or as none."""
        return await self._readers.run(marked)

    async def dbt_nodes(self, ids: Collection[str]) -> Mapping[str, Sequence[JobName]]:
        """Give the jobs that run these nodes of dbt projects, by their unique ids, in order."""
        return await self._readers.run(lambda reading: dbt_nodes(reading, ids))

    async def census(self) -> Census:
        """Count what is known."""
        return await self._readers.run(census)

    async def symlinks(self, known: int) -> Sequence[Told]:
        """Give what is told of other names of datasets, but for the first ones."""
        return await self._readers.run(lambda reading: symlinks_behind(reading, known))

    async def namespaces(self) -> Collection[str]:
        """Give the namespaces of known datasets."""
        return await self._readers.run(namespaces)

    async def lines(self) -> AsyncIterator[str]:
        """Give the canonical lines of all there is, of one snapshot."""
        reading = self._readers.borrow()
        try:
            with reported(self._path), snapshot(reading):
                lines = all_lines(reading)
                while chunk := await asyncio.to_thread(_take, lines):
                    for line in chunk:
                        yield line
        finally:
            self._readers.give_back(reading)

    async def _write(self, work: Callable[[Writer], T]) -> T:
        writer = self._writer
        if writer is None:
            raise Unavailable(f"{self._path} was opened to read only")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._work, work, writer)

    def _work(self, work: Callable[[Writer], T], writer: Writer) -> T:
        with reported(self._path):
            return work(writer)


def _take(lines: Iterator[str]) -> list[str]:
    return list(islice(lines, CHUNK))
