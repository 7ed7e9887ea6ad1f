"""The pages of the real server in a real browser: they open, complain of nothing, call nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from tests.e2e.events import dataset, facet, run_event, schema
from tests.e2e.server import Server


@dataclass
class Visit:
    """A page, with what the browser said against it and where it called."""

    page: Page
    complaints: list[str] = field(default_factory=list[str])
    calls: list[str] = field(default_factory=list[str])

    def watch(self) -> None:
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(request.url))
        self.page.on("request", self._follow)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text[:300])

    def _follow(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            self.calls.append(request.url)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    page = browser.new_page()
    visit = Visit(page)
    visit.watch()
    yield visit
    page.close()


@pytest.mark.parametrize(
    "path", ["/", "/search?q=amount", "/lineage", "/runs", "/unused", "/no/such/page"]
)
def test_a_page_opens_in_peace(server: Server, visit: Visit, path: str) -> None:
    visit.page.goto(server.url + path)
    visit.page.get_by_role("heading", level=1).wait_for()
    visit.page.wait_for_load_state("networkidle")
    assert visit.complaints == []
    assert [call for call in visit.calls if not call.startswith(server.url)] == []


def test_an_empty_catalog_says_how_to_begin(server: Server, visit: Visit) -> None:
    visit.page.goto(server.url)
    visit.page.get_by_text("headwater demo").wait_for()
    visit.page.get_by_text(f"{server.url}/api/v1/lineage").wait_for()


def test_graphiql_answers_its_first_example(server: Server, visit: Visit) -> None:
    visit.page.goto(f"{server.url}/graphql")
    visit.page.get_by_text("jobsByTier").wait_for()
    visit.page.wait_for_load_state("networkidle")
    visit.page.get_by_label("Execute query").click()
    visit.page.get_by_text('"datasets"').wait_for(timeout=10_000)
    assert visit.complaints == []
    assert [call for call in visit.calls if not call.startswith(server.url)] == []


def test_a_chosen_theme_is_there_at_the_next_visit(server: Server, visit: Visit) -> None:
    visit.page.goto(server.url)
    visit.page.get_by_label("Theme").select_option("dark")
    visit.page.reload()
    surface = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert surface == "rgb(13, 17, 23)"


def test_what_is_found_is_reached_by_keyboard(server: Server, visit: Visit) -> None:
    """From any page into the search, down to what it found, up again, and open."""
    found = dataset("shop.parcels", schema=schema("weight", "width"))
    server.post(run_event(job="pack", run=9, outputs=[found]))
    server.settle()
    page = visit.page
    page.goto(server.url)
    page.get_by_role("heading", level=1).wait_for()
    page.keyboard.press("/")
    page.keyboard.type("wei")
    page.get_by_role("link", name="weight").wait_for()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="weight")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="weight").wait_for()
    assert visit.complaints == []


def test_consumers_are_an_entry_of_the_first_page(server: Server, visit: Visit) -> None:
    """What matters most first, with who answers for it; what is said to be none is not there."""
    for run, (job, sort, criticality) in enumerate(
        (("board", "dashboard", "normal"), ("chat", "agent", "critical"), ("copy", "none", "high"))
    ):
        told = {"headwater.consumer": sort, "headwater.criticality": criticality}
        tags = facet(tags=[{"key": key, "value": value} for key, value in told.items()])
        owner = facet(owners=[{"name": f"team:{job}"}])
        server.post(run_event(job=job, run=run, job_facets={"tags": tags, "ownership": owner}))
    server.settle()
    visit.page.goto(server.url)
    rows = visit.page.get_by_role("table", name="consumers").get_by_role("row")
    expect(rows).to_have_count(3)  # with the head
    expect(rows.nth(1)).to_contain_text("chat")
    expect(rows.nth(1)).to_contain_text("team:chat")
    rows.nth(2).get_by_role("link", name="board").click()
    visit.page.get_by_role("heading", level=1, name="board").wait_for()
