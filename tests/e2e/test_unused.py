"""What could be dropped: nobody reads it, or only what does not count."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from catalog.clock import SystemClock
from tests.e2e.events import NAMESPACE, dataset, facet, run_event, schema
from tests.e2e.server import Server, headwater

NOW = SystemClock().now()
TAGS = facet(tags=[{"key": "headwater.consumer", "value": "dashboard"}])

UNUSED = """query ($days: Int!, $first: Int!, $after: String, $of: ThingInput) {
  unused(days: $days, first: $first, after: $after, of: $of) {
    pageInfo { hasNextPage endCursor }
    edges { node { dataset { name } column { name } read doubts by { name } } }
  }
}"""


def ran(job: str, days: int, run: int, sql: str | None = None, **more: Any) -> dict[str, Any]:
    """A run that ended some days ago."""
    facets = {"sql": facet(query=sql, dialect="postgres")} if sql else {}
    time = (NOW - timedelta(days=days)).isoformat()
    return run_event(
        job=job, run=run, time=time, job_facets=facets | more.pop("facets", {}), **more
    )


ORDERS = ("id", "amount", "status", "coupon", "legacy", "checked")
EVENTS = (
    ran("load", 200, 1, outputs=[dataset("d.s.orders", schema=schema(*ORDERS))]),
    ran(
        "report",
        3,
        2,
        "INSERT INTO s.totals SELECT id, sum(amount) AS total FROM s.orders "
        "WHERE status = 'paid' GROUP BY id",
        inputs=["d.s.orders"],
        outputs=[dataset("d.s.totals", schema=schema("id", "total"))],
    ),
    ran("old", 120, 3, "SELECT legacy FROM s.orders", inputs=["d.s.orders"]),
    ran(
        "not_null_checked",
        1,
        4,
        "SELECT 1 FROM s.orders WHERE checked IS NULL",
        inputs=["d.s.orders"],
        facets={"jobType": facet(processingType="BATCH", integration="DBT", jobType="TEST")},
    ),
    ran("stray", 1, 5, outputs=[dataset("d.s.stray", schema=schema("x"))]),
    ran("board", 2, 6, outputs=[dataset("d.s.board", schema=schema("x"), tags=TAGS)]),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("data")).start()
    try:
        for event in EVENTS:
            assert server.post(event).status_code == 201
        server.settle()
        yield server
    finally:
        server.stop()


def found(server: Server, days: int) -> list[tuple[str, str | None, str | None, list[str]]]:
    """All that is unused, page by page."""
    rows: list[tuple[str, str | None, str | None, list[str]]] = []
    after: str | None = None
    while True:
        page = server.ask(UNUSED, days=days, first=1, after=after)["unused"]
        for edge in page["edges"]:
            node = edge["node"]
            column, by = node["column"], node["by"]
            name = node["dataset"]["name"]
            rows.append((name, column and column["name"], by and by["name"], node["doubts"]))
        if not page["pageInfo"]["hasNextPage"]:
            return rows
        after = page["pageInfo"]["endCursor"]


def test_what_nobody_reads_is_told_with_what_speaks_against(told: Server) -> None:
    """Filters, groups and values count as reading; tests and old runs do not."""
    assert found(told, 90) == [
        ("d.s.orders", "checked", None, ["TESTED"]),
        ("d.s.orders", "coupon", None, []),
        ("d.s.orders", "legacy", "old", []),
        ("d.s.stray", None, None, ["NEW"]),
        ("d.s.totals", None, None, ["NEW"]),
    ]


def test_a_longer_look_back_finds_the_last_reader(told: Server) -> None:
    assert ("d.s.orders", "legacy", "old", []) not in found(told, 150)


def test_one_dataset_is_asked_for(told: Server) -> None:
    of = {"dataset": {"namespace": NAMESPACE, "name": "d.s.stray"}}
    [edge] = told.ask(UNUSED, days=90, first=5, of=of)["unused"]["edges"]
    assert edge["node"]["column"] is None


def test_the_command_says_the_same(told: Server) -> None:
    answer = headwater("unused", "--data", str(told.data), "--format", "json")
    rows = [
        (one["name"], one["column"], one["by"], one["doubts"]) for one in json.loads(answer.stdout)
    ]
    assert rows == found(told, 90)
    table = headwater("unused", "d.s.orders", "--data", str(told.data))
    assert b"coupon" in table.stdout
    assert b"never" in table.stdout


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 10**9}, {"after": "x"}, {"first": 0}])
def test_what_cannot_be_asked_is_refused(told: Server, wrong: dict[str, Any]) -> None:
    answer = told.ask_for_all(UNUSED, **{"days": 90, "first": 5} | wrong)
    assert answer["errors"][0]["extensions"]["code"] == "invalid"


def test_the_page_says_what_could_be_dropped_and_what_speaks_against_it(
    told: Server, browser: Browser
) -> None:
    """Of all datasets, or of one; the address keeps for how many days."""
    page = browser.new_page()
    page.goto(told.url)
    page.get_by_role("link", name="Unused").click()
    rows = page.get_by_role("table", name="unused things").get_by_role("row")
    checked = rows.filter(has=page.get_by_role("link", name="checked", exact=True))
    expect(checked).to_contain_text("a test checks it")
    legacy = rows.filter(has=page.get_by_role("link", name="legacy", exact=True))
    expect(legacy).to_contain_text("by old")
    page.get_by_label("Days").select_option("180 days")
    expect(legacy).to_have_count(0)
    assert "days=180" in page.url
    checked.get_by_role("link", name="d.s.orders").click()
    page.get_by_role("link", name="What nobody reads of it").click()
    expect(rows.filter(has_text="d.s.stray")).to_have_count(0)
    legacy.get_by_role("link", name="what breaks?").click()
    page.get_by_role("heading", name="What breaks if …?").wait_for()
    page.close()


def test_a_name_that_is_not_whole_is_answered_with_those_that_are(told: Server) -> None:
    done = headwater("unused", "s.orders", "--data", str(told.data))
    assert done.returncode != 0
    assert "did you mean d.s.orders?" in " ".join(done.stderr.decode().split())
