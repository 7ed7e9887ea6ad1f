"""The web application: events in, answers out, pages."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from catalog.api.http.health import health_router
from catalog.api.http.ingestion import Ingestion
from catalog.api.http.metrics import Metrics
from catalog.api.http.pages import pages_router
from catalog.intake import Intake
from catalog.parsing.reader import SqlReader
from catalog.ports import Clock, EventLog, NamesReader
from catalog.projector.stage import Stage

DESCRIPTION = "Send OpenLineage events to `/api/v1/lineage`; ask questions at `/graphql`."

SMALL = 2_000
"""Bytes of an answer that are sent faster than they are compressed."""


def make_server(
    intake: Intake,
    stage: Stage,
    log: EventLog,
    graph: NamesReader,
    clock: Clock,
    sql: SqlReader,
    max_body: int,
) -> ASGIApp:
    """Make the application; whoever runs it also runs the stage."""
    metrics = Metrics()
    app = FastAPI(
        title="Headwater", description=DESCRIPTION, redirect_slashes=False, redoc_url=None
    )
    ingestion = Ingestion(intake, stage, metrics, max_body)
    app.add_middleware(GZipMiddleware, minimum_size=SMALL)
    app.include_router(ingestion.router())
    app.include_router(health_router(log, stage, metrics))
    answers = LazyGraphQL(graph, log, clock, intake, stage, sql)
    app.router.routes.append(Route("/graphql", endpoint=answers, methods=["GET", "POST"]))
    app.include_router(pages_router())
    return ingestion.before(app)


@dataclass(slots=True)
class LazyGraphQL:
    """Loads the GraphQL machinery with the first question.

    Half of the server's start would go into it, and a server that only takes events in never
    needs it.
    """

    graph: NamesReader
    log: EventLog
    clock: Clock
    intake: Intake
    stage: Stage
    sql: SqlReader
    _app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._app is None:
            from catalog.api.graphql.endpoint import make_endpoint  # noqa: PLC0415 see above

            self._app = make_endpoint(
                self.graph, self.log, self.clock, self.intake, self.stage, self.sql
            )
        await self._app(scope, receive, send)
