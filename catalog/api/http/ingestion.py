"""`POST …/lineage`: OpenLineage events come in.

Serves every official client unchanged: any path prefix (Java and Python build URLs differently),
with and without a trailing slash, gzip, one event or an array. Never a redirect (301 and 302 turn
a POST into a GET, which counts as success) and never 204 (the Java client fails on it).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from catalog.api.http.body import BadEncoding, TooLarge, read_body
from catalog.api.http.metrics import Metrics
from catalog.errors import HeadwaterError
from catalog.intake import Accepted, Intake, Refused
from catalog.projector.stage import Stage
from ingest.openlineage import Unreadable

WAIT_SECONDS = 30.0
"""How long `?wait=true` waits for the projection."""

RETRY_AFTER = {"Retry-After": "5"}

_PATH = re.compile(r"/(.*/)?lineage(/batch)?/?", re.DOTALL)

_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": ["object", "array"]}}},
    }
}


_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    400: {"description": "This is not JSON, or not encoded as it says."},
    413: {"description": "The body is too large."},
    503: {"description": "Not now: send it again after `Retry-After` seconds."},
}
_REFUSED: Final[dict[int | str, dict[str, Any]]] = {
    422: {"description": "This can never be stored: what is wrong, and where."}
}


class _Refusal(Exception):
    """An answer that ends the request."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Ingestion:
    """The endpoints that take events in. `max_body`: in bytes, after inflating."""

    intake: Intake
    stage: Stage
    metrics: Metrics
    max_body: int

    def router(self) -> APIRouter:
        """Give the routes, as the API's description shows them."""
        router = APIRouter()
        for path, endpoint, status, more in (
            ("/api/v1/lineage", self.lineage, 201, _REFUSED),
            ("/api/v1/lineage/batch", self.batch, 200, {}),
        ):
            router.add_api_route(
                path,
                endpoint,
                methods=["POST"],
                status_code=status,
                responses=_ANSWERS | more,
                openapi_extra=_BODY,
            )
        return router

    def before(self, app: ASGIApp) -> ASGIApp:
        """Answer events, under any prefix, before the application sees them.

        A fifth of the server's time went into the layers that a request passes there.
        """

        async def door(scope: Scope, receive: Receive, send: Send) -> None:
            found = _PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
            if found is None or scope["method"] != "POST":
                await app(scope, receive, send)
                return
            request = Request(scope, receive)
            response = await (self.batch if found[2] else self.lineage)(request)
            await response(scope, receive, send)

        return door

    async def lineage(self, request: Request) -> Response:
        """Store one event, or each event of an array."""
        try:
            results = await self._accept(request)
        except (_Refusal, HeadwaterError) as error:
            return _refused(error)
        match results:
            case [Refused(code, path, message)]:
                return _error(422, code, f"{message} ({path})")
            case [Accepted() as accepted]:
                return JSONResponse(_accepted(accepted), status_code=201)
            case _:
                stored = any(isinstance(result, Accepted) for result in results)
                status = 201 if stored or not results else 422
                return JSONResponse(_batch(results), status_code=status)

    async def batch(self, request: Request) -> Response:
        """Store each event of an array; what cannot be stored is listed (OpenLineage's batch)."""
        try:
            results = await self._accept(request)
        except (_Refusal, HeadwaterError) as error:
            return _refused(error)
        return JSONResponse(_batch(results))

    async def _accept(self, request: Request) -> Sequence[Accepted | Refused]:
        try:
            results = await self.intake.accept(await self._body(request))
        except Unreadable as error:
            self.metrics.count([Refused(error.code, error.path, error.message)])
            raise _Refusal(400, error.code, str(error)) from error
        self.metrics.count(results)
        self.stage.wake()
        if request.query_params.get("wait") in {"true", "1"}:
            await _projected(self.stage, results)
        return results

    async def _body(self, request: Request) -> bytes:
        encoding = request.headers.get("content-encoding", "")
        try:
            return await read_body(request.stream(), encoding, self.max_body)
        except TooLarge as error:
            message = f"the body is larger than {self.max_body} bytes"
            raise _Refusal(413, "too_large", message) from error
        except BadEncoding as error:
            raise _Refusal(400, "bad_encoding", str(error)) from error


async def _projected(stage: Stage, results: Sequence[Accepted | Refused]) -> None:
    last = max((one.position for one in results if isinstance(one, Accepted)), default=0)
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            await stage.reached(last)
    except TimeoutError:
        message = "stored, but not projected yet"
        raise _Refusal(503, "not_projected", message) from None


def _accepted(result: Accepted) -> dict[str, object]:
    warnings = [
        {"code": one.code, "path": one.path, "message": one.message} for one in result.notices
    ]
    return {"id": result.id, "warnings": warnings}


def _batch(results: Sequence[Accepted | Refused]) -> dict[str, object]:
    failed = [
        {"index": place, "reason": f"{one.message} ({one.path})", "retriable": False}
        for place, one in enumerate(results)
        if isinstance(one, Refused)
    ]
    return {
        "status": "partial_success" if failed else "success",
        "summary": {
            "received": len(results),
            "successful": len(results) - len(failed),
            "failed": len(failed),
            "retriable": 0,
            "non_retriable": len(failed),
        },
        "failed_events": failed,
        "events": [_accepted(one) for one in results if isinstance(one, Accepted)],
    }


def _refused(error: _Refusal | HeadwaterError) -> JSONResponse:
    if isinstance(error, _Refusal):
        headers = RETRY_AFTER if error.status == 503 else None  # noqa: PLR2004 an HTTP status
        return _error(error.status, error.code, str(error), headers)
    return _error(503, error.code, str(error), RETRY_AFTER)


def _error(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    return JSONResponse({"code": code, "message": message}, status_code=status, headers=headers)
