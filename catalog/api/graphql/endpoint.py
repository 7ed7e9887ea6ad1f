"""`/graphql`: questions by POST and GET, and GraphiQL for a browser that asks for a page."""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.fastapi import GraphQLRouter

from catalog.api.graphql.context import Context
from catalog.api.graphql.schema import make_schema
from catalog.api.http.pages import page
from catalog.ports import Clock, EventLog, GraphReader


def make_endpoint(graph: GraphReader, log: EventLog, clock: Clock) -> ASGIApp:
    """Make the application that answers at `/graphql`."""

    async def context() -> Context:
        return Context(graph, log, clock)

    app = FastAPI(redirect_slashes=False, openapi_url=None)
    router = GraphQLRouter[Context, None](
        make_schema(), path="/graphql", graphql_ide=None, context_getter=context
    )
    app.include_router(router)

    async def endpoint(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        asks_for_page = "text/html" in request.headers.get("accept", "")
        if request.method == "GET" and asks_for_page and "query" not in request.query_params:
            await page("graphiql.html")(scope, receive, send)
        else:
            await app(scope, receive, send)

    return endpoint
