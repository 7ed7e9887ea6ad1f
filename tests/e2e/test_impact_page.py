"""The page that tells what breaks if something changes, in a real browser."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import Effort
from tests.e2e.events import facet, run_event
from tests.e2e.server import Server, headwater
from tests.e2e.shop import REVENUE, SPACE, post_shop, table
from tests.services.neo4j import Neo4jServer

ORDERS = "shop.analytics.stg_orders"
CHANGES = 50
UNREAD = {
    "template": "{% if strict %} select 1",
    "draft": "select nonsense from shop.analytics.customer_revenue",
}


@pytest.fixture(scope="module")
def catalog(server: Server) -> Server:
    """A shop; behind its revenue SQL that cannot be read, and SQL that never ran as it stands."""
    post_shop(server)
    for run, (job, query) in enumerate(UNREAD.items()):
        server.post(
            run_event(
                job=job,
                run=20 + run,
                inputs=[table(REVENUE)],
                outputs=[table(f"shop.analytics.{job}")],
                job_facets={"sql": facet(query=query, dialect="postgres")},
            )
        )
    server.settle()
    return server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def link(server: Server, *changes: dict[str, str], **more: str) -> str:
    """The address of a question."""
    told = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    return f"{server.url}/impact?change={quote(json.dumps(changes))}{told}"


def change(kind: str, name: str, column: str | None = None, **more: str) -> dict[str, str]:
    """A change as a link holds it."""
    of = {"kind": kind, "namespace": SPACE, "name": name, **more}
    return of if column is None else {**of, "column": column}


def row(page: Page, name: str) -> Locator:
    """The row of a thing."""
    rows = page.get_by_role("row").filter(has=page.locator("button[data-row]"))
    return rows.filter(has=page.get_by_role("link", name=name, exact=True))


def test_from_a_thought_to_what_breaks(catalog: Server, page: Page, browser: Browser) -> None:
    """Find a column, rename it, read the proof, take it along; all by keyboard."""
    page.goto(catalog.url)
    page.get_by_role("link", name="Impact", exact=True).click()
    page.get_by_text("For example:").get_by_role("link").wait_for()
    page.get_by_role("combobox", name="A column or dataset").focus()
    page.keyboard.type("net_amount")
    found = page.get_by_role("listbox", name="Found")
    found.get_by_text(ORDERS).wait_for()
    while ORDERS not in found.get_by_role("option", selected=True).inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    row(page, REVENUE).wait_for()
    page.get_by_label("What is done").select_option("rename")
    page.get_by_text("Say the new name.").wait_for()
    page.get_by_role("textbox", name="to").fill("net")
    page.keyboard.press("Enter")
    page.get_by_text("get stale behind that").wait_for()
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    code = page.get_by_label("SQL of shop.analytics.jaffle.customer_revenue")
    expect(code.locator("mark")).to_have_text("net_amount")
    page.get_by_text("This would mend it:").wait_for()
    page.get_by_role("button", name="Copy as Markdown").click()
    page.get_by_text("Copied").wait_for()
    told = page.evaluate("navigator.clipboard.readText()")
    assert "Headwater" in told
    assert page.url in told
    again = browser.new_page()  # the address is all that is needed
    again.goto(page.url)
    expect(again.get_by_label("SQL of").locator("mark")).to_have_text("net_amount")
    again.close()


def test_what_cannot_be_judged_stands_apart(catalog: Server, page: Page) -> None:
    """And that it is not all is said plainly."""
    page.goto(link(catalog, change("VALUES", REVENUE, "revenue")))
    page.get_by_text("This is not all.").wait_for()
    page.get_by_role("heading", name="Could not be judged (1)").wait_for()
    unknown = page.get_by_label("Could not be judged").get_by_role("row")
    assert unknown.filter(has_text="shop.analytics.draft").count() == 1
    judged = page.get_by_label("Impacts").get_by_role("row")
    assert judged.filter(has_text="unknown").count() == 0


def test_only_some_of_it_is_looked_at(catalog: Server, page: Page) -> None:
    """By verdict and by owner, kept in the address; and all of it again."""
    page.goto(link(catalog, change("REMOVED", ORDERS, "net_amount")))
    only = page.get_by_role("group", name="Show only")
    only.get_by_role("button", name="blocked").click()
    expect(row(page, REVENUE)).to_have_count(0)
    page.get_by_label("Owner", exact=True).select_option("team:science")
    expect(page.get_by_label("Impacts").get_by_role("row")).to_have_count(2)  # with the head
    assert "verdict=BLOCKED" in page.url
    only.get_by_role("button", name="breaks").click()
    page.get_by_text("Nothing matches breaks, team:science").wait_for()
    page.get_by_role("button", name="Clear").click()
    row(page, REVENUE).wait_for()


def test_what_is_misspelled_is_guessed(catalog: Server, page: Page) -> None:
    """A link that is old, or was written by hand."""
    page.goto(link(catalog, change("REMOVED", ORDERS, "net_amonut")))
    page.get_by_role("alert").get_by_text("has no column “net_amonut”").wait_for()
    page.get_by_role("button", name="net_amount").click()
    row(page, REVENUE).wait_for()
    page.goto(link(catalog, change("REMOVED", "stg_orders")))
    page.get_by_role("button", name=ORDERS).click()
    row(page, REVENUE).wait_for()


def test_nothing_affected_says_how_far_that_is_known(catalog: Server, page: Page) -> None:
    """An added column, which nobody reads."""
    page.goto(link(catalog, change("ADDED", ORDERS, "brand_new", to="int")))
    page.get_by_text("Nothing downstream is affected.").wait_for()
    page.get_by_text("by their SQL").wait_for()


def test_a_new_query_begins_with_the_old_one(catalog: Server, page: Page) -> None:
    """A filter changes rows; several changes are judged as one."""
    customers = "shop.analytics.stg_customers"
    page.goto(link(catalog, change("LOGIC", customers), change("REMOVED", ORDERS, "net_amount")))
    field = page.get_by_label("The new SQL")
    old = field.input_value()
    assert "raw_customers" in old
    field.fill(f"{old.rstrip(';')} where country = 'CH'")
    page.get_by_role("button", name="Judge").click()
    expect(row(page, REVENUE)).to_contain_text("breaks")
    page.get_by_label("Remove this change").nth(1).click()
    expect(row(page, REVENUE)).to_contain_text("rows change")


def test_a_way_leads_through_its_things(catalog: Server, page: Page) -> None:
    """Each step of it is a link, the changed thing too."""
    page.goto(link(catalog, change("REMOVED", ORDERS, "net_amount")))
    row(page, "lake.forecast").get_by_role("button", name="blocked").click()
    steps = page.get_by_role("navigation", name="The way to it").get_by_role("link")
    expect(steps).to_have_text([f"{ORDERS}.net_amount", REVENUE, "lake.forecast"])
    steps.nth(1).click()
    page.get_by_role("heading", level=1, name=REVENUE).wait_for()


def test_more_than_is_shown_at_once(catalog: Server, page: Page) -> None:
    """The rest comes as one scrolls; where one looks stays where it is."""
    wide = "shop.analytics.wide"
    readers = [
        run_event(job=f"reader{place:03}", run=100 + place, inputs=[table(wide)])
        for place in range(230)
    ]
    catalog.post(readers)
    catalog.settle()
    page.goto(link(catalog, change("REMOVED", wide)))
    page.get_by_text("200 of 230 are here").wait_for()
    rows = page.locator("button[data-row]")
    assert rows.count() < 100
    frame = page.get_by_role("region", name="Impacts, scrolling")
    middle = row(page, "reader150")
    while middle.count() == 0:
        frame.evaluate("frame => frame.scrollBy(0, 400)")
    middle.get_by_role("button").click()
    expect(middle.get_by_role("button")).to_have_attribute("aria-expanded", "true")
    expect(middle).to_be_in_viewport()
    address = page.url
    frame.evaluate("frame => frame.scrollTo(0, frame.scrollHeight)")
    page.get_by_text("are here").wait_for(state="hidden")
    frame.evaluate("frame => frame.scrollTo(0, frame.scrollHeight)")
    row(page, "reader229").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    with Path(download.value.path()).open(newline="", encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == 230
    page.goto(catalog.url)
    page.goto(address)
    expect(middle).to_be_in_viewport()


def test_pages_say_what_became_of_sql(catalog: Server, page: Page) -> None:
    """The first page, and the page of the job."""
    page.goto(catalog.url)
    page.get_by_text("1 not at all").wait_for()
    page.get_by_text("What could not be read").click()
    page.get_by_role("link", name="template", exact=True).last.click()
    page.get_by_text("It could not be read, or not whole.").wait_for()
    expect(page.get_by_label("SQL, postgres").locator("mark")).to_have_text("{%")


@pytest.fixture
def on_neo4j(tmp_path: Path, neo4j_server: Neo4jServer) -> Iterator[Server]:
    """A shop in a catalog on Neo4j, in which nothing else is left."""
    address = neo4j_server.address
    store = address.uri.replace("://", f"://{address.user}:{address.password}@")
    assert headwater("rebuild", "--data", str(tmp_path), "--store", store).returncode == 0
    server = Server(tmp_path, store).start()
    try:
        post_shop(server)
        yield server
    finally:
        server.stop()


@pytest.mark.neo4j
def test_page_sheet_and_command_say_the_same(on_neo4j: Server, page: Page, effort: Effort) -> None:
    """Of any change. The command takes seconds to start: only the long run asks it each time."""
    asked = some_changes(on_neo4j)
    with ThreadPoolExecutor(2) as pool:
        commands = [pool.submit(by_command, on_neo4j, one) for one in asked[: effort.shuffles // 4]]
        shown = [on_page(page, on_neo4j, one) for one in asked]
        told = [one.result() for one in commands]
    assert sum(bool(rows) for rows, _ in shown) > CHANGES / 4
    for one, (rows, sheet) in zip(asked, shown, strict=True):
        unknown_last = sorted(sheet, key=lambda row: row[0] == "unknown")
        assert rows == unknown_last, one
    for one, (_, sheet), report in zip(asked, shown, told, strict=False):
        assert sheet == report, one


def some_changes(server: Server) -> list[dict[str, str]]:
    """Columns that are dropped, renamed and retyped, always the same."""
    question = """{ things(first: 500) { edges { node { ... on Dataset {
      namespace name columns { name type } } } } } }"""
    datasets = [edge["node"] for edge in server.ask(question)["things"]["edges"] if edge["node"]]
    every: list[dict[str, str]] = []
    for of in datasets:
        for column in of["columns"]:
            one = {"namespace": of["namespace"], "name": of["name"], "column": column["name"]}
            every.append({"kind": "REMOVED", **one})
            every.append({"kind": "RENAMED", **one, "to": f"{column['name']}_renamed"})
            if column["type"]:
                every.append({"kind": "RETYPED", **one, "to": "date"})
    return random.Random(1).sample(every, CHANGES)


Told = tuple[str, ...]
"""Verdict, certainty, kind, name, columns, reason, owners, criticality."""


def on_page(page: Page, server: Server, one: dict[str, str]) -> tuple[list[Told], list[Told]]:
    """What the page shows in its rows, and what its sheet says."""
    page.goto(link(server, one))
    page.get_by_role("status").filter(has_text="affected").wait_for()
    read = """() => [...document.querySelectorAll('tr:has([data-row])')].map(row => {
      const cells = [...row.cells].map(cell => cell.innerText.split('\\n').filter(Boolean))
      const verdict = cells[0][0].replace(/^[^a-z]+/, '')
      return [verdict, cells[0][1] ?? '', cells[1].at(-1), cells[1][0],
              ...cells.slice(2, 6).map(lines => lines.join(' '))]
    })"""
    rows = [tuple(cells) for cells in page.evaluate(read)]
    if not rows:
        return [], []
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    with Path(download.value.path()).open(newline="", encoding="utf-8-sig") as file:
        return rows, [as_shown(line) for line in csv.DictReader(file)]


def by_command(server: Server, one: dict[str, str]) -> list[Told]:
    """What `headwater impact` says."""
    command = ["impact", one["kind"].lower(), one["name"], one["column"], "--format", "json"]
    command += ["--namespace", one["namespace"], "--data", str(server.data)]
    command += ["--store", server.store, *(["--to", one["to"]] if "to" in one else [])]
    done = headwater(*command)
    assert done.returncode == 0, done.stderr
    return [as_shown(impact) for impact in json.loads(done.stdout)["impacts"]]


def as_shown(impact: Mapping[str, Any]) -> Told:
    """An impact in the words of the page."""
    return (
        impact["verdict"].lower().replace("_", " "),
        (impact["certainty"] or "").lower().replace("_", " "),
        impact["kind"],
        impact["name"],
        joined(impact["columns"]),
        impact["reason"],
        joined(impact["owners"]),
        impact["criticality"],
    )


def joined(told: str | Sequence[str]) -> str:
    """A list as it reads."""
    return told if isinstance(told, str) else ", ".join(told)
