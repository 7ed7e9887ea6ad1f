"""Prints a table for each corpus, with a line for each tool."""

from __future__ import annotations

import sys
from importlib.metadata import version

from rich.console import Console
from rich.table import Table

from tests.bench.sql import __doc__ as explanation
from tests.bench.sql.corpus import FOLDER, Corpus, corpus, folders
from tests.bench.sql.judge import Judged, Score, score, truths
from tests.bench.sql.tools.runner import Tool, run

SQLGLOT = version("sqlglot")
TOOLS = (
    Tool("headwater", "headwater", f"sqlglot[c]=={SQLGLOT}"),
    Tool("headwater, pure", "headwater", f"sqlglot=={SQLGLOT}", only_speed=True),
    Tool("sqlglot", "sqlglot_lineage", f"sqlglot[c]=={SQLGLOT}"),
    Tool("sqlglot, pure", "sqlglot_lineage", f"sqlglot=={SQLGLOT}", only_speed=True),
    Tool("DataHub", "datahub", "acryl-datahub[sql-parser]"),
    Tool("sqllineage", "sqllineage_runner", "sqllineage"),
    Tool("openlineage-sql", "openlineage", "openlineage-sql"),
)
HEADINGS = ("tool", "F1 direct", "F1 all", "exact", "failed", "a second", "ratio")
MANY = 10_000
"""So many statements of the size of TPC-H's are read in one go, too."""


def main() -> None:
    """Measure the corpora that are named, or all."""
    console, named = Console(), sys.argv[1:]
    found = [folder for folder in folders() if not named or folder.name in named]
    if not found:
        console.print(f"There is no such corpus in {FOLDER}.\n\n{explanation}")
        return
    for folder in found:
        one = corpus(folder)
        truth = truths(one)
        table = Table(
            *HEADINGS,
            title=f"{one.name}: {len(truth)} of {len(one.queries)} queries judged",
        )
        for row in rows(one, truth):
            table.add_row(*row)
        console.print(table)
        if one.name == "tpc-h":
            console.print(many(one))


def rows(one: Corpus, truth: dict[int, Judged]) -> list[tuple[str, ...]]:
    """A row for each tool; speeds are shown against sqlglot's compiled build, too."""
    told = {tool: run(tool, one.queries, one.tables) for tool in TOOLS}
    speeds = {tool.name: len(one.queries) / ran["seconds"] for tool, ran in told.items()}
    return [
        (
            tool.name,
            *(shown(score(truth, ran["answers"])) if not tool.only_speed else ("",) * 4),
            f"{speeds[tool.name]:.0f}",
            f"{speeds[tool.name] / speeds['sqlglot']:.2f}",
        )
        for tool, ran in told.items()
    ]


def shown(found: Score) -> tuple[str, ...]:
    return tuple(f"{each:.4f}" for each in (found.direct, found.every, found.exact, found.failed))


def many(one: Corpus) -> str:
    """How long our compiled build takes for very many statements."""
    queries = tuple(one.queries[at % len(one.queries)] for at in range(MANY))
    seconds = run(TOOLS[0], queries, one.tables)["seconds"]
    return f"{MANY} statements of this corpus: {seconds:.0f} s of CPU time"


if __name__ == "__main__":
    main()
