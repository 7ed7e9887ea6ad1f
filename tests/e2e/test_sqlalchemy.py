"""A job on a real PostgreSQL, observed: its tables, columns and runs, asked for over GraphQL."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Engine, create_engine, text

from tests.e2e.server import Server

TABLES = """
    DROP SCHEMA IF EXISTS sales CASCADE;
    CREATE SCHEMA sales;
    CREATE TABLE sales.orders (id integer, customer integer, amount numeric(10, 2));
    CREATE TABLE sales.customers (id integer, name text, "Home Town" varchar(40));
    CREATE TABLE sales.totals (name text, town text, total numeric);
"""

JOB = """
import sys
from sqlalchemy import create_engine, text
from headwater_emitters.sqlalchemy import observe

engine = create_engine(sys.argv[1], connect_args={"options": "-c search_path=sales"})
observe(engine, job="nightly", namespace="shop", exit_wait=30)
with engine.begin() as connection:
    connection.execute(text("CREATE TEMP TABLE recent AS SELECT * FROM orders WHERE id > :first"),
                       {"first": 0})
    connection.execute(text('''
        INSERT INTO totals (name, town, total)
        SELECT c.name, c."Home Town", sum(r.amount)
        FROM recent AS r JOIN customers AS c ON c.id = r.customer
        GROUP BY c.name, c."Home Town"
    '''))
with engine.connect() as connection:
    connection.execute(text("DELETE FROM sales.totals"))  # never committed
    print(connection.execute(text("SELECT count(*) FROM totals")).scalar())
"""


@pytest.fixture(scope="module")
def url(postgresql: str) -> str:
    """The database's address, as SQLAlchemy takes it."""
    return postgresql.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(scope="module")
def engine(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(TABLES))
        connection.execute(text("INSERT INTO sales.customers VALUES (1, 'Ada', 'London')"))
        connection.execute(text("INSERT INTO sales.orders VALUES (1, 1, 10), (2, 1, 5)"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def observed(
    server: Server, engine: Engine, url: str, tmp_path_factory: pytest.TempPathFactory
) -> Server:
    """A server that was told of the job."""
    environment = os.environ | {
        "OPENLINEAGE_URL": server.url,
        "HEADWATER_EMITTERS_SPOOL": str(tmp_path_factory.mktemp("spool")),
    }
    job = subprocess.run(
        [sys.executable, "-c", JOB, url],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (job.returncode, job.stdout, job.stderr) == (0, "0\n", "")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM sales.totals")).all() == [
            ("Ada", "London", 15)
        ]
    server.settle()
    wait_for_sql(server)
    return server


def wait_for_sql(server: Server) -> None:
    """SQL is read beside ingestion."""
    question = """{
      made: job(namespace: "shop", name: "nightly.create.recent") { reading { bound } }
      filled: job(namespace: "shop", name: "nightly.insert.totals") { reading { bound } }
    }"""
    for _ in range(600):
        if all(job["reading"] for job in server.ask(question).values()):
            return
        time.sleep(0.1)
    raise AssertionError("the SQL of the job is not read")


@pytest.fixture
def namespace(url: str) -> str:
    found = urlsplit(url)
    return f"postgres://{found.hostname}:{found.port}"


def table(url: str, name: str) -> str:
    return f"{urlsplit(url).path[1:]}.sales.{name}"


def columns(server: Server, namespace: str, name: str) -> list[tuple[str, str]]:
    question = """query ($namespace: String!, $name: String!) {
      dataset(namespace: $namespace, name: $name) { schema { full } columns { name type } }
    }"""
    dataset = server.ask(question, namespace=namespace, name=name)["dataset"]
    assert dataset["schema"]["full"]
    return [(column["name"], column["type"]) for column in dataset["columns"]]


def test_tables_have_the_columns_that_the_database_tells(
    observed: Server, url: str, namespace: str
) -> None:
    assert columns(observed, namespace, table(url, "customers")) == [
        ("id", "integer"),
        ("name", "text"),
        ("Home Town", "character varying(40)"),
    ]
    assert columns(observed, namespace, table(url, "totals")) == [
        ("name", "text"),
        ("town", "text"),
        ("total", "numeric"),
    ]
    assert columns(observed, "inmemory://shop/nightly", "recent") == [
        ("id", "integer"),
        ("customer", "integer"),
        ("amount", "numeric(10,2)"),
    ]


@pytest.mark.parametrize(
    ("job", "states"),
    [
        ("nightly", ["COMPLETE"]),
        ("nightly.create.recent", ["COMPLETE"]),
        ("nightly.insert.totals", ["COMPLETE"]),
        ("nightly.delete.totals", ["ABORT"]),
        ("nightly.select.totals", ["COMPLETE"]),
    ],
)
def test_only_what_was_committed_is_complete(observed: Server, job: str, states: list[str]) -> None:
    question = """query ($name: String!) {
      job(namespace: "shop", name: $name) { runs { edges { node { state } } } sql { dialect } }
    }"""
    found: dict[str, Any] = observed.ask(question, name=job)["job"]
    assert [edge["node"]["state"] for edge in found["runs"]["edges"]] == states
    if job != "nightly":
        assert found["sql"]["dialect"] == "postgres"


def test_what_feeds_a_table_is_found_through_the_table_of_the_session(
    observed: Server, url: str, namespace: str
) -> None:
    question = """query ($namespace: String!, $name: String!) {
      lineage(roots: [{dataset: {namespace: $namespace, name: $name}}], direction: UPSTREAM,
              grain: DATASET) {
        reached { edges { node { depth end { ... on Dataset { name } } } } }
      }
    }"""
    answer = observed.ask(question, namespace=namespace, name=table(url, "totals"))
    nodes = [edge["node"] for edge in answer["lineage"]["reached"]["edges"]]
    found = {node["end"]["name"] for node in nodes if "name" in node["end"]}
    assert found == {"recent", table(url, "customers"), table(url, "orders")}


@pytest.mark.parametrize(
    ("column", "sources"),
    [
        ("name", {("customers", "name")}),
        ("town", {("customers", "Home Town")}),
    ],
)
def test_the_sql_of_the_job_becomes_links_of_columns(
    observed: Server, url: str, namespace: str, column: str, sources: set[tuple[str, str]]
) -> None:
    """Checked by hand: the values come from these columns alone."""
    question = """query ($namespace: String!, $name: String!, $column: String!) {
      lineage(roots: [{column: {namespace: $namespace, name: $name, column: $column}}],
              direction: UPSTREAM, kinds: [DIRECT]) {
        reached { edges { node { end { ... on Column { name dataset { name } } } } } }
        links { edges { node { evidence { tier } } } }
      }
    }"""
    name = table(url, "totals")
    answer = observed.ask(question, namespace=namespace, name=name, column=column)["lineage"]
    ends = [edge["node"]["end"] for edge in answer["reached"]["edges"]]
    found = {(end["dataset"]["name"].split(".")[-1], end["name"]) for end in ends if "name" in end}
    assert found == sources
    tiers = {one["tier"] for e in answer["links"]["edges"] for one in e["node"]["evidence"]}
    assert tiers == {"PARSED"}
