"""The graph in Neo4j behind the port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime

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
from catalog.stores.neo4j import closure, reading, schema, searching, writing
from catalog.stores.neo4j.connection import Connection, connect
from ingest.flows import End
from ingest.folds import RunFold, Said
from ingest.names import DatasetName, JobName, RunKey

DATABASE = "neo4j"


class Neo4jGraph:
    """A graph in one database of a Neo4j server.

    Nothing is asked of the server before the first call. Every call may raise:
        Unavailable: the server does not answer; the same call later may succeed.
        Mismatch: the graph there is of another version; only `clear` may be called.
    """

    def __init__(self, connection: Connection, version: str) -> None:
        """Take a connection, and the version of the reader whose graph this is."""
        self._connection = connection
        self._version = version
        self._ready = False

    async def apply(self, changes: Changes) -> None:
        """Apply changes as one."""
        connection = await self._opened()
        await connection.write(lambda transaction: writing.apply(transaction, changes))

    async def clear(self) -> None:
        """Forget everything, of whatever version it is."""
        await schema.wipe(self._connection)
        self._ready = False

    async def close(self) -> None:
        """Let go of the connections."""
        await self._connection.close()

    async def cursor(self) -> int:
        """Give the position in the log up to which the graph is made."""
        return await (await self._opened()).read(reading.cursor)

    async def sql_cursor(self) -> int:
        """Give the position in the log up to which the SQL in it is read."""
        return await (await self._opened()).read(reading.sql_cursor)

    async def folds(self, runs: Collection[RunKey]) -> Mapping[RunKey, RunFold]:
        """Give what is known of runs."""
        return await (await self._opened()).read(lambda tx: reading.folds(tx, runs))

    async def recent_runs(
        self, thing: Thing | None, limit: int, before: RunKey | None = None
    ) -> Sequence[RunFold]:
        """Give runs, the latest heard of first."""
        connection = await self._opened()
        return await connection.read(lambda tx: reading.recent_runs(tx, thing, limit, before))

    async def sayings(self, things: Collection[Thing]) -> Mapping[Thing, Mapping[ThingSlot, Said]]:
        """Give what is said about things apart from runs."""
        return await (await self._opened()).read(lambda tx: reading.sayings(tx, things))

    async def schemas(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Sequence[SchemaStatement]]:
        """Give each distinct schema stated of a dataset, with its latest statement."""
        return await (await self._opened()).read(lambda tx: reading.schemas(tx, datasets))

    async def schemas_at(
        self, asked: Collection[DatasetAt]
    ) -> Mapping[DatasetAt, Sequence[SchemaStatement]]:
        """Give each distinct schema stated of a dataset, with its latest statement by a time."""
        return await (await self._opened()).read(lambda tx: reading.schemas_at(tx, asked))

    async def completions(
        self, jobs: Collection[JobName], limit: int
    ) -> Mapping[JobName, Sequence[Completion]]:
        """Give the newest completed runs of each job, the newest first."""
        return await (await self._opened()).read(lambda tx: reading.completions(tx, jobs, limit))

    async def completed_runs(
        self, jobs: Collection[JobName], since: datetime | None, until: datetime | None = None
    ) -> Sequence[RunKey]:
        """Give the runs of jobs that completed from one time to another."""
        connection = await self._opened()
        return await connection.read(lambda tx: reading.completed_runs(tx, jobs, since, until))

    async def readings(self, runs: Collection[RunKey]) -> Mapping[RunKey, Reading]:
        """Give what our reading of the SQL of runs came to."""
        return await (await self._opened()).read(lambda tx: reading.readings(tx, runs))

    async def named_in(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Collection[JobName]]:
        """Give the jobs with a run whose SQL depends on these datasets."""
        return await (await self._opened()).read(lambda tx: reading.named_in(tx, datasets))

    async def claims(self, vias: Collection[Via]) -> Mapping[Via, Sequence[SeenClaim]]:
        """Give every claim of these makers."""
        return await (await self._opened()).read(lambda tx: reading.claims(tx, vias))

    async def edges(self, ends: Collection[End], direction: Direction) -> Sequence[Edge]:
        """Give the edges that hold and leave these ends."""
        return await (await self._opened()).read(lambda tx: reading.edges(tx, ends, direction))

    async def ends(self, datasets: Collection[DatasetName]) -> Mapping[DatasetName, Sequence[End]]:
        """Give every known end of datasets."""
        return await (await self._opened()).read(lambda tx: reading.ends(tx, datasets))

    async def links(self, things: Collection[Thing], direction: Direction) -> Sequence[Link]:
        """Give the links at dataset grain that leave these things."""
        return await (await self._opened()).read(lambda tx: reading.links(tx, things, direction))

    async def closure(self, reach: Reach) -> Closure:
        """Give what is reached at column grain."""
        return await (await self._opened()).read(lambda tx: closure.closure(tx, reach))

    async def thing_closure(self, reach: ThingReach) -> ThingClosure:
        """Give what is reached at dataset grain."""
        return await (await self._opened()).read(lambda tx: closure.thing_closure(tx, reach))

    async def search(self, text: str, limit: int) -> Sequence[Match]:
        """Find things by name."""
        return await (await self._opened()).read(lambda tx: searching.search(tx, text, limit))

    async def things(self, after: Thing | None, limit: int) -> Sequence[Thing]:
        """Give known datasets, then jobs, each by name."""
        return await (await self._opened()).read(lambda tx: reading.things(tx, after, limit))

    async def accepting(self) -> Sequence[Thing]:
        """Give the things for which somebody accepts a change."""
        return await (await self._opened()).read(reading.accepting)

    async def marked(self) -> Sequence[Thing]:
        """Give the things that somebody marks as consumers, or as none."""
        return await (await self._opened()).read(reading.marked)

    async def dbt_nodes(self, ids: Collection[str]) -> Mapping[str, Sequence[JobName]]:
        """Give the jobs that run these nodes of dbt projects, by their unique ids, in order."""
        return await (await self._opened()).read(lambda tx: reading.dbt_nodes(tx, ids))

    async def census(self) -> Census:
        """Count what is known."""
        return await (await self._opened()).read(reading.census)

    async def symlinks(self, known: int) -> Sequence[Told]:
        """Give what is told of other names of datasets, but for the first ones."""
        return await (await self._opened()).read(lambda tx: reading.symlinks(tx, known))

    async def namespaces(self) -> Collection[str]:
        """Give the namespaces of known datasets."""
        return await (await self._opened()).read(reading.namespaces)

    async def lines(self) -> AsyncIterator[str]:
        """Give the canonical lines of all there is."""
        async for line in reading.lines(await self._opened()):
            yield line

    async def _opened(self) -> Connection:
        """Give the connection, once it is sure that the graph there is ours."""
        if not self._ready:
            await schema.prepare(self._connection, self._version)
            self._ready = True
        return self._connection


def open_neo4j(
    uri: str, user: str, password: str, database: str = DATABASE, version: str = ""
) -> Neo4jGraph:
    """Open the graph of a database.

    `version` is the reader's: a graph that another one made is a `Mismatch`.
    """
    return Neo4jGraph(connect(uri, user, password, database), version)
