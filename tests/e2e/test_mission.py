"""From a job on a real PostgreSQL to the page that says what breaks; every way of asking agrees."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import create_engine, text

from tests.e2e.server import Server, headwater
from tests.services.neo4j import Neo4jServer

pytestmark = pytest.mark.neo4j

TABLES = """
    DROP SCHEMA IF EXISTS mission CASCADE;
    CREATE SCHEMA mission;
    CREATE TABLE mission.orders (id integer, customer integer, amount numeric(10, 2));
    CREATE TABLE mission.customers (id integer, name text);
    CREATE TABLE mission.totals (name text, total numeric);
"""

JOB = """
import sys
from sqlalchemy import create_engine, text
from headwater_emitters.sqlalchemy import observe

engine = create_engine(sys.argv[1], connect_args={"options": "-c search_path=mission"})
observe(engine, job="mission", namespace="shop", exit_wait=30)
with engine.begin() as connection:
    connection.execute(text('''
        INSERT INTO totals (name, total)
        SELECT c.name, sum(o.amount)
        FROM orders AS o JOIN customers AS c ON c.id = o.customer
        GROUP BY c.name
    '''))
"""

ORDERS = "CREATE TABLE orders (id integer, customer integer, amount numeric(10, 2));\n"

IMPACT = """query ($changes: [ChangeInput!]!) {
  impact(changes: $changes) { verdict impacts { edges { node {
    name verdict certainty path proof { message file line column length sql } } } } } }"""


@pytest.fixture
def url(postgresql: str) -> str:
    """A database with the tables of the job."""
    url = postgresql.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(TABLES))
    engine.dispose()
    return url


@pytest.fixture
def server(tmp_path: Path, neo4j_server: Neo4jServer) -> Iterator[Server]:
    """A server whose graph is in Neo4j, with nothing in it."""
    address = neo4j_server.address
    store = address.uri.replace("://", f"://{address.user}:{address.password}@")
    data = tmp_path / "data"
    assert headwater("rebuild", "--data", str(data), "--store", store).returncode == 0
    server = Server(data, store).start()
    yield server
    server.stop()


def observe_job(server: Server, url: str, spool: Path) -> None:
    """Run the job once, observed, and wait until it can be asked about."""
    environment = {"OPENLINEAGE_URL": server.url, "HEADWATER_EMITTERS_SPOOL": str(spool)}
    subprocess.run([sys.executable, "-c", JOB, url], env=os.environ | environment, check=True)
    server.settle()


def project(folder: Path, orders: str, url: str) -> Path:
    """A repository that owns the table of orders."""
    where = urlsplit(url)
    folder.mkdir()
    (folder / "orders.sql").write_text(orders)
    (folder / "headwater.toml").write_text(
        f'[project]\ndialect = "postgres"\nnamespace = "{namespace(url)}"\n'
        f'database = "{where.path[1:]}"\nschema = "mission"\n'
    )
    return folder


def namespace(url: str) -> str:
    where = urlsplit(url)
    return f"postgres://{where.hostname}:{where.port}"


def test_a_dropped_column_is_told_everywhere(
    server: Server, url: str, browser: Browser, tmp_path: Path
) -> None:
    """Over GraphQL, in the check of the repository that drops it, and on the page."""
    observe_job(server, url, tmp_path / "spool")
    database = urlsplit(url).path[1:]
    orders, totals = f"{database}.mission.orders", f"{database}.mission.totals"

    column = {"namespace": namespace(url), "name": orders, "column": "amount"}
    asked = [{"kind": "REMOVED", "of": {"column": column}}]
    report: dict[str, Any] = server.ask(IMPACT, changes=asked)["impact"]
    (broken,) = [edge["node"] for edge in report["impacts"]["edges"]]
    assert report["verdict"] == "fail"
    assert (broken["name"], broken["verdict"], broken["certainty"]) == (totals, "BREAKS", "PROVEN")
    assert broken["path"] == [f"{orders}.amount", totals]
    proof = broken["proof"]
    assert proof["file"] == "mission.insert.totals"
    assert proof["sql"].strip() == "SELECT c.name, sum(o.amount)"

    base = project(tmp_path / "base", ORDERS, url)
    head = project(tmp_path / "head", ORDERS.replace(", amount numeric(10, 2)", ""), url)
    check = ["check", "--base", str(base), "--head", str(head), "--server", server.url]
    done = headwater(*check, "--format", "json", "--no-cache")
    assert done.returncode == 1, done.stderr
    (found,) = json.loads(done.stdout)["impacts"]
    assert (found["name"], found["verdict"], found["certainty"]) == (totals, "BREAKS", "PROVEN")
    assert found["proof"] == {name: proof[name] for name in found["proof"]}

    page = browser.new_page()
    page.goto(f"{server.url}/impact?change={quote(json.dumps([{'kind': 'REMOVED', **column}]))}")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=totals, exact=True))
    expect(row).to_contain_text("breaks")
    expect(row).to_contain_text("proven")
    expect(row).to_contain_text(proof["message"])
    row.get_by_role("button").click()
    sql = page.get_by_label(f"SQL of mission.insert.totals, line {proof['line']}")
    at = proof["column"] - 1
    blamed = proof["sql"][at : at + proof["length"]]
    expect(sql.locator("mark")).to_have_text(blamed)
    expect(sql.get_by_role("listitem").filter(has=page.locator("mark"))).to_have_text(
        proof["sql"].strip()
    )
    page.close()
