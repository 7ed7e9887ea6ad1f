"""How fast the graph is made anew from the log, SQL read anew included."""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.ingestion import KNOWN_JOBS, send
from tests.bench.wide_events import run_bodies
from tests.e2e.server import Server, headwater

RUNS = 600


def main() -> None:
    """Print the table."""
    table = Table("events", "in the log", "events/s", "CPU s/1,000")
    for name, jobs, sql in (
        ("every run of a new job", RUNS, False),
        ("30 jobs again and again", KNOWN_JOBS, False),
        ("every run of a new job, with SQL", RUNS, True),
        ("30 jobs again and again, with SQL", KNOWN_JOBS, True),
    ):
        bodies = [body for run in range(RUNS) for body in run_bodies(run % jobs, run, sql=sql)]
        took, cpu = measure(bodies)
        count = len(bodies)
        table.add_row(name, f"{count:,}", f"{count / took:.0f}", f"{cpu * 1000 / count:.2f}")
    Console().print(table)


def measure(bodies: Sequence[bytes]) -> tuple[float, float]:
    """Give seconds and CPU seconds of `headwater rebuild` with these events in the log."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        try:
            asyncio.run(send(server.url, bodies, connections=8))
        finally:
            server.stop()
        start, cpu = time.perf_counter(), _cpu_of_children()
        result = headwater("rebuild", "--data", folder)
        took, cpu = time.perf_counter() - start, _cpu_of_children() - cpu
    if result.returncode:
        raise AssertionError(result.stderr)
    return took, cpu


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
