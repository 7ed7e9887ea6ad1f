"""How long it takes to tell what nobody reads, of 2,500 datasets, on SQLite or Neo4j.

    python -m tests.bench.unused [STORE]

STORE: sqlite, or neo4j://user:password@host:port of a graph that may be overwritten. 500 tables of
20 columns are written by a job each; of each, four jobs copy three columns.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.e2e.events import column_lineage, dataset, run_event, schema
from tests.e2e.server import Server, headwater

TABLES = 500
COLUMNS = [f"c{place}" for place in range(20)]
READERS = 4
QUESTION = """query ($after: String) { unused(first: 1000, days: 30000, after: $after) {
  pageInfo { hasNextPage endCursor } edges { node { column { name } } } } }"""
TIMES = 3


def main(store: str = "sqlite") -> None:
    """Fill a server, ask it, and say how long the answers took."""
    with TemporaryDirectory() as folder:
        assert headwater("rebuild", "--data", folder, "--store", store).returncode == 0
        server = Server(Path(folder), store).start()
        try:
            for place in range(0, TABLES, 50):
                server.post([event for it in range(place, place + 50) for event in _around(it)])
            server.settle()
            _timed(server)  # loads what the first question needs
            took = [_timed(server) for _ in range(TIMES)]
        finally:
            server.stop()
    kind, median = store.partition(":")[0], statistics.median(took)
    print(f"{TABLES * (READERS + 1):,} datasets on {kind}: {median:.1f} s, the median of {TIMES}")  # noqa: T201


def _around(place: int) -> list[dict[str, Any]]:
    """A dataset with those who write and read it."""
    name = f"lake.t{place}"
    made = dataset(name, schema=schema(*COLUMNS))
    first = 10_000 * (place + 1)
    read = [
        run_event(
            job=f"read.{place}.{reader}",
            run=first + reader,
            inputs=[name],
            outputs=[_read(name, reader)],
        )
        for reader in range(1, READERS + 1)
    ]
    return [run_event(job=f"write.{place}", run=first, outputs=[made]), *read]


def _read(name: str, reader: int) -> dict[str, Any]:
    columns = {column: [(name, column)] for column in COLUMNS[reader : reader + 3]}
    return dataset(f"{name}.copy{reader}", columnLineage=column_lineage(columns))


def _timed(server: Server) -> float:
    start, after, more = time.perf_counter(), None, True
    while more:
        page = server.ask(QUESTION, after=after)["unused"]["pageInfo"]
        after, more = page["endCursor"], page["hasNextPage"]
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
