"""The Cypher of the documentation answers, with the driver alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString, cast

import pytest
from neo4j import GraphDatabase

from tests.e2e.events import NAMESPACE, column_lineage, dataset, facet, run_event, schema
from tests.e2e.server import Server
from tests.services.neo4j import Neo4jServer

pytestmark = pytest.mark.neo4j

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "neo4j.md"
STATEMENTS = re.findall(r"```cypher\n(.*?)```", PAGE.read_text(), re.DOTALL)
WHERE = {"namespace": NAMESPACE, "dataset": "raw", "column": "x", "other": "mart"}


@pytest.fixture(scope="module")
def answers(
    tmp_path_factory: pytest.TempPathFactory, neo4j_server: Neo4jServer, neo4j_store: str
) -> Iterator[list[list[dict[str, Any]]]]:
    """What each statement answers about raw → stage → mart → a board, and a failed run."""
    server = Server(tmp_path_factory.mktemp("data"), neo4j_store).start()
    try:
        lineage = column_lineage({"x": [("raw", "x")]})
        stage = dataset("stage", schema=schema("x"), columnLineage=lineage)
        server.post(run_event(job="make_stage", run=0, inputs=["raw"], outputs=[stage]))
        sql = facet(query="INSERT INTO mart SELECT x * 2 AS x FROM stage WHERE x > 0")
        mart = dataset("mart", schema=schema("x"))
        server.post(
            run_event(
                job="make_mart",
                run=1,
                inputs=["stage"],
                outputs=[mart],
                job_facets={"sql": sql},
            )
        )
        server.post(run_event(job="board", run=8, inputs=["mart"]))
        server.post(run_event("FAIL", job="broken", run=9, outputs=["never"]))
        server.settle()
    finally:
        server.stop()
    address = neo4j_server.address
    auth = address.user, address.password
    with GraphDatabase.driver(address.uri, auth=auth) as driver:  # pyright: ignore[reportUnknownMemberType] its settings are untyped
        yield [
            [
                record.data()
                for record in driver.execute_query(
                    cast("LiteralString", statement), WHERE, database_="neo4j"
                ).records
            ]
            for statement in STATEMENTS
        ]


def test_downstream_of_a_column(answers: list[list[dict[str, Any]]]) -> None:
    assert {"end": ["column", NAMESPACE, "mart", "x"], "hops": 2} in answers[0]


def test_one_way_between_two(answers: list[list[dict[str, Any]]]) -> None:
    [path] = answers[1]
    assert [step[2] for step in path["steps"]] == ["raw", "stage", "mart"]


def test_why_an_edge_is_believed(answers: list[list[dict[str, Any]]]) -> None:
    [reason] = answers[2]
    assert (reason["job"], reason["tier"], reason["kind"]) == ("make_stage", "FACET", "DIRECT")


def test_what_the_sql_says(answers: list[list[dict[str, Any]]]) -> None:
    assert answers[3] == [{"job": "make_mart", "expression": "x * 2"}]


def test_who_uses_it_in_the_end(answers: list[list[dict[str, Any]]]) -> None:
    assert answers[4] == [{"namespace": "airflow", "job": "board"}]


def test_what_failed(answers: list[list[dict[str, Any]]]) -> None:
    [failed] = answers[5]
    assert (failed["job"], failed["outputs"]) == ("broken", ["never"])
