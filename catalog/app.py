"""The composition root: the only place that names concrete logs, stores and servers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from catalog.aliases.merged import MergedGraph, MergedReader
from catalog.clock import SystemClock
from catalog.errors import Invalid
from catalog.intake import Intake
from catalog.parsing.reader import ProcessReader, SqlReader
from catalog.parsing.remembering import RememberingReader
from catalog.parsing.sql_projector import SqlProjector
from catalog.ports import Clock, EventLog, GraphWriter
from catalog.projector.projector import Projector
from catalog.projector.reading import read_entry
from catalog.projector.stage import Stage
from catalog.settings import Settings
from catalog.stores.version import reader_version

SQL_GATHER_SECONDS = 0.3
"""Of the runs of one job that are read together most share all that is looked up for them."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """An open catalog: its log, its graph, and the stages that follow the one with the other."""

    log: EventLog
    graph: MergedGraph
    intake: Intake
    stage: Stage
    clock: Clock
    sql: SqlReader


@contextlib.asynccontextmanager
async def open_catalog(settings: Settings, clock: Clock | None = None) -> AsyncGenerator[Catalog]:
    """Open the log and the graph, and let go of both at the end; nothing is projected yet.

    Raises:
        Invalid: the store is named in a way that is not understood.
        Mismatch: the graph was made by another version.
        Unavailable: another process holds the log, or the store does not answer.
    """
    clock = clock or SystemClock()
    async with open_log(settings.data) as log, open_graph(settings) as graph:
        intake = Intake(log, clock)
        projector = Projector(log, graph, read_entry, upcoming=intake)
        sql = RememberingReader(ProcessReader())
        reading = SqlProjector(log, graph, read_entry, sql, upcoming=intake)
        stage = Stage(projector, then=Stage(reading, gather=SQL_GATHER_SECONDS))
        yield Catalog(log, graph, intake, stage, clock, sql)


@contextlib.asynccontextmanager
async def open_log(data: Path) -> AsyncGenerator[EventLog]:
    """Open the event log in a folder, which is made if it is missing."""
    from catalog.log import sqlite  # noqa: PLC0415 a start loads what it uses

    log = sqlite.open_log(data / "log.db")
    try:
        yield log
    finally:
        await log.close()


@contextlib.asynccontextmanager
async def open_graph(settings: Settings, *, fresh: bool = False) -> AsyncGenerator[MergedGraph]:
    """Open the graph that the settings name; `fresh`: empty, whatever it holds."""
    graph = await _open_graph(settings.store, settings.data, fresh=fresh)
    try:
        yield MergedGraph(graph)
    finally:
        await graph.close()


def source_of(settings: Settings) -> str:
    """Say where a catalog is, without the password of its store."""
    address = urlsplit(settings.store)
    if address.hostname is None:
        return f"{settings.store} in {settings.data.name}"
    return f"{address.scheme}://{address.hostname}"


def compact_graph(data: Path, to: Path) -> None:
    """Write the embedded graph of a folder, which nobody has open, into one new file."""
    from catalog.stores.sqlite.graph import write_compact  # noqa: PLC0415

    write_compact(data / "graph.db", to)


@contextlib.asynccontextmanager
async def open_graph_to_read(settings: Settings) -> AsyncGenerator[MergedReader]:
    """Open the graph that the settings name to ask it, also while a server writes to it.

    Of other names it knows what was told by then.

    Raises:
        Unavailable: there is none, or the store does not answer.
        Mismatch: it was made by another version.
    """
    if settings.store == "sqlite":
        from catalog.stores.sqlite.graph import open_graph_to_read as opened  # noqa: PLC0415

        graph = opened(settings.data / "graph.db")
        try:
            yield MergedReader(graph)
        finally:
            await graph.close()
        return
    async with open_graph(settings) as other:
        yield other


async def _open_graph(store: str, data: Path, *, fresh: bool) -> GraphWriter:
    if store == "memory":
        from catalog.stores.memory import MemoryGraph  # noqa: PLC0415 a start loads what it uses

        return MemoryGraph()
    if store == "sqlite":
        from catalog.stores.sqlite.graph import open_graph  # noqa: PLC0415

        return open_graph(data / "graph.db", fresh=fresh)
    address = urlsplit(store)
    if address.scheme in {"neo4j", "bolt", "neo4j+s", "bolt+s"} and address.hostname:
        from catalog.stores.neo4j.graph import open_neo4j  # noqa: PLC0415

        uri = f"{address.scheme}://{address.hostname}:{address.port or 7687}"
        user, password = unquote(address.username or "neo4j"), unquote(address.password or "")
        database = address.path.strip("/") or "neo4j"
        graph = open_neo4j(uri, user, password, database, reader_version())
        if fresh:
            await graph.clear()
        return graph
    raise Invalid(
        f"the store {address.scheme or store!r} is not known: say sqlite, memory, "
        "or neo4j://user:password@host:7687"
    )


@contextlib.asynccontextmanager
async def projecting(catalog: Catalog) -> AsyncGenerator[None]:
    """Let the graph follow the log meanwhile."""
    task = asyncio.create_task(catalog.stage.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
