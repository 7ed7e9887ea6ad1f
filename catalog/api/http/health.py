"""Is the server alive, is it ready, how is it doing."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from catalog.api.http.metrics import Metrics
from catalog.ports import EventLog
from catalog.projector.stage import Stage


def health_router(log: EventLog, stage: Stage, metrics: Metrics) -> APIRouter:
    """Give the routes that watchers ask."""
    router = APIRouter()

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        """Answer as long as the process runs."""
        return {"status": "live"}

    @router.get("/health/ready")
    async def ready() -> JSONResponse:
        """Tell whether events are accepted, and how far the graph is behind the log."""
        body = {
            "status": "degraded" if stage.trouble else "ready",
            "log": await log.head(),
            "graph": stage.cursor,
            "sql": stage.settled,
            "trouble": stage.trouble,
        }
        return JSONResponse(body)

    @router.get("/metrics")
    async def figures() -> Response:
        """Give counters for Prometheus."""
        text = metrics.text(await log.head(), stage.cursor)
        return Response(text, media_type="text/plain; version=0.0.4")

    return router
