"""Changes are put together on the impact page, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.events import NAMESPACE, dataset, facet, run_event, schema
from tests.e2e.server import Server

PAYMENTS, ARCHIVE, LABELS = "shop.public.payments", "shop.public.archive", "shop.public.labels"
JOBS = {
    ARCHIVE: "insert into archive select * from payments",
    LABELS: "create table labels as select id, case when amount > 0 then 'paid' else 'free' end"
    " as status from payments",
}


@pytest.fixture(scope="module")
def catalog(server: Server) -> Server:
    """A table; one job copies it by position, another makes labels of it."""
    columns = schema("id", "fee", "amount")
    payments = dataset(PAYMENTS, schema=columns)
    server.post(run_event(job="load", run=1, outputs=[payments]))
    shapes = {ARCHIVE: columns, LABELS: schema("id", "status")}
    for run, (name, sql) in enumerate(JOBS.items(), 2):
        text = {"sql": facet(query=sql, dialect="postgres")}
        made = dataset(name, schema=shapes[name])
        server.post(
            run_event(job=name, run=run, inputs=[payments], outputs=[made], job_facets=text)
        )
    server.settle()
    return server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def link(server: Server, name: str, column: str | None = None) -> str:
    """The address of the question what goes with a dataset, or with a column."""
    change: dict[str, Any] = {"kind": "REMOVED", "namespace": NAMESPACE, "name": name}
    change |= {"column": column} if column else {}
    return f"{server.url}/impact?change={quote(json.dumps([change]))}"


def test_another_order_of_columns(catalog: Server, page: Page) -> None:
    """It begins with the order that there is; what is copied by position gets other values."""
    page.goto(link(catalog, PAYMENTS))
    page.get_by_label("What is done").select_option("reorder the columns of")
    page.get_by_text("Say the new order of the columns.").wait_for()
    order = page.get_by_label("in this order")
    expect(order).to_have_value("id, fee, amount")
    order.fill("id, amount, fee")
    order.press("Enter")
    impacts = page.get_by_label("Impacts").get_by_role("row")
    expect(impacts.filter(has_text=ARCHIVE)).to_contain_text("values change")
    expect(impacts.filter(has_text=LABELS)).to_have_count(0)
    assert "REORDERED" in page.url


def test_a_new_test_of_values(catalog: Server, page: Page) -> None:
    """A value that a query writes, and the test does not accept, is found in the query."""
    page.goto(link(catalog, LABELS, "status"))
    page.get_by_label("What is done").select_option("test of")
    page.get_by_text("Say which values are accepted.").wait_for()
    values = page.get_by_label("that it is one of")
    values.fill("paid, open")
    values.press("Enter")
    impacts = page.get_by_label("Impacts").get_by_role("row")
    expect(impacts.filter(has_text="IN paid, open")).to_contain_text("breaks")
    page.reload()
    expect(page.get_by_label("that it is one of")).to_have_value("paid, open")
    page.get_by_label("that it is one of").fill("paid, free")
    page.get_by_label("that it is one of").press("Enter")
    page.get_by_text("Nothing downstream is affected.").wait_for()
