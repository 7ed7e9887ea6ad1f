"""`/graphql`: questions by POST and GET, and GraphiQL for a browser that asks for a page."""

from __future__ import annotations

import json
from typing import cast

from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.fastapi import GraphQLRouter

from catalog.api.graphql.context import Context
from catalog.api.graphql.schema import make_schema
from catalog.api.http.pages import page
from catalog.intake import Intake
from catalog.parsing.reader import SqlReader
from catalog.ports import Clock, EventLog, NamesReader
from catalog.projector.stage import Stage
from catalog.whatif.judging import judged_apart
from catalog.whatif.reports import Reports


class Router(GraphQLRouter[Context, None]):
    """Refuses bodies that are JSON and no question, over which the library would fail."""

    def decode_json(self, data: str | bytes) -> object:
        """Decode a body; whatever is wrong with it is told as a decoding error, a 400."""
        try:
            value: object = json.loads(data)
        except (RecursionError, UnicodeDecodeError) as error:
            raise json.JSONDecodeError(str(error), "", 0) from error
        if not isinstance(value, dict | list):
            raise json.JSONDecodeError("neither an object nor an array", "", 0)
        return cast("object", value)


def make_endpoint(
    graph: NamesReader,
    log: EventLog,
    clock: Clock,
    intake: Intake,
    stage: Stage,
    sql: SqlReader,
) -> ASGIApp:
    """Make the application that answers at `/graphql`."""
    reports = Reports(judged_apart)

    async def context() -> Context:
        return Context(graph, log, clock, intake, stage, sql, reports)

    app = FastAPI(redirect_slashes=False, openapi_url=None)
    router = Router(make_schema(), path="/graphql", graphql_ide=None, context_getter=context)
    app.include_router(router)

    async def endpoint(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        asks_for_page = "text/html" in request.headers.get("accept", "")
        if request.method == "GET" and asks_for_page and "query" not in request.query_params:
            await page("graphiql.html")(scope, receive, send)
        else:
            await app(scope, receive, send)

    return endpoint
