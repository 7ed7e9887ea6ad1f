"""How fast a graph answers at a size: closures, a hub, search, and how fast it is filled.

`python -m tests.bench.graph [columns] [neo4j]`: on SQLite, and on a Neo4j of its own beside it.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from catalog.lineage.closure import Reach
from catalog.lineage.thing_closure import ThingReach
from catalog.model.edge import Direction
from catalog.ports import GraphReader, GraphWriter
from catalog.stores.neo4j.graph import open_neo4j
from catalog.stores.sqlite.graph import open_graph
from ingest.names import DatasetName
from tests.bench import by_hand
from tests.bench.warehouse import COLUMNS, HUB, WORDS, column, warehouse
from tests.services.neo4j import running

CACHE = Path(__file__).parents[2] / ".cache"

SIZE = 100_000
QUESTIONS = 40


def main(columns: int, *, neo4j: bool) -> None:
    """Print a table for each store."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure("SQLite", open_graph(Path(folder) / "graph.db"), columns))
    if neo4j:
        with tempfile.TemporaryDirectory() as state, running(CACHE, Path(state)) as server:
            address = server.address
            graph = open_neo4j(address.uri, address.user, address.password)
            datasets = asyncio.run(measure("Neo4j", graph, columns))
            chance = random.Random(7)
            by_hand.show(
                address,
                [
                    column(chance.choice(datasets), chance.randrange(COLUMNS))
                    for _ in range(QUESTIONS)
                ],
            )


async def measure(store: str, graph: GraphWriter, columns: int) -> Sequence[DatasetName]:
    """Fill an empty graph, then ask it; give the datasets in it."""
    table = Table(
        "what", "p50 ms", "p95 ms", "aim ms", "answers of", title=f"{store}, {columns:,} columns"
    )
    start, cpu, jobs = time.perf_counter(), time.process_time(), 0
    datasets = [HUB]
    for changes in warehouse(columns):
        await graph.apply(changes)
        jobs += len(changes.runs)
        datasets += [name for one in changes.contributions for name in one.writes]
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    census = await graph.census()
    Console().print(
        f"{store}: {census.columns:,} columns, {census.links:,} edges; filled with "
        f"{jobs / took:,.0f} jobs/s, {cpu * 1000 / jobs:.2f} ms of our CPU each"
    )
    for name, aim, ask in questions(graph, datasets):
        times, sizes = await _times(ask)
        cuts = statistics.quantiles(times, n=20)
        size = f"{statistics.median(sizes):,.0f} (at most {max(sizes):,})"
        table.add_row(name, f"{cuts[9]:.1f}", f"{cuts[18]:.1f}", aim, size)
    await graph.close()
    Console().print(table)
    return datasets


Ask = Callable[[random.Random], Awaitable[Sequence[object]]]


def questions(
    graph: GraphReader, datasets: Sequence[DatasetName]
) -> Sequence[tuple[str, str, Ask]]:
    """Give each question with its bar and how to ask it."""

    async def closure(direction: Direction, chance: random.Random) -> Sequence[object]:
        dataset = chance.choice(datasets)
        root = column(dataset, chance.randrange(COLUMNS))
        return (await graph.closure(Reach((root,), direction, limit=1_000))).reached

    async def hub(chance: random.Random) -> Sequence[object]:
        root = column(HUB, chance.randrange(COLUMNS))
        return (await graph.closure(Reach((root,), Direction.DOWNSTREAM, limit=1_000))).reached

    async def whole_hub(chance: random.Random) -> Sequence[object]:
        root = column(HUB, chance.randrange(COLUMNS))
        return (await graph.closure(Reach((root,), Direction.DOWNSTREAM))).reached

    async def things(chance: random.Random) -> Sequence[object]:
        root = chance.choice(datasets)
        reach = ThingReach((root,), Direction.DOWNSTREAM, limit=1_000)
        return (await graph.thing_closure(reach)).reached

    async def search(chance: random.Random) -> Sequence[object]:
        word = chance.choice(WORDS)
        start = chance.randrange(len(word) - 1)
        return await graph.search(word[start : start + chance.randint(2, 5)], 20)

    return (
        ("closure downstream, limit 1,000", "50", lambda c: closure(Direction.DOWNSTREAM, c)),
        ("closure upstream, limit 1,000", "50", lambda c: closure(Direction.UPSTREAM, c)),
        ("hub, first 1,000", "1,000", hub),
        ("hub, everything", "", whole_hub),
        ("datasets downstream, limit 1,000", "50", things),
        ("search, first 20", "50", search),
    )


async def _times(ask: Ask) -> tuple[list[float], list[int]]:
    chance = random.Random(7)
    times: list[float] = []
    sizes: list[int] = []
    for _ in range(QUESTIONS):
        start = time.perf_counter()
        sizes.append(len(await ask(chance)))
        times.append((time.perf_counter() - start) * 1000)
    return times, sizes


if __name__ == "__main__":
    main(next(map(int, filter(str.isdigit, sys.argv[1:])), SIZE), neo4j="neo4j" in sys.argv)
