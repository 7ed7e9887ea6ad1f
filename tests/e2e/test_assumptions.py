"""Who relies on a value: what readers assume, and what no longer holds when a value goes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.e2e.events import NAMESPACE, dataset, facet, run_event, schema
from tests.e2e.server import Server, headwater

ORDERS = "d.s.orders"
SQL = {
    "paid_totals": (
        "INSERT INTO s.totals\n"
        "SELECT o.id, CAST(o.amount AS int) AS amount FROM s.orders o\n"
        "JOIN s.customers c ON c.id = o.customer\n"
        "WHERE o.status = 'paid'"
    ),
    "open_orders": "INSERT INTO s.open SELECT id FROM s.orders WHERE status IN ('open', 'new')",
    "copied": "INSERT INTO s.copy SELECT status FROM s.orders",
}
OUTPUTS = {"paid_totals": "d.s.totals", "open_orders": "d.s.open", "copied": "d.s.copy"}

TAGS = facet(tags=[{"key": "pii", "value": "maybe", "field": "status"}])
ASSUMED = """query ($of: ThingInput!) {
  assumptions(of: $of) { truncated found { kind value text line job { name } column { name } } }
}"""
IMPACT = """query ($changes: [ChangeInput!]!) {
  impact(changes: $changes) { impacts { edges { node { name verdict reason } } } }
}"""


PAGE = """query ($column: String!) {
  column(namespace: "postgres://db:5432", name: "d.s.orders", column: $column) {
    id dataset { id }
  }
}"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("data")).start()
    columns = schema("id", "amount", "status", "customer")
    try:
        server.post(
            run_event(job="load", run=1, outputs=[dataset(ORDERS, schema=columns, tags=TAGS)])
        )
        customers = dataset("d.s.customers", schema=schema("id"))
        server.post(run_event(job="load_customers", run=2, outputs=[customers]))
        for run, (job, sql) in enumerate(SQL.items(), start=3):
            server.post(
                run_event(
                    job=job,
                    run=run,
                    time=f"2026-03-0{run}T00:00:00Z",
                    inputs=[ORDERS, "d.s.customers"],
                    outputs=[OUTPUTS[job]],
                    job_facets={"sql": facet(query=sql, dialect="postgres")},
                )
            )
        server.settle()
        yield server
    finally:
        server.stop()


def assumed(server: Server, of: object) -> list[tuple[str, str, str, str, str, int]]:
    found = server.ask(ASSUMED, of=of)["assumptions"]
    assert found["truncated"] is False
    return [
        (
            one["column"]["name"],
            one["kind"],
            one["value"],
            one["job"]["name"],
            one["text"],
            one["line"],
        )
        for one in found["found"]
    ]


def test_what_readers_assume_is_a_contract(told: Server) -> None:
    of = {"dataset": {"namespace": NAMESPACE, "name": ORDERS}}
    assert assumed(told, of) == [
        ("amount", "TYPE", "INT", "paid_totals", "o.amount", 2),
        ("customer", "PARTNER", "s.customers.id", "paid_totals", "c.id = o.customer", 3),
        ("status", "VALUE", "new", "open_orders", "'new'", 1),
        ("status", "VALUE", "open", "open_orders", "'open'", 1),
        ("status", "VALUE", "paid", "paid_totals", "o.status = 'paid'", 4),
    ]


def test_it_is_asked_of_one_column(told: Server) -> None:
    of = {"column": {"namespace": NAMESPACE, "name": ORDERS, "column": "customer"}}
    assert [one[0] for one in assumed(told, of)] == ["customer"]
    refused = told.ask_for_all(ASSUMED, of={"job": {"namespace": "airflow", "name": "load"}})
    assert refused["errors"][0]["extensions"]["code"] == "invalid"


def test_a_value_that_goes_names_who_relied_on_it(told: Server) -> None:
    """All that read the column have other values; who asks for the value is told why."""
    of = {"column": {"namespace": NAMESPACE, "name": ORDERS, "column": "status"}}
    change = {"kind": "VALUES", "of": of, "from": "paid", "to": "settled"}
    edges = told.ask(IMPACT, changes=[change])["impact"]["impacts"]["edges"]
    found = {edge["node"]["name"]: edge["node"] for edge in edges}
    assert "orders.status is never 'paid' any more" in found["d.s.totals"]["reason"]
    assert "never" not in found["d.s.open"]["reason"]
    assert found["d.s.copy"]["verdict"] == "VALUES_CHANGE"


def test_the_command_says_the_same(told: Server) -> None:
    asked = ("impact", "values", ORDERS, "status", "--from", "open", "--data", str(told.data))
    answer = json.loads(headwater(*asked, "--format", "json").stdout)
    assert answer["changes"] == [
        {"kind": "values", "dataset": ORDERS, "column": "status", "from": "open"}
    ]
    reasons = {one["name"]: one["reason"] for one in answer["impacts"]}
    assert "is never 'open' any more" in reasons["d.s.open"]


def test_the_page_of_a_column_shows_both(told: Server, browser: Browser) -> None:
    """What its readers assume, when asked for; and the labels that come with its values."""
    column = told.ask(PAGE, column="status")["column"]
    page = browser.new_page()
    page.goto(f"{told.url}/datasets/{column['dataset']['id']}/columns/{column['id']}")
    page.get_by_role("button", name="Show what they assume").click()
    row = page.get_by_role("row", name="it can be paid paid_totals")
    row.wait_for()
    assert "line 4" in row.inner_text()
    assert "o.status = 'paid'" in row.inner_text()
    of_stage = told.ask(PAGE.replace("d.s.orders", "d.s.copy"), column="status")["column"]
    page.goto(f"{told.url}/datasets/{of_stage['dataset']['id']}/columns/{of_stage['id']}")
    page.get_by_text("pii: maybe, of status in d.s.orders").wait_for()
    page.close()


def test_the_page_of_impact_asks_for_values(told: Server, browser: Browser) -> None:
    """Which value goes is said in the sentence, and kept in the address."""
    page = browser.new_page()
    change = {"kind": "VALUES", "namespace": NAMESPACE, "name": ORDERS, "column": "status"}
    page.goto(f"{told.url}/impact?change={quote(json.dumps([change]))}")
    page.get_by_label("from").fill("paid")
    page.get_by_label("from").press("Enter")
    reason = "is never 'paid' any more"
    page.get_by_label("Impacts").get_by_role("row").filter(has_text=reason).wait_for()
    assert "paid" in page.url
    page.close()


def test_a_value_is_said_of_values_alone(told: Server) -> None:
    of = {"column": {"namespace": NAMESPACE, "name": ORDERS, "column": "status"}}
    change = {"kind": "REMOVED", "of": of, "from": "paid"}
    refused = told.ask_for_all(IMPACT, changes=[change])
    assert refused["errors"][0]["extensions"]["code"] == "invalid"
