"""The Chromium that the tests start renders a page."""

from __future__ import annotations

from playwright.sync_api import Browser


def test_renders_a_page(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<h1>Lineage</h1>")
    assert page.get_by_role("heading").inner_text() == "Lineage"
