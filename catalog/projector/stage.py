"""What follows the log, at work inside a process: it tells how far it is, and what troubles it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Protocol

import structlog

from catalog.errors import HeadwaterError

RETRY_SECONDS = 1.0
"""How long to wait when the graph store does not answer; events are accepted meanwhile."""

GATHER_SECONDS = 0.1
"""How long to let records gather: one commit for several costs little more than for one."""

_log = structlog.get_logger(__name__)


class Follower(Protocol):
    """Does something with every record of the log, in its order."""

    async def cursor(self) -> int:
        """Give the position up to which that is done."""
        ...

    def catch_up(self) -> AsyncIterator[int]:
        """Do it for all there is; give each new cursor."""
        ...


class Stage:
    """Lets a follower do its work whenever there is some; what follows `then` is woken by that.

    `gather`: how many seconds it lets records gather first, unless somebody waits for it.
    """

    def __init__(
        self, follower: Follower, then: Stage | None = None, gather: float = GATHER_SECONDS
    ) -> None:
        self._follower = follower
        self._then = then
        self._gather_seconds = gather
        self._wake = asyncio.Event()
        self._awaited = asyncio.Event()
        self._moved = asyncio.Condition()
        self._trouble: str | None = None
        self.cursor = 0

    @property
    def trouble(self) -> str | None:
        """Why the graph is not brought up to date at the moment; None if it is."""
        return self._trouble or (self._then.trouble if self._then else None)

    @property
    def settled(self) -> int:
        """The position up to which everything is done, here and in what follows."""
        return min(self.cursor, self._then.settled) if self._then else self.cursor

    def wake(self) -> None:
        """Say that the log has grown."""
        self._wake.set()

    async def reached(self, position: int, *, alone: bool = False) -> None:
        """Wait until all up to a position is done, here and, if not `alone`, in what follows."""
        self._awaited.set()
        async with self._moved:
            await self._moved.wait_for(lambda: self.cursor >= position)
        if self._then and not alone:
            await self._then.reached(position)

    async def run(self) -> None:
        """Follow the log until cancelled."""
        following = asyncio.create_task(self._then.run()) if self._then else None
        try:
            await self._run()
        finally:
            if following:
                following.cancel()

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            self._awaited.clear()
            try:
                await self._catch_up()
            except HeadwaterError as error:
                self._trouble = str(error)
                _log.warning("following the log is put off", reason=self._trouble)
                await asyncio.sleep(RETRY_SECONDS)
            except Exception as error:  # noqa: BLE001 told by `trouble`, and tried again
                self._trouble = f"{type(error).__name__}: {error}"
                _log.exception("following the log fails; events are accepted all the same")
                await asyncio.sleep(RETRY_SECONDS)
            else:
                self._trouble = None
                await self._wake.wait()
                await self._gather()

    async def _gather(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._awaited.wait(), self._gather_seconds)

    async def _catch_up(self) -> None:
        await self._move(await self._follower.cursor())
        async for cursor in self._follower.catch_up():
            await self._move(cursor)

    async def _move(self, cursor: int) -> None:
        async with self._moved:
            self.cursor = cursor
            self._moved.notify_all()
        if self._then:
            self._then.wake()
