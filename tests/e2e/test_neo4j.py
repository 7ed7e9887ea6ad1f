"""The same on Neo4j by one setting; while it is down events are taken, and projected later."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from tests.e2e.events import column_lineage, dataset, run_event, schema
from tests.e2e.server import Server, headwater
from tests.services.neo4j import Neo4jServer

pytestmark = pytest.mark.neo4j

QUESTION = """{
  lineage(roots: [{column: {namespace: "postgres://db:5432", name: "raw", column: "x"}}]) {
    reached { edges { node { depth end { ... on Column { name dataset { name } } } } } }
  }
}"""


def event(place: int) -> object:
    """A step of a chain of tables."""
    source = "raw" if place == 0 else f"t{place - 1}"
    lineage = column_lineage({"x": [(source, "x")]})
    output = dataset(f"t{place}", schema=schema("x"), columnLineage=lineage)
    return run_event(job=f"job{place}", run=place + 1, inputs=[source], outputs=[output])


def test_an_outage_of_neo4j_loses_nothing(
    tmp_path: Path, neo4j_server: Neo4jServer, neo4j_store: str
) -> None:
    """Events before, meanwhile and after are one lineage in the end."""
    server = Server(tmp_path, neo4j_store).start()
    try:
        assert server.post(event(0), "/api/v1/lineage?wait=true").status_code == 201
        neo4j_server.stop()
        assert [server.post(event(place)).status_code for place in (1, 2)] == [201, 201]
        assert httpx.get(f"{server.url}/health/ready").json()["graph"] == 1
        neo4j_server.start()
        assert server.post(event(3)).status_code == 201
        server.settle()
        reached = server.ask(QUESTION)["lineage"]["reached"]["edges"]
    finally:
        server.stop()
    columns = [edge["node"]["end"] for edge in reached if edge["node"]["end"]]
    assert [column["dataset"]["name"] for column in columns] == ["t0", "t1", "t2", "t3"]
    verified = headwater(
        "verify", "--data", str(tmp_path), "--store", neo4j_store, "--format", "json"
    )
    assert json.loads(verified.stdout)["same"] is True
