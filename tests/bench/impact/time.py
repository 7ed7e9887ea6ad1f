"""How long `headwater check` takes on a project of a size: a staging column is renamed.

Wall time cold and again, and the most memory it held.
"""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.oracle.impact.project import Column, Kind, Model, Project, Source

SIZES = (500, 5_000)
AIMS = {500: "10 cold, 1 warm", 5_000: "5 warm"}
READERS = 5
_COLUMNS = tuple(
    Column(name, "INTEGER") for name in ("id", "customer_id", *(f"amount_{n}" for n in range(14)))
)


def main(sizes: list[int]) -> None:
    """Print a row for each size."""
    table = Table("models", "cold s", "again s", "aim s", "memory so far MB", title="check")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            took = measured(Path(folder), size)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        table.add_row(f"{size:,}", *(f"{each:.2f}" for each in took), AIMS.get(size, ""), str(most))
    Console().print(table)


def measured(folder: Path, size: int) -> tuple[float, float]:
    """Seconds of the first check and of one right after it."""
    base = project(size)
    renamed = tuple(
        Column("amount_new", "INTEGER") if each.name == "amount_3" else each for each in _COLUMNS
    )
    base.write(folder / "base")
    head = replace(base, sources=(Source("raw_0", renamed), *base.sources[1:]))
    head.write(folder / "head")
    return timed(folder), timed(folder)


def timed(folder: Path) -> float:
    start = time.perf_counter()
    command = ("headwater", "check", "--base", folder / "base", "--head", folder / "head")
    done = subprocess.run((*command, "--format", "json"), capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode())
    return time.perf_counter() - start


def project(size: int) -> Project:
    """Sources, a staging view each, and behind it models that join and aggregate it."""
    sources = tuple(Source(f"raw_{n}", _COLUMNS) for n in range(size // (READERS + 1) + 1))
    models: list[Model] = []
    for source in sources:
        staged = f"stg_{len(models)}"
        models.append(Model(staged, Kind.VIEW, f"SELECT * FROM {source.name}", (source.name,)))
        for _ in range(READERS):
            name, other = f"mart_{len(models)}", models[len(models) // 2].name
            models.append(Model(name, Kind.TABLE, _mart(staged, other), (staged, other)))
    return Project("duckdb", sources, tuple(models[:size]))


def _mart(staged: str, other: str) -> str:
    sums = ", ".join(f"sum(s.amount_{n}) AS amount_{n}" for n in range(14))
    return (
        f"WITH o AS (SELECT id, max(customer_id) AS customer_id FROM {other} GROUP BY id) "
        f"SELECT s.id, o.customer_id, {sums} FROM {staged} AS s "
        "LEFT JOIN o ON o.id = s.id WHERE s.amount_1 > 0 GROUP BY s.id, o.customer_id"
    )
