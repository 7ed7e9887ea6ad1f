"""A Chromium to drive: the one of $CHROMIUM, else the system's, else Debian's package."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.services import apt

NAMES = ("chromium", "chromium-browser", "google-chrome")

# Continuous integration runs as root, which the sandbox refuses; the others keep the browser
# from calling anybody but the page's own server.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str:
    """The path of the browser.

    Raises:
        UnavailableError: There is none; says which command installs it.
    """
    given = os.environ.get("CHROMIUM")
    found = given or next(filter(None, map(shutil.which, NAMES)), None)
    return found or apt.provide("chromium", "chromium")


@contextmanager
def running() -> Generator[Browser]:
    """A headless browser, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
