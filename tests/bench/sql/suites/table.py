"""The table of a suite: each tool by its labels, and by DuckDB's plans where there are any."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from tests.bench.sql.judge import score
from tests.bench.sql.suites.binding import bound
from tests.bench.sql.suites.scoring import agreement
from tests.bench.sql.suites.suite import Labelled, read
from tests.bench.sql.tools.runner import Batch, Tool, run

_HEADINGS = ("tool", "F1 direct", "exact", "failed", "F1 direct", "F1 all", "exact", "a second")


def table(folder: Path, tools: tuple[Tool, ...]) -> Table:
    """Ask every tool all statements as they are, and what DuckDB binds of them."""
    suite = read(folder)
    found = [one for one in map(bound, suite) if one is not None]
    judged = {at: one.judged for at, one in enumerate(found)}
    plans: list[Batch] = [
        {"queries": (one.sql,), "tables": one.tables, "dialect": "duckdb"} for one in found
    ]
    made = Table(
        *_HEADINGS,
        title=f"{folder.name}: {len(suite)} statements by its labels, then {len(found)} by plans",
    )
    for tool in tools:
        labelled, planned = run(tool, batches(suite)), run(tool, plans)
        by_label, by_plan = agreement(suite, labelled["answers"]), score(judged, planned["answers"])
        figures = (by_label.direct, by_label.exact, by_label.failed)
        others = (by_plan.direct, by_plan.every, by_plan.exact)
        speed = f"{len(suite) / labelled['seconds']:.0f}"
        made.add_row(tool.name, *(f"{each:.4f}" for each in (*figures, *others)), speed)
    return made


def batches(suite: list[Labelled]) -> list[Batch]:
    """Each statement over its own tables, of whose columns no type is known."""
    return [
        {
            "queries": (one.sql,),
            "tables": {name: dict.fromkeys(columns, "int") for name, columns in one.tables.items()},
            "dialect": one.dialect,
        }
        for one in suite
    ]
