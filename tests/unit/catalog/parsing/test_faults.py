"""What took too long to read is read again when a process starts, and not for ever."""

from __future__ import annotations

import anyio

from catalog.aliases.merged import MergedGraph
from catalog.log.memory import MemoryLog
from catalog.model.record import LogEntry, Record, RecordKind
from catalog.parsing.reader import LocalReader, SqlReader
from catalog.parsing.sql_projector import SqlProjector
from catalog.projector.projector import Projector
from catalog.stores.memory import MemoryGraph
from ingest.facts import Report
from ingest.openlineage import read
from ingest.sql.errors import Code, Problem, Span
from ingest.sql.readout import Naming, Readout, Request, Text
from tests.contract.test_sql import ACCEPTED
from tests.e2e.events import facet, run_event


class Slow:
    """A reader for which every text takes too long to bind."""

    def __init__(self) -> None:
        self.asked = 0

    async def naming(self, text: Text) -> Naming:
        return await LocalReader().naming(text)

    async def read_out(self, request: Request) -> Readout:
        self.asked += 1
        problem = Problem(Span(0, 0), Code.TIMEOUT, f"{len(request.text.sql)} characters")
        return Readout((), problem, bound=False)


class Catalog:
    """A log with one run, and the graph that is made of it."""

    def __init__(self) -> None:
        sql = {"sql": facet(query="insert into b select x from a", dialect="postgres")}
        self.report: Report = read("one", run_event(inputs=["a"], outputs=["b"], job_facets=sql))
        self.log, self.graph = MemoryLog(), MergedGraph(MemoryGraph())

    def read(self, _: LogEntry) -> Report:
        return self.report

    async def take_in(self) -> None:
        await self.log.append([Record("one", RecordKind.EVENT, b"", ACCEPTED)])
        async for _ in Projector(self.log, self.graph, self.read).catch_up():
            pass

    def started(self, reader: SqlReader) -> SqlProjector:
        return SqlProjector(self.log, self.graph, self.read, reader)

    async def faults(self) -> int:
        return len((await self.graph.census()).sql.faults)


async def follow(projector: SqlProjector) -> None:
    async for _ in projector.catch_up():
        pass


def test_what_took_too_long_is_read_again_by_the_next_process() -> None:
    async def law() -> None:
        catalog = Catalog()
        await catalog.take_in()
        await follow(catalog.started(Slow()))
        assert await catalog.faults() == 1
        await follow(catalog.started(LocalReader()))
        assert await catalog.faults() == 0

    anyio.run(law)


def test_one_process_tries_twice_and_no_more() -> None:
    async def law() -> None:
        catalog, slow = Catalog(), Slow()
        await catalog.take_in()
        projector = catalog.started(slow)
        for _ in range(5):
            await follow(projector)
        assert slow.asked == 2

    anyio.run(law)
