"""The Neo4j that the tests start is a real server of our own."""

from __future__ import annotations

from typing import LiteralString

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from tests.services.neo4j import Neo4jServer


def ask(server: Neo4jServer, query: LiteralString) -> object:
    """The single value of a query's single row, asked over a connection of its own."""
    address = server.address
    with GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]: its options are untyped
        address.uri, auth=(address.user, address.password), max_transaction_retry_time=0
    ) as driver:
        return driver.execute_query(query).records[0].value()


def test_answers_a_query(neo4j_server: Neo4jServer) -> None:
    assert ask(neo4j_server, "RETURN 6 * 7") == 42


def test_listens_on_loopback_only(neo4j_server: Neo4jServer) -> None:
    broadcasts = ask(
        neo4j_server,
        "SHOW SETTINGS 'server.fleet_discovery.enabled' YIELD value RETURN value",
    )
    assert broadcasts == "false"
    assert neo4j_server.address.uri.startswith("bolt://127.0.0.1:")


def test_keeps_its_data_over_an_outage(neo4j_server: Neo4jServer) -> None:
    ask(neo4j_server, "CREATE (n:Kept) RETURN n")
    neo4j_server.stop()
    with pytest.raises((DriverError, Neo4jError)):
        ask(neo4j_server, "RETURN 1")
    neo4j_server.start()
    assert ask(neo4j_server, "MATCH (n:Kept) DELETE n RETURN count(n)") == 1
