"""How long it takes to tell what breaks, over a catalog whose lineage is all read from SQL.

    python -m tests.bench.whatif [COLUMNS] [STORE]

COLUMNS: 25,000 if not said. STORE: sqlite, or neo4j://user:password@host:port of a graph that may
be overwritten. Tables of 25 columns stand in layers; each is made by a statement that joins two of
the layers before, and a few of these are read by very many.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.e2e.events import NAMESPACE, dataset, run_event, schema
from tests.e2e.server import Server, headwater

WIDTH = 25
LAYERS = 6
AT_ONCE = 50
QUESTIONS = 40
COLUMNS = [f"column_{place}" for place in range(WIDTH)]
SETTINGS = f"""[project]
dialect = "postgres"
namespace = "{NAMESPACE}"
"""
IMPACT = """query ($changes: [ChangeInput!]!) { impact(changes: $changes) {
  verdict impacts(first: 200) { totalCount edges { node { name verdict reason columns } } } } }"""


def main(columns: int, store: str) -> None:
    """Fill a server, ask it, and print what that took."""
    tables = columns // WIDTH
    table = Table("what", "p50 ms", "p95 ms", "aim ms", "answers of")
    with TemporaryDirectory() as folder:
        assert headwater("rebuild", "--data", folder, "--store", store).returncode == 0
        server = Server(Path(folder), store).start()
        try:
            start = time.perf_counter()
            for events in _batches(tables):
                server.post(events)
                server.settle()
            filled = time.perf_counter() - start
            chance = random.Random(7)
            roots = [_change(chance.randrange(tables), chance) for _ in range(QUESTIONS)]
            _ask(server, roots[0])  # loads what the first question needs
            for name, asked in (
                ("a column that goes, cold", roots),
                ("the same, warm", roots),
                ("a column of the hub", [_change(0, chance) for _ in range(3)]),
            ):
                table.add_row(name, *_timed(server, asked))
            snapshot = Path(folder) / "catalog.snapshot"
            took = _seconds(
                lambda: headwater(
                    "export", "--data", folder, "--store", store, "--snapshot", str(snapshot)
                )
            )
        finally:
            server.stop()
        said = f"{tables:,} statements were read in {filled:.0f} s"
        size = f"a snapshot of {snapshot.stat().st_size / 1e6:.1f} MB in {took:.1f} s"
        checked = _check(Path(folder), snapshot)
    Console().print(table)
    Console().print(f"{said}; {size}; a check with it took {checked:.1f} s")


def _batches(tables: int) -> Iterator[list[dict[str, Any]]]:
    chance = random.Random(1)
    events = [_made(number, tables, chance) for number in range(tables)]
    for start in range(0, tables, AT_ONCE):
        yield events[start : start + AT_ONCE]


def _made(number: int, tables: int, chance: random.Random) -> dict[str, Any]:
    """The event that tells how a table was made; of the first layer it tells the columns."""
    layer = number * LAYERS // tables
    output = dataset(_name(number), schema=schema(*COLUMNS))
    if not layer:
        return run_event(job=f"load_{number}", run=number, outputs=[output])
    before = -(-layer * tables // LAYERS)
    sources = [_zipf(before, chance) for _ in range(2)]
    names = [_name(source) for source in sources]
    values = ", ".join(
        f"a.{name} + coalesce(b.{COLUMNS[-place - 1]}, {number}) AS {name}"
        for place, name in enumerate(COLUMNS)
    )
    query = (
        f"INSERT INTO {_name(number)} SELECT {values} FROM {names[0]} a"  # noqa: S608
        f" LEFT JOIN {names[1]} b ON a.column_0 = b.column_0 WHERE a.column_1 > {number}"
    )
    sql = {"sql": {"query": query, "dialect": "postgres"}}
    return run_event(
        job=f"build_{number}", run=number, inputs=names, outputs=[output], job_facets=sql
    )


def _zipf(below: int, chance: random.Random) -> int:
    return (
        min(int(chance.paretovariate(0.5)) - 1, below - 1)
        if chance.random() < 0.3
        else (chance.randrange(below))
    )


def _name(number: int) -> str:
    return f"lake.table_{number}"


def _change(number: int, chance: random.Random) -> dict[str, Any]:
    of = {"namespace": NAMESPACE, "name": _name(number), "column": chance.choice(COLUMNS)}
    return {"kind": "REMOVED", "of": {"column": of}}


def _timed(server: Server, asked: Sequence[dict[str, Any]]) -> tuple[str, str, str, str]:
    times: list[float] = []
    sizes: list[int] = []
    for one in asked:
        start = time.perf_counter()
        sizes.append(_ask(server, one))
        times.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(times, n=20)
    size = f"{statistics.median(sizes):,.0f} (at most {max(sizes):,})"
    return f"{cuts[9]:.0f}", f"{cuts[18]:.0f}", "400", size


def _ask(server: Server, change: dict[str, Any]) -> int:
    return server.ask(IMPACT, changes=[change])["impact"]["impacts"]["totalCount"]


def _check(folder: Path, snapshot: Path) -> float:
    """How long it takes to check a project in which the hub loses a column."""
    for side, columns in (("base", COLUMNS), ("head", COLUMNS[1:])):
        (folder / side).mkdir()
        listed = ", ".join(f"{name} int" for name in columns)
        (folder / side / "hub.sql").write_text(f"CREATE TABLE {_name(0)} ({listed});")
    (folder / "head" / "headwater.toml").write_text(SETTINGS)
    sides = ("--base", str(folder / "base"), "--head", str(folder / "head"))
    return _seconds(lambda: headwater("check", *sides, "--snapshot", str(snapshot)))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(
        next((int(one) for one in sys.argv[1:] if one.isdigit()), 25_000),
        next((one for one in sys.argv[1:] if not one.isdigit()), "sqlite"),
    )
