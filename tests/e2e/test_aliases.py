"""A table that Spark knows by its files and Hive by its name is one, whenever that is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.events import column_lineage, facet, run_event, schema
from tests.e2e.server import Server, headwater

LAKE = "s3a://lake"
FILES = {"namespace": LAKE, "name": "/warehouse/orders"}
HIVE = "hive://metastore:9083"
TABLE = {"namespace": HIVE, "name": "shop.orders"}
REPORT = {"namespace": HIVE, "name": "shop.report"}
SYMLINKS = facet(identifiers=[{**TABLE, "type": "TABLE"}])
SQL = (
    "INSERT INTO shop.report SELECT id, amount * 2 AS twice FROM shop.orders WHERE status = 'paid'"
)

LOADED = run_event(
    job="spark",
    run=1,
    inputs=["raw"],
    outputs=[
        {
            **FILES,
            "facets": {
                "schema": schema("id", "amount", "status"),
                "columnLineage": column_lineage({"amount": [("raw", "amount")]}),
            },
        }
    ],
)
TOLD = run_event(
    job="spark",
    run=2,
    time="2026-03-02T00:00:00Z",
    outputs=[{**FILES, "facets": {"symlinks": SYMLINKS}}],
)
REPORTED = run_event(
    job="hive",
    run=3,
    time="2026-03-03T00:00:00Z",
    inputs=[TABLE],
    outputs=[{**REPORT, "facets": {"schema": schema("id", "twice")}}],
    job_facets={"sql": facet(query=SQL, dialect="hive")},
)
ORDERS = ((LOADED, TOLD, REPORTED), (REPORTED, LOADED, TOLD))

REACHED = """{
  lineage(roots: [{column: {namespace: "postgres://db:5432", name: "raw", column: "amount"}}]) {
    reached { edges { node { depth end { ... on Column { name dataset { namespace name } } } } } }
  }
  job(namespace: "airflow", name: "hive") { reading { bound } }
}"""
NAMED = """query ($namespace: String!, $name: String!) {
  dataset(namespace: $namespace, name: $name) {
    id namespace name aliases { namespace name } columns { name } schema { full }
    runs { edges { node { job { name } } } }
  }
}"""


@pytest.fixture(scope="module", params=range(len(ORDERS)))
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server that was told in one of the orders."""
    server = Server(tmp_path_factory.mktemp("data")).start()
    try:
        order: int = request.param
        for event in ORDERS[order]:
            assert server.post(event, "/api/v1/lineage?wait=true").status_code == 201
        yield server
    finally:
        server.stop()


def test_lineage_goes_through_the_table(told: Server) -> None:
    """The SQL is bound against the schema of the files, and what reads it is reached."""
    answer = told.ask(REACHED)
    assert answer["job"]["reading"] == {"bound": True}
    ends = [edge["node"]["end"] for edge in answer["lineage"]["reached"]["edges"]]
    columns = [(end["dataset"], end["name"]) for end in ends if end]
    assert columns == [(TABLE, "amount"), (REPORT, "twice")]


@pytest.mark.parametrize("asked", [FILES, TABLE, {**FILES, "namespace": "s3://lake"}])
def test_each_name_finds_it(told: Server, asked: dict[str, Any]) -> None:
    """All of them give the same dataset, with what was told under any."""
    found = told.ask(NAMED, **asked)["dataset"]
    assert (found["namespace"], found["name"]) == (HIVE, "shop.orders")
    assert FILES in found["aliases"]
    assert [column["name"] for column in found["columns"]] == ["id", "amount", "status"]
    assert found["schema"] == {"full": True}
    jobs = [edge["node"]["job"]["name"] for edge in found["runs"]["edges"]]
    assert jobs == ["hive", "spark", "spark"]


def test_what_breaks_is_told_across_names(told: Server) -> None:
    """Dropping a column of the files breaks the query on the table."""
    asked = ("impact", "removed", FILES["name"], "status", "--namespace", LAKE)
    answer = headwater(*asked, "--data", str(told.data), "--format", "json")
    assert answer.returncode == 0, answer.stderr
    impacts = json.loads(answer.stdout)["impacts"]
    assert [(one["name"], one["verdict"], one["certainty"]) for one in impacts] == [
        ("shop.report", "BREAKS", "PROVEN")
    ]


def test_the_graph_is_what_the_log_says(told: Server) -> None:
    """Made anew it is the same."""
    told.stop()
    verified = headwater("verify", "--data", str(told.data), "--format", "json")
    assert json.loads(verified.stdout)["same"] is True
    told.start()
