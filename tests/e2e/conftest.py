"""Servers to talk to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.server import Server
from tests.services.neo4j import Neo4jServer, emptied


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for the tests of one file."""
    server = Server(tmp_path_factory.mktemp("data"))
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Server]:
    """A server for one test, not started yet."""
    server = Server(tmp_path / "data")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def neo4j_store(neo4j_server: Neo4jServer) -> str:
    """The setting that names a Neo4j; it holds nothing, whatever another test left there."""
    return emptied(neo4j_server.address)
