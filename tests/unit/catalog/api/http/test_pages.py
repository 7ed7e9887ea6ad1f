"""Every address that is no question and no file opens the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from catalog.api.http import pages
from catalog.api.http.ui import BundleUnusable


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A browser on a server whose bundle has a page, an icon and a script."""
    (tmp_path / "secret").write_text("secret")
    bundle = tmp_path / "bundle"
    (bundle / "assets").mkdir(parents=True)
    (bundle / "index.html").write_text("<page>")
    (bundle / "icon.svg").write_text("<svg>")
    (bundle / "assets" / "app-1a2b.js").write_text("app()")
    monkeypatch.setattr(pages, "bundle", lambda: bundle)
    return serve()


def serve() -> TestClient:
    app = FastAPI()
    app.include_router(pages.pages_router())
    return TestClient(app)


@pytest.mark.parametrize(
    "path", ["/", "/search?q=a", "/datasets/x/columns/y", "/no/such", "/a%00b"]
)
def test_routes_of_the_pages_open_the_page(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.text) == (200, "<page>")
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_files_beside_the_page_are_themselves(browser: TestClient) -> None:
    answer = browser.get("/icon.svg")
    assert (answer.text, answer.headers["content-type"]) == ("<svg>", "image/svg+xml")
    assert answer.headers["cache-control"] == "no-cache"


def test_assets_are_kept_for_ever(browser: TestClient) -> None:
    answer = browser.get("/assets/app-1a2b.js")
    assert answer.text == "app()"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    ["/api/v1/none", "/graphql/none", "/assets/gone.js", "/assets/..%2f..%2fsecret", "/assets/%00"],
)
def test_what_is_no_page_is_not_found(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/..%2fsecret", "/%2e%2e/secret", "/..%5csecret"])
def test_nothing_outside_the_bundle_is_shown(browser: TestClient, path: str) -> None:
    assert "secret" not in browser.get(path).text


@pytest.mark.parametrize("path", ["/", "/assets/app.js"])
def test_without_a_bundle_it_says_what_to_run(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    def missing() -> Path:
        raise BundleUnusable("Build them: uv run poe ui build")

    monkeypatch.setattr(pages, "bundle", missing)
    answer = serve().get(path)
    assert (answer.status_code, answer.text) == (503, "Build them: uv run poe ui build")
