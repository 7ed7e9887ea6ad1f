"""What the emitter costs a job, with the server up, down, hanging and failing.

The job executes 60 statements over 12 tables of a SQLite file: little work, so that what is added
shows. Its clock runs until the end of the process, so waiting for deliveries is included. On a busy
machine look at the CPU time.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.services import collector, process

JOB = """
import atexit, sys, time
from sqlalchemy import create_engine, text
data, observed = sys.argv[1:]
begun = []
def told():
    wall, cpu = (end - begin for end, begin in zip(clock(), begun, strict=True))
    print(wall, cpu)
def clock():
    return time.perf_counter(), time.process_time()
atexit.register(told)  # the first that is registered is the last to run
engine = create_engine("sqlite:///" + data)
begun += clock()
if observed == "import":
    import headwater_emitters.sqlalchemy
    sys.exit()
if observed == "yes":
    from headwater_emitters.sqlalchemy import observe
    begun[:] = clock()
    observe(engine, job="bench")
with engine.begin() as connection:
    for n in range(12):
        for amount in range(5):
            copy = f"INSERT INTO t{(n + 1) % 12} SELECT * FROM t{n} LIMIT :amount"
            connection.execute(text(copy), {"amount": amount})
"""
MAKE = "import sys, sqlite3; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])"
TABLES = ";".join(f"CREATE TABLE t{n} (a int, b int)" for n in range(12))
TIMES = 5


@contextmanager
def _server(state: str) -> Generator[str]:
    if state in {"up", "failing", "hanging"}:
        with collector.running(500 if state == "failing" else 201) as server:
            if state == "hanging":
                server.answering.clear()
            yield server.url
    else:
        yield f"http://127.0.0.1:{process.free_port()}"


def _measure(state: str, observed: str) -> tuple[float, float]:
    """Give the milliseconds of a job, and those of its CPU: medians."""
    found: list[tuple[float, float]] = []
    for _ in range(TIMES):
        with _server(state) as url, tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "x.db"
            subprocess.run([sys.executable, "-c", MAKE, data, TABLES], check=True)
            environment = os.environ | {"HEADWATER_EMITTERS_SPOOL": folder, "OPENLINEAGE_URL": url}
            done = subprocess.run(
                [sys.executable, "-c", JOB, data, observed],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            wall, cpu = map(float, done.stdout.split())
            found.append((wall * 1000, cpu * 1000))
    return statistics.median(w for w, _ in found), statistics.median(c for _, c in found)


def main() -> None:
    """Print a row for each state of the server."""
    table = Table("what", "ms", "ms of CPU", "aim")
    wall, cpu = _measure("down", "no")
    table.add_row("the job, not observed", f"{wall:.0f}", f"{cpu:.0f}", "")
    for state in ("up", "down", "hanging", "failing"):
        more, more_cpu = _measure(state, "yes")
        told = f"+{more - wall:.0f}", f"+{more_cpu - cpu:.0f}"
        table.add_row(f"observed, server {state}", *told, "" if state == "up" else "+100 ms")
    wall, cpu = _measure("down", "import")
    table.add_row("the import, beside SQLAlchemy's", f"{wall:.0f}", f"{cpu:.0f}", "150 ms")
    Console().print(table)


if __name__ == "__main__":
    main()
