"""`headwater demo` is a company one can walk about in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ingest.demo.company.warehouse import replication
from ingest.demo.tour import TOUR, Stop
from tests.e2e.server import Server

LINEAGE = """query ($namespace: String!, $name: String!, $column: String!, $way: Direction!) {
  lineage(roots: [{column: {namespace: $namespace, name: $name, column: $column}}],
          direction: $way) {
    truncated
    reached { edges { node { depth end { ... on Job { name } ... on Column { column: name } } } } }
  }
  consumers(of: {column: {namespace: $namespace, name: $name, column: $column}}) {
    found { edges { node { mark thing { name } } } }
  }
}"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo, running."""
    server = Server(tmp_path_factory.mktemp("demo"), command="demo")
    try:
        yield server.start()
    finally:
        server.stop()


def walk(demo: Server, stop: Stop) -> dict[str, Any]:
    """Go where a stop of the tour points."""
    where = {"namespace": stop.namespace, "name": stop.name, "column": stop.column}
    return demo.ask(LINEAGE, way=stop.direction.upper(), **where)


@pytest.mark.parametrize("stop", TOUR, ids=lambda stop: stop.title)
def test_each_stop_of_the_tour_leads_somewhere(demo: Server, stop: Stop) -> None:
    answer = walk(demo, stop)["lineage"]
    assert answer["truncated"] is False
    assert max(edge["node"]["depth"] for edge in answer["reached"]["edges"]) >= 3


def test_a_policys_column_reaches_the_chatbot_that_answers_with_it(demo: Server) -> None:
    found = walk(demo, TOUR[0])["consumers"]["found"]
    chatbot = {"mark": "agent", "thing": {"name": "passenger-assistant"}}
    assert {"node": chatbot} in found["edges"]


def test_it_is_a_company_of_some_size(demo: Server) -> None:
    coverage = demo.ask("{ coverage { datasets columns jobs runs jobsByTier { tier } } }")
    counts = coverage["coverage"]
    assert counts["datasets"] >= 60
    assert counts["columns"] >= 450
    assert counts["runs"] >= 1500
    tiers = {row["tier"] for row in counts["jobsByTier"]}
    assert tiers >= {"EXPLICIT", "PARSED", "FACET", "INFERRED"}


def test_its_sql_is_read_but_for_the_template(demo: Server) -> None:
    coverage = demo.ask("{ coverage { sql { jobs bound unreadJobs { job { name } } } } }")
    assert coverage["coverage"]["sql"] == {
        "jobs": 40,
        "bound": 39,
        "unreadJobs": [{"job": {"name": "finance_close.reconcile_payments"}}],
    }


def test_a_copy_on_another_platform_has_the_columns_of_its_schema(demo: Server) -> None:
    """The SELECT that is copied names them in its own platform's case."""
    question = """query ($namespace: String!, $name: String!) {
      dataset(namespace: $namespace, name: $name) { columns { name } }
    }"""
    at, now = replication.PAYMENTS.at, replication.PAYMENTS.columns_on(29)
    found = demo.ask(question, namespace=at.namespace, name=at.name)["dataset"]["columns"]
    assert [column["name"] for column in found] == [column.name for column in now]
