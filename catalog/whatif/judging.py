"""Judging in another process: the SQL downstream is anybody's."""

from __future__ import annotations

import os

import anyio
from anyio import BrokenWorkerProcess, CapacityLimiter, to_process

from catalog.errors import Unavailable
from catalog.model.project import Project
from catalog.model.report import Report
from catalog.whatif.answer import judged

SECONDS = 30.0
"""How long binding and judging may take."""


async def judged_apart(base: Project, head: Project) -> Report:
    """Bind two states and compare them.

    Raises:
        Unavailable: it takes too long.
    """
    limiter = CapacityLimiter(os.cpu_count() or 1)
    try:
        with anyio.fail_after(SECONDS):
            return await to_process.run_sync(judged, base, head, cancellable=True, limiter=limiter)
    except (TimeoutError, BrokenWorkerProcess) as error:
        message = f"what is downstream could not be judged within {SECONDS:g} seconds"
        raise Unavailable(message) from error
