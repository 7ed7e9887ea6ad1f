"""The stores under test: each is registered once, and passes the whole suite."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import anyio
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from catalog.ports import GraphWriter
from catalog.stores.memory import MemoryGraph
from catalog.stores.neo4j.graph import open_neo4j
from catalog.stores.sqlite.graph import open_graph
from tests.services.neo4j import Neo4jServer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoreUnderTest:
    """A sort of store: how an empty one is had, and how many examples it is worth.

    `atomic`: what fails to be applied changes nothing. `shuffles`: of a long history, at the most.
    """

    name: str
    opened: Callable[[], AbstractAsyncContextManager[GraphWriter]]
    examples: int
    atomic: bool = True
    shuffles: int = 1_000

    def holds(
        self,
        law: Callable[[GraphWriter, Any], Awaitable[None]],
        of: SearchStrategy[Any],
        at_most: int = 1_000,
    ) -> None:
        """Check a law on an empty store for generated values."""

        @settings(
            max_examples=min(self.examples, at_most),
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )
        @given(of)
        def check(value: object) -> None:
            anyio.run(self._check, law, value)

        check()

    async def _check(
        self, law: Callable[[GraphWriter, Any], Awaitable[None]], value: object
    ) -> None:
        async with self.opened() as graph:
            await law(graph, value)


@asynccontextmanager
async def in_memory() -> AsyncGenerator[GraphWriter]:
    """Give an empty graph in memory."""
    yield MemoryGraph()


@asynccontextmanager
async def in_sqlite() -> AsyncGenerator[GraphWriter]:
    """Give an empty graph in a SQLite file."""
    with TemporaryDirectory() as folder:
        graph = open_graph(Path(folder) / "graph.db")
        try:
            yield graph
        finally:
            await graph.close()


def neo4j_at(server: Neo4jServer) -> StoreUnderTest:
    """Give the store on a running server; each example begins with an empty graph."""

    @asynccontextmanager
    async def in_neo4j() -> AsyncGenerator[GraphWriter]:
        address = server.address
        graph = open_neo4j(address.uri, address.user, address.password, version="test")
        try:
            await graph.clear()
            yield graph
        finally:
            await graph.close()

    return StoreUnderTest("neo4j", in_neo4j, examples=10, shuffles=2)


STORES: Sequence[StoreUnderTest] = (
    StoreUnderTest("memory", in_memory, examples=200, atomic=False),
    StoreUnderTest("sqlite", in_sqlite, examples=200),
)
