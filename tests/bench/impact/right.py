"""Changes to public SQL: what the check says of them, and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from tests.bench.impact.public import subject
from tests.bench.impact.subject import Subject
from tests.bench.impact.time import timed
from tests.bench.sql.corpus import FOLDER, corpus, folders
from tests.oracle.impact.baselines import by_columns, by_tables
from tests.oracle.impact.build import Built, Held, outputs
from tests.oracle.impact.case import Case
from tests.oracle.impact.checker import check
from tests.oracle.impact.edits import edits
from tests.oracle.impact.generate import ground, judged
from tests.oracle.impact.outcome import outcome, predicted
from tests.oracle.impact.tables import by_kind, disagreements, figures

ROUNDS = 5
"""How many changes of each kind are made to a project."""


def main(named: list[str]) -> None:
    """Print two tables for each corpus that is named, or for all."""
    found = [folder for folder in folders() if not named or folder.name in named]
    if not found:
        print(f"There is no corpus in {FOLDER}: `python -m tests.bench.sql.tpc` makes two.")  # noqa: T201
    for folder in found:
        show(subject(corpus(folder)))


def show(of: Subject, rounds: int = ROUNDS) -> None:
    """Print every wrong verdict and two tables."""
    console = Console(width=170, highlight=False)
    made = list(cases(of, rounds))
    answers = check(made)
    outcomes = [outcome(case, answers[case.id]) for case in made]
    for line in disagreements(outcomes):
        console.print(line, markup=False, soft_wrap=True)
    size, first, again = len(made[0].base.models), *_times(made[0])
    console.print(f"{of.name}: {size} models; one check {first:.1f} s, again {again:.1f} s")
    console.print(by_kind("By kind of change", outcomes))
    console.print(
        figures(
            "All changes",
            {
                "headwater check": outcomes,
                "table reachability": [predicted(case, by_tables) for case in made],
                "column reachability": [predicted(case, by_columns) for case in made],
            },
        )
    )


def _times(case: Case) -> tuple[float, float]:
    with TemporaryDirectory() as folder:
        case.base.write(Path(folder) / "base")
        case.head.write(Path(folder) / "head")
        return timed(Path(folder)), timed(Path(folder))


def cases(of: Subject, rounds: int) -> Iterator[Case]:
    """Every kind of change a few times; models that stay empty are not judged."""
    base, draw = of.base, of.draw
    grounds = [ground(base, each) for each in of.data]
    filled = {name for each in grounds for name, built in each.before.items() if _has_rows(built)}
    catalog = outputs(base)
    for number in range(rounds):
        for case in judged(f"{of.name}/{number}", base, edits(draw, base, catalog), grounds):
            yield replace(case, downstream=tuple(n for n in case.downstream if n in filled))


def _has_rows(built: Built) -> bool:
    return isinstance(built, Held) and bool(built.rows)
