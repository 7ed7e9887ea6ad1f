"""An open catalog behind a listening socket."""

from __future__ import annotations

import asyncio
import gc

import uvicorn

from catalog.api.http.server import make_server
from catalog.app import Catalog
from catalog.errors import Unavailable
from catalog.settings import Settings

_STEP = 0.01

COLLECT_AFTER = 50_000
"""Objects that stay, net, before the collector looks at the young ones."""


class Serving:
    """A server at work."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        app = make_server(
            catalog.intake,
            catalog.stage,
            catalog.log,
            catalog.graph,
            catalog.clock,
            catalog.sql,
            settings.max_body,
        )
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                host=settings.host,
                port=settings.port,
                lifespan="off",
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=5,
            )
        )
        self._address = settings.host, settings.port
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Give the address that was really taken."""
        host, port = self._server.servers[0].sockets[0].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def started(self) -> None:
        """Start, and wait until connections are taken.

        Raises:
            Unavailable: the address is taken.
        """
        _spare_the_collector()
        self._task = asyncio.create_task(self._serve())
        while not (self._server.started or self._task.done()):  # noqa: ASYNC110 uvicorn's flag
            await asyncio.sleep(_STEP)
        if self._task.done():
            await self._task

    async def stopped(self) -> None:
        """Wait until the server was told to stop, and did."""
        if self._task is not None:
            await self._task

    def stop(self) -> None:
        """Tell the server to stop: what was begun is finished."""
        self._server.should_exit = True

    async def _serve(self) -> None:
        host, port = self._address
        try:
            await self._server.serve()
        except SystemExit as error:  # uvicorn's way to say that it cannot bind
            message = f"{host}:{port} cannot be listened on: is another server running there?"
            raise Unavailable(message) from error


def _spare_the_collector() -> None:
    """Take all that was loaded out of the garbage collector's sight, and let it look less often.

    An event is decoded into a thousand objects that reference counting frees; looking through
    the whole heap every few events to find that out took a third of the server's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)
