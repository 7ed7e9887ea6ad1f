"""How many events a second a server takes durably and projects, and what CPU they cost.

The server is another process, as users run it; the sender sends finished bytes over connections
that stay open. Both share the machine's cores.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from tests.bench.wide_events import run_bodies
from tests.e2e.events import run_event
from tests.e2e.server import Server

RUNS = 600
KNOWN_JOBS = 30
BARS = {"new": 400, "known": 800}
"""Events a second to reach at 8 connections; CPU seconds for 1,000 events: at most 3."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one load."""

    accepted: float
    projected: float
    cpu: float


def main() -> None:
    """Print the table."""
    small = [
        json.dumps(run_event(type, run=run, inputs=["a"], outputs=["b"])).encode()
        for run in range(RUNS)
        for type in ("START", "COMPLETE")
    ]
    table = Table("events", "connections", "accepted/s", "projected/s", "bar", "CPU s/1,000")
    for name, bodies, warm in (
        ("new", _new(RUNS, sql=False), []),
        ("known", _known(RUNS, sql=False), _new(KNOWN_JOBS, sql=False)),
        ("new, with SQL", _new(RUNS, sql=True), []),
        ("known, with SQL", _known(RUNS, sql=True), _new(KNOWN_JOBS, sql=True)),
        ("small", small, []),
    ):
        for connections in (1, 8, 32):
            figures = measure(bodies, warm, connections)
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


def measure(bodies: Sequence[bytes], warm: Sequence[bytes], connections: int) -> Figures:
    """Send events to a new server, after those that make it know their structure."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        try:
            asyncio.run(send(server.url, warm, connections))
            server.settle()
            cpu, start = server.cpu(), time.perf_counter()
            asyncio.run(send(server.url, bodies, connections))
            accepted = time.perf_counter() - start
            server.settle()
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
    main()
