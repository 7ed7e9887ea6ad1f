"""The projector at work inside a process: it follows the log, and tells how far it is."""

from __future__ import annotations

import asyncio

import structlog

from catalog.errors import HeadwaterError
from catalog.ports import EventLog, GraphWriter
from catalog.projector.projector import Projector, Reader, Upcoming

RETRY_SECONDS = 1.0
"""How long to wait when the graph store does not answer; events are accepted meanwhile."""

GATHER_SECONDS = 0.01
"""How long to let events gather: one commit for several costs little more than for one."""

_log = structlog.get_logger(__name__)


class Stage:
    """Projects whatever the log holds, then waits to be woken."""

    def __init__(
        self, log: EventLog, graph: GraphWriter, read: Reader, upcoming: Upcoming | None = None
    ) -> None:
        self._graph = graph
        self._projector = Projector(log, graph, read, upcoming)
        self._wake = asyncio.Event()
        self._moved = asyncio.Condition()
        self.cursor = 0
        self.trouble: str | None = None
        """Why the graph is not brought up to date at the moment; None if it is."""

    def wake(self) -> None:
        """Say that the log has grown."""
        self._wake.set()

    async def reached(self, position: int) -> None:
        """Wait until everything up to a position is projected."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.cursor >= position)

    async def run(self) -> None:
        """Follow the log until cancelled."""
        while True:
            self._wake.clear()
            try:
                await self._catch_up()
            except HeadwaterError as error:
                self.trouble = str(error)
                _log.warning("projecting is put off", reason=self.trouble)
                await asyncio.sleep(RETRY_SECONDS)
            except Exception as error:  # noqa: BLE001 told by `trouble`, and tried again
                self.trouble = f"{type(error).__name__}: {error}"
                _log.exception("projecting fails; events are accepted all the same")
                await asyncio.sleep(RETRY_SECONDS)
            else:
                self.trouble = None
                await self._wake.wait()
                await asyncio.sleep(GATHER_SECONDS)

    async def _catch_up(self) -> None:
        await self._move(await self._graph.cursor())
        async for cursor in self._projector.catch_up():
            await self._move(cursor)

    async def _move(self, cursor: int) -> None:
        async with self._moved:
            self.cursor = cursor
            self._moved.notify_all()
