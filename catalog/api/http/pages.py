"""The pages: a static bundle whose routes all begin in `index.html`."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse

from catalog.api.http.ui import BundleUnusable, bundle

FOREVER = "public, max-age=31536000, immutable"
"""For files whose names hold the hash of what they hold."""

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
        "worker-src 'self' blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'"
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
        file = _inside(bundle() / "assets", path)
    except BundleUnusable as error:
        return PlainTextResponse(str(error), status_code=503)
    if file is None:
        return PlainTextResponse("not found", status_code=404)
    return FileResponse(file, headers={**SECURITY, "Cache-Control": FOREVER})


async def _page(request: Request, path: str) -> Response:
    if path.startswith(_NO_PAGES):
        return PlainTextResponse(f"not found: {request.url.path}", status_code=404)
    try:
        own_file = _inside(bundle(), path) is not None  # its icon, say
    except BundleUnusable:
        own_file = False
    return page(path if own_file else "index.html")


def _inside(folder: Path, path: str) -> Path | None:
    """Find a file in a folder; None if there is none, or the path leads out of it."""
    try:
        file = (folder / path).resolve()
        return file if file.is_relative_to(folder.resolve()) and file.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None
