"""A label on a column travels with its value, until it is masked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.events import dataset, facet, run_event, schema
from tests.e2e.server import Server

PII = facet(tags=[{"key": "pii", "value": "email", "field": "email"}])
INHERITED = """query ($name: String!, $column: String!) {
  column(namespace: "postgres://db:5432", name: $name, column: $column) {
    tags { key }
    inheritedTags { depth tag { key value } source { name dataset { name } } }
  }
}"""
SQL = (
    "INSERT INTO s.stage SELECT id, lower(email) AS mail, md5(email) AS hashed, "
    "CASE WHEN email IS NULL THEN 0 ELSE 1 END AS reachable FROM s.users"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("data")).start()
    users = dataset("d.s.users", schema=schema("id", "email"), tags=PII)
    try:
        server.post(run_event(job="load", run=1, outputs=[users]))
        for run, (job, sql, source, target) in enumerate(
            (
                ("stage", SQL, "users", "stage"),
                ("mart", "INSERT INTO s.mart SELECT mail, hashed FROM s.stage", "stage", "mart"),
            ),
            start=2,
        ):
            server.post(
                run_event(
                    job=job,
                    run=run,
                    time=f"2026-03-0{run}T00:00:00Z",
                    inputs=[f"d.s.{source}"],
                    outputs=[f"d.s.{target}"],
                    job_facets={"sql": facet(query=sql, dialect="postgres")},
                )
            )
        server.settle()
        yield server
    finally:
        server.stop()


def inherited(server: Server, name: str, column: str) -> list[tuple[str, str, str, int]]:
    found = server.ask(INHERITED, name=name, column=column)["column"]["inheritedTags"]
    return [
        (one["tag"]["key"], one["tag"]["value"], one["source"]["name"], one["depth"])
        for one in found
    ]


def test_a_label_travels_with_the_value(told: Server) -> None:
    assert inherited(told, "d.s.stage", "mail") == [("pii", "email", "email", 1)]
    assert inherited(told, "d.s.mart", "mail") == [("pii", "email", "email", 2)]


@pytest.mark.parametrize("column", ["hashed", "reachable", "id"])
def test_it_stops_where_the_value_is_masked_or_only_decides(told: Server, column: str) -> None:
    assert inherited(told, "d.s.stage", column) == []


def test_masked_once_is_masked_further_on(told: Server) -> None:
    assert inherited(told, "d.s.mart", "hashed") == []


def test_its_own_label_is_not_inherited(told: Server) -> None:
    found = told.ask(INHERITED, name="d.s.users", column="email")["column"]
    assert found == {"tags": [{"key": "pii"}], "inheritedTags": []}
