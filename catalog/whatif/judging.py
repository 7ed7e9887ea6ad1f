"""Judging in another process: the SQL downstream is anybody's."""

from __future__ import annotations

import os

import anyio
from anyio import BrokenWorkerProcess, CapacityLimiter, to_process

from catalog.errors import Unavailable
from catalog.impact.binding import Memory
from catalog.model.project import Project
from catalog.model.report import Report
from catalog.whatif.answer import judged

SECONDS = 30.0
"""How long binding and judging may take."""

REMEMBERED = 5_000
"""How many bound statements a process keeps: what is asked of one catalog is bound alike."""

_memory = Memory()  # of the process that judges


async def judged_apart(base: Project, head: Project) -> Report:
    """Bind two states and compare them.

    Raises:
        Unavailable: it takes too long.
    """
    limiter = CapacityLimiter(os.cpu_count() or 1)
    try:
        with anyio.fail_after(SECONDS):
            return await to_process.run_sync(_judged, base, head, cancellable=True, limiter=limiter)
    except (TimeoutError, BrokenWorkerProcess) as error:
        message = f"what is downstream could not be judged within {SECONDS:g} seconds"
        raise Unavailable(message) from error


def _judged(base: Project, head: Project) -> Report:
    _memory.used.clear()
    report = judged(base, head, _memory)
    if len(_memory.meanings) > REMEMBERED:
        _memory.keep_used()
    return report
