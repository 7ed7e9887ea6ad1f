"""The pages: a static bundle whose routes all begin in `index.html`."""

from __future__ import annotations

import contextlib
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse

from catalog.api.http.ui import BundleUnusable, bundle

FOREVER = "public, max-age=31536000, immutable"
"""For files whose names hold the hash of what they hold."""

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
        "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}

_NO_PAGES = ("api/", "graphql", "health/", "metrics", "assets/")


def pages_router() -> APIRouter:
    """Give the routes of the pages; they come last, since they take every path that is left."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/assets/{path:path}", _asset, methods=["GET", "HEAD"])
    router.add_api_route("/{path:path}", _page, methods=["GET", "HEAD"])
    return router


def page(name: str) -> Response:
    """Give a page of the bundle, or say why there is none."""
    try:
        file = bundle() / name
    except BundleUnusable as error:
        return PlainTextResponse(str(error), status_code=503)
    return FileResponse(file, headers={**SECURITY, "Cache-Control": "no-cache"})


async def _asset(path: str) -> Response:
    try:
        folder = (bundle() / "assets").resolve()
    except BundleUnusable as error:
        return PlainTextResponse(str(error), status_code=503)
    file = (folder / path).resolve()
    if not _is_file(file, folder):
        return PlainTextResponse("not found", status_code=404)
    return FileResponse(file, headers={**SECURITY, "Cache-Control": FOREVER})


async def _page(request: Request, path: str) -> Response:
    if path.startswith(_NO_PAGES):
        return PlainTextResponse(f"not found: {request.url.path}", status_code=404)
    return page(path if _at_the_top(path) else "index.html")


def _at_the_top(path: str) -> bool:
    """Whether the bundle holds a file of this name beside `index.html` (its icon, say)."""
    with contextlib.suppress(BundleUnusable, OSError, ValueError):  # a name that no file can have
        return Path(path).name == path and (bundle() / path).is_file()
    return False


def _is_file(file: Path, folder: Path) -> bool:
    try:
        return file.is_relative_to(folder) and file.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
