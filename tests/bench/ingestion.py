"""How many events a second a server takes durably and projects, and what CPU they cost.

`python -m tests.bench.ingestion [neo4j]`: on SQLite, and on a Neo4j of its own. The server is
another process, as users run it; the sender sends finished bytes over connections that stay open.
Both share the machine's cores.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from tests.bench.wide_events import run_bodies
from tests.e2e.events import run_event
from tests.e2e.server import Server
from tests.services.neo4j import emptied, running

CACHE = Path(__file__).parents[2] / ".cache"

RUNS = 600
RUNS_ON_NEO4J = 150
SETTLE_SECONDS = 300.0
KNOWN_JOBS = 30
BARS = {"new": 400, "known": 800}
"""Events a second to reach at 8 connections; CPU seconds for 1,000 events: at most 3."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one load."""

    accepted: float
    projected: float
    cpu: float


def main(*, neo4j: bool) -> None:
    """Print a table for each store."""
    _measure("SQLite", RUNS, lambda: "sqlite")
    if neo4j:
        with tempfile.TemporaryDirectory() as state, running(CACHE, Path(state)) as server:
            _measure("Neo4j", RUNS_ON_NEO4J, lambda: emptied(server.address))


def _measure(title: str, runs: int, store: Callable[[], str]) -> None:
    """Print the table of a store; `store` gives the setting of an empty one."""
    small = [
        json.dumps(run_event(type, run=run, inputs=["a"], outputs=["b"])).encode()
        for run in range(runs)
        for type in ("START", "COMPLETE")
    ]
    table = Table(
        "events", "connections", "accepted/s", "projected/s", "bar", "CPU s/1,000", title=title
    )
    for name, bodies, warm in (
        ("new", _new(runs, sql=False), []),
        ("known", _known(runs, sql=False), _new(KNOWN_JOBS, sql=False)),
        ("new, with SQL", _new(runs, sql=True), []),
        ("known, with SQL", _known(runs, sql=True), _new(KNOWN_JOBS, sql=True)),
        ("small", small, []),
    ):
        for connections in (1, 8, 32):
            figures = measure(bodies, warm, connections, store())
            bar = str(BARS.get(name, "")) if connections == 8 else ""
            table.add_row(
                name,
                str(connections),
                f"{figures.accepted:.0f}",
                f"{figures.projected:.0f}",
                bar,
                f"{figures.cpu:.2f}",
            )
    Console().print(table)


def _new(runs: int, *, sql: bool) -> list[bytes]:
    return [body for run in range(runs) for body in run_bodies(run, run, sql=sql)]


def _known(runs: int, *, sql: bool) -> list[bytes]:
    return [
        body for run in range(runs) for body in run_bodies(run % KNOWN_JOBS, 1_000 + run, sql=sql)
    ]


def measure(
    bodies: Sequence[bytes], warm: Sequence[bytes], connections: int, store: str
) -> Figures:
    """Send events to a new server, after those that make it know their structure."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), store).start()
        try:
            asyncio.run(send(server.url, warm, connections))
            server.settle(SETTLE_SECONDS)
            cpu, start = server.cpu(), time.perf_counter()
            asyncio.run(send(server.url, bodies, connections))
            accepted = time.perf_counter() - start
            server.settle(SETTLE_SECONDS)
            projected = time.perf_counter() - start
            spent = server.cpu() - cpu
        finally:
            server.stop()
    count = len(bodies)
    return Figures(count / accepted, count / projected, spent * 1000 / count)


async def send(url: str, bodies: Sequence[bytes], connections: int) -> None:
    """Send each share of the bodies over a connection of its own, one after the other."""
    address = urlsplit(url)
    shares = [bodies[place::connections] for place in range(connections)]
    await asyncio.gather(*(_connection(address.hostname, address.port, one) for one in shares))


async def _connection(host: str | None, port: int | None, bodies: Sequence[bytes]) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    head = f"POST /api/v1/lineage HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    for body in bodies:
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 201"):
            raise AssertionError(answer)
        length = int(answer.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
    writer.close()
    await writer.wait_closed()


if __name__ == "__main__":
    main(neo4j="neo4j" in sys.argv[1:])
