"""Servers to talk to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from tests.e2e.server import Server
from tests.services.neo4j import Neo4jServer


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
    address = neo4j_server.address
    auth = address.user, address.password
    with GraphDatabase.driver(address.uri, auth=auth) as driver:  # pyright: ignore[reportUnknownMemberType] its settings are untyped
        emptied = "MATCH (it) CALL (it) { DETACH DELETE it } IN TRANSACTIONS"
        with driver.session(database="neo4j") as session:  # pyright: ignore[reportUnknownMemberType]
            session.run(emptied).consume()
    return address.uri.replace("://", f"://{address.user}:{address.password}@")
