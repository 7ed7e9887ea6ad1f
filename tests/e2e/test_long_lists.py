"""Lists that are longer than a page, and tables that are wider than a window, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.events import column_lineage, dataset, facet, run_event, schema
from tests.e2e.server import Server

COLUMNS = 5_000
CONSUMERS = 3_000
SECONDS = 30
DOM = 2_500
"""The most elements that a page may have, however long its lists are."""


@pytest.fixture(scope="module")
def catalog(server: Server) -> Server:
    """A table of many columns, and one whose column goes into many dashboards."""
    columns = [f"column_{place:04}" for place in range(COLUMNS)]
    server.post(run_event(job="wide", outputs=[dataset("shop.wide", schema=schema(*columns))]))
    events = [_board(place) for place in range(CONSUMERS)]
    for first in range(0, CONSUMERS, 500):
        server.post(events[first : first + 500])
    server.settle()
    return server


def _board(place: int) -> dict[str, Any]:
    """A job that makes a dashboard's data of the column."""
    mark = facet(tags=[{"key": "headwater.consumer", "value": "dashboard"}])
    made = column_lineage({"amount": [("shop.hub", "amount")]})
    board = dataset(f"board_{place:04}", columnLineage=made, tags=mark)
    return run_event(job=f"load_{place:04}", run=10 + place, inputs=["shop.hub"], outputs=[board])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def find(page: Page, catalog: Server, text: str, name: str) -> None:
    """Open what a search finds."""
    page.goto(f"{catalog.url}/search?q={text}")
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def to_the_end(frame: Locator, page: Page, last: str) -> None:
    """Scroll a list to its end, which moves away as long as pages come."""
    end = frame.get_by_role("link", name=last, exact=True)
    for _ in range(SECONDS * 10):
        frame.evaluate("frame => frame.scrollTo(0, frame.scrollHeight)")
        if end.count():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{last} does not come")


def elements(page: Page) -> int:
    """How many elements the page has."""
    return page.evaluate("document.querySelectorAll('*').length")


def test_a_dataset_of_many_columns(catalog: Server, page: Page) -> None:
    """All can be reached, and one is found by its name, which the address keeps."""
    find(page, catalog, "shop.wide", "shop.wide")
    page.get_by_role("heading", name="Columns (5,000)").wait_for()
    frame = page.get_by_role("region", name="Columns, scrolling")
    assert elements(page) < DOM
    to_the_end(frame, page, "column_4999")
    assert elements(page) < DOM
    page.get_by_label("Find a column of this dataset").fill("MN_123")
    expect(page.get_by_role("table", name="Columns").get_by_role("row")).to_have_count(11)
    page.get_by_text("10 found").wait_for()
    assert "column=MN_123" in page.url
    page.reload()
    page.get_by_role("link", name="column_1239", exact=True).click()
    page.get_by_role("heading", level=1, name="column_1239").wait_for()


def test_a_column_with_many_consumers(catalog: Server, page: Page) -> None:
    """How many there are is said, and all of them can be reached."""
    find(page, catalog, "shop.hub", "shop.hub")
    page.get_by_role("table", name="Columns").get_by_role("link", name="amount").click()
    page.get_by_text("3,000 consumers downstream").wait_for()
    page.get_by_text("3,000 uses").wait_for()
    assert elements(page) < DOM
    for list_ in ("consumers downstream", "uses"):
        frame = page.get_by_role("region", name=f"{list_}, scrolling")
        to_the_end(frame, page, "board_2999")
    assert elements(page) < DOM


def test_a_picture_of_many_says_how_many_there_are(catalog: Server, page: Page) -> None:
    """It shows the nearest, and the list below the rest."""
    find(page, catalog, "shop.hub", "shop.hub")
    page.get_by_role("link", name="Lineage of this dataset").click()
    page.get_by_text("Showing 150 of 3,001 datasets and jobs").wait_for()
    page.get_by_text("3,000 uses").wait_for()


def test_a_narrow_window_has_no_columns_to_scroll_to(catalog: Server, browser: Browser) -> None:
    """Each row says below each other what it has, and what that is."""
    page = browser.new_page(viewport={"width": 400, "height": 800})
    find(page, catalog, "board_0001", "board_0001")
    page.get_by_role("table", name="runs").get_by_text("load_0001").wait_for()
    wider = "() => [...document.querySelectorAll('*')].filter(it => it.scrollWidth > 400).length"
    assert page.evaluate(wider) == 0
    page.close()
