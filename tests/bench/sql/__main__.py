"""Prints a table for each corpus, with a line for each tool."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import version

from rich.console import Console
from rich.table import Table

from tests.bench.sql import __doc__ as explanation
from tests.bench.sql.corpus import FOLDER, Corpus, corpus, folders
from tests.bench.sql.judge import Judged, Score, score, truths
from tests.bench.sql.suites.suite import suites
from tests.bench.sql.suites.table import table
from tests.bench.sql.tools import DATAHUB, OPENLINEAGE, SQLLINEAGE
from tests.bench.sql.tools.runner import Batch, Tool, run

SQLGLOT = version("sqlglot")
TOOLS = (
    Tool("headwater", "headwater", f"sqlglot[c]=={SQLGLOT}"),
    Tool("headwater, pure", "headwater", f"sqlglot=={SQLGLOT}", only_speed=True),
    Tool("sqlglot", "sqlglot_lineage", f"sqlglot[c]=={SQLGLOT}"),
    Tool("sqlglot, pure", "sqlglot_lineage", f"sqlglot=={SQLGLOT}", only_speed=True),
    Tool("DataHub", "datahub", f"acryl-datahub[sql-parser]=={DATAHUB}"),
    Tool("sqllineage", "sqllineage_runner", f"sqllineage=={SQLLINEAGE}"),
    Tool("openlineage-sql", "openlineage", f"openlineage-sql=={OPENLINEAGE}"),
)
HEADINGS = ("tool", "F1 direct", "F1 all", "exact", "failed", "a second", "ratio")
MANY = 10_000
"""So many statements of the size of TPC-H's are read in one go, too."""


def main() -> None:
    """Measure the corpora that are named, or all."""
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    console, named = Console(), sys.argv[1:]
    found = [folder for folder in folders() if not named or folder.name in named]
    labelled = [folder for folder in suites(FOLDER) if not named or folder.name in named]
    if not found and not labelled:
        console.print(f"There is no such corpus in {FOLDER}.\n\n{explanation}")
        return
    for folder in found:
        one = corpus(folder)
        truth = truths(one)
        shown = Table(
            *HEADINGS,
            title=f"{one.name}: {len(truth)} of {len(one.queries)} queries judged",
        )
        for row in rows(one, truth):
            shown.add_row(*row)
        console.print(shown)
        if one.name == "tpc-h":
            console.print(many(one))
    for folder in labelled:
        console.print(table(folder, tuple(tool for tool in TOOLS if not tool.only_speed)))


def rows(one: Corpus, truth: dict[int, Judged]) -> list[tuple[str, ...]]:
    """A row for each tool; speeds are shown against sqlglot's compiled build, too."""
    told = {tool: run(tool, [_batch(one.queries, one)]) for tool in TOOLS}
    speeds = {tool.name: len(one.queries) / ran["seconds"] for tool, ran in told.items()}
    return [
        (
            tool.name,
            *(figures(score(truth, ran["answers"])) if not tool.only_speed else ("",) * 4),
            f"{speeds[tool.name]:.0f}",
            f"{speeds[tool.name] / speeds['sqlglot']:.2f}",
        )
        for tool, ran in told.items()
    ]


def _batch(queries: tuple[str, ...], one: Corpus) -> Batch:
    return {"queries": queries, "tables": one.tables, "dialect": "duckdb"}


def figures(found: Score) -> tuple[str, ...]:
    return tuple(f"{each:.4f}" for each in (found.direct, found.every, found.exact, found.failed))


def many(one: Corpus) -> str:
    """How long our compiled build takes for very many statements."""
    queries = tuple(one.queries[at % len(one.queries)] for at in range(MANY))
    seconds = run(TOOLS[0], [_batch(queries, one)])["seconds"]
    return f"{MANY} statements of this corpus: {seconds:.0f} s of CPU time"


if __name__ == "__main__":
    main()
