"""A person walks from a search to the consumer that a column ends in, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from ingest.demo.tour import TOUR
from ingest.names import ColumnName, DatasetName, JobName, encode_id
from tests.e2e.server import Server

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
POLICY = TOUR[0]
DATASET = DatasetName(POLICY.namespace, POLICY.name)
COLUMN = ColumnName(DATASET, (POLICY.column,))
CHATBOT = JobName("burr://assistant.meridian-air.example", "passenger-assistant")
PASSAGES = DatasetName(
    "postgres://vector-db.meridian-air.example:5432", "assistant.public.policy_passages"
)
DROPPED = {
    "kind": "REMOVED",
    "namespace": POLICY.namespace,
    "name": POLICY.name,
    "column": POLICY.column,
}
PAGES = {
    "home": "/",
    "search": "/search?q=amount",
    "dataset": f"/datasets/{encode_id(DATASET)}",
    "column": f"/datasets/{encode_id(DATASET)}/columns/{encode_id(COLUMN)}",
    "job": f"/jobs/{encode_id(CHATBOT)}",
    "lineage": f"/lineage?focus={encode_id(COLUMN)}",
    "impact": "/impact",
    "what breaks": f"/impact?change={quote(json.dumps(DROPPED))}&open={encode_id(PASSAGES)}",
    "no such column": f"/impact?change={quote(json.dumps({**DROPPED, 'column': 'fee'}))}",
    "unknown": "/datasets/nonsense",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo, running."""
    server = Server(tmp_path_factory.mktemp("demo"), command="demo")
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in each theme."""
    page = browser.new_page(color_scheme=request.param, viewport={"width": 1440, "height": 900})
    yield page
    page.close()


def test_from_a_search_to_the_chatbot(demo: Server, browser: Browser) -> None:
    """Search → column → picture → the agent that answers with the column; nothing complains."""
    page = browser.new_page()
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(demo.url)
    page.get_by_role("heading", level=1).wait_for()
    page.keyboard.press("/")
    page.keyboard.type("excess_fee")
    page.get_by_role("link", name="excess_fee", exact=True).first.wait_for()  # while one types
    page.keyboard.press("Enter")
    page.get_by_role("link", name="excess_fee", exact=True).first.click()
    page.get_by_role("heading", name="excess_fee", level=1).wait_for()
    page.get_by_label("Consumers").get_by_text("agent", exact=True).wait_for()
    page.get_by_role("button", name="Show the evidence").click()
    evidence = page.get_by_label("Evidence", exact=True)
    evidence.get_by_role("link", name="policy_documents").first.wait_for()
    page.get_by_role("link", name="Lineage of this column").click()
    picture = page.get_by_label("Lineage picture")
    picture.get_by_role("link", name="passenger-assistant", exact=True).wait_for()
    picture.get_by_label("Show the paths through excess_fee").click()
    assert page.get_by_role("button", name="Show all paths").is_enabled()
    page.get_by_role("button", name="Smaller").click()
    page.reload()  # how one looks at the picture is in its address
    picture.get_by_role("link", name="passenger-assistant", exact=True).wait_for()
    assert page.get_by_role("button", name="Show all paths").is_enabled()
    assert page.url.endswith("zoom=85")
    picture.get_by_role("link", name="passenger-assistant", exact=True).click()
    page.get_by_role("heading", name="passenger-assistant", level=1).wait_for()
    page.close()
    assert complaints == []


def test_what_is_not_there_is_said_in_words(demo: Server, browser: Browser) -> None:
    """The server's refusal stands on the page, asked for once."""
    page = browser.new_page()
    questions: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/graphql"):
            questions.append(request.url)

    page.on("request", note)
    gone = DatasetName("postgres://nowhere.example", "gone")
    page.goto(f"{demo.url}/datasets/{encode_id(gone)}")
    page.get_by_role("alert").get_by_text("no dataset 'gone'").wait_for()
    page.close()
    assert len(questions) == 1


def test_the_picture_shows_what_the_list_and_the_server_tell(
    demo: Server, browser: Browser
) -> None:
    """One answer feeds both."""
    page = browser.new_page()
    page.goto(f"{demo.url}/lineage?focus={encode_id(COLUMN)}&up=0")
    listed = page.get_by_label("uses", exact=True).get_by_role("row")
    listed.nth(1).wait_for()
    question = """query ($id: ID!) {
      lineage(roots: [{id: $id}]) { totals { reached datasets jobs } }
    }"""
    totals = demo.ask(question, id=encode_id(COLUMN))["lineage"]["totals"]
    assert listed.count() - 1 == totals["reached"]
    cards = page.get_by_label("Lineage picture").locator("[title]:has(a)")
    cards.first.wait_for()
    heads = page.get_by_label("Lineage picture").get_by_text("dataset", exact=True).count()
    jobs = page.get_by_label("Lineage picture").get_by_text("job", exact=True).count()
    page.close()
    assert (heads, jobs) == (totals["datasets"] + 1, totals["jobs"])


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible(demo: Server, page: Page, name: str) -> None:
    """No violation of WCAG 2.2 A and AA that axe knows, in either theme."""
    page.goto(demo.url + PAGES[name])
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())  # past the policy that forbids the page itself other scripts
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}})", rules
    )
    violations = [
        (one["id"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found["violations"]
    ]
    assert violations == []
