"""What reads SQL for the stage: processes that are ended when they take too long."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Protocol, TypeVar

import anyio
from anyio import BrokenWorkerProcess, CapacityLimiter, to_process

from ingest.sql.errors import Code, Problem, Span
from ingest.sql.readout import Naming, Readout, Request, Text

A = TypeVar("A")
T = TypeVar("T")

SECONDS = 20.0
"""How long one text may take, once a process has it. What takes longer is never remembered."""


class SqlReader(Protocol):
    """Reads SQL: a pure function of what it is given, unless a fault is told."""

    async def naming(self, text: Text) -> Naming:
        """Tell which tables a text names."""
        ...

    async def read_out(self, request: Request) -> Readout:
        """Bind a text and tell what it says."""
        ...


class ProcessReader:
    """Reads SQL in other processes, as many at a time as there are processors."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._limiter: CapacityLimiter | None = None

    async def naming(self, text: Text) -> Naming:
        """Tell which tables a text names."""
        told = await self._call(_naming, text)
        return told if not isinstance(told, Problem) else Naming((), (), told)

    async def read_out(self, request: Request) -> Readout:
        """Bind a text and tell what it says."""
        told = await self._call(_read_out, request)
        return told if not isinstance(told, Problem) else Readout((), told, bound=False)

    async def _call(self, work: Callable[[A], T], of: A) -> T | Problem:
        if self._limiter is None:
            self._limiter = CapacityLimiter(os.cpu_count() or 1)
        async with self._limiter:  # waiting for a process is not counted
            try:
                with anyio.fail_after(self._seconds):
                    alone = CapacityLimiter(1)
                    return await to_process.run_sync(work, of, cancellable=True, limiter=alone)
            except TimeoutError:
                return _fault(f"The text took more than {self._seconds:g} seconds.")
            except BrokenWorkerProcess:
                return _fault("The text ended the process that read it.")


class LocalReader:
    """Reads SQL in this process: for texts that are trusted."""

    async def naming(self, text: Text) -> Naming:
        """Tell which tables a text names."""
        return _naming(text)

    async def read_out(self, request: Request) -> Readout:
        """Bind a text and tell what it says."""
        return _read_out(request)


# What reads is loaded by the process that does; a server starts without it.


def _naming(text: Text) -> Naming:
    from ingest.sql import reading  # noqa: PLC0415

    return reading.naming(text)


def _read_out(request: Request) -> Readout:
    from ingest.sql import reading  # noqa: PLC0415

    return reading.read_out(request)


def _fault(message: str) -> Problem:
    return Problem(Span(0, 0), Code.TIMEOUT, message)
