"""Judges `headwater check` by what execution showed.

`python -m tests.oracle.impact sample DIR`: cases whose truth is known; `generate N`: of N projects.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tests.oracle.impact.baselines import by_columns, by_tables
from tests.oracle.impact.case import Case
from tests.oracle.impact.checker import COMMAND, check
from tests.oracle.impact.generate import cases
from tests.oracle.impact.outcome import outcome, predicted
from tests.oracle.impact.sample import sample
from tests.oracle.impact.tables import by_kind, disagreements, figures, whole

Command = Annotated[str, typer.Option(help="What answers the cases.")]
Show = Annotated[str, typer.Option(help="Show the case of that id in full instead.")]
Kind = Annotated[str, typer.Option(help="Only changes of that kind.")]

app = typer.Typer(add_completion=False)


@app.callback()
def root() -> None:
    """Judge `headwater check` by what execution showed."""


@app.command("sample")
def run_sample(
    folder: Path, *, command: Command = COMMAND, show: Show = "", kind: Kind = ""
) -> None:
    """Judge by the cases of a folder."""
    judge([case for case in sample(folder) if kind in ("", case.kind)], command, show)


@app.command("generate")
def run_generated(
    projects: int,
    *,
    first: int = 0,
    command: Command = COMMAND,
    show: Show = "",
    kind: Kind = "",
) -> None:
    """Judge by generated projects, so many of them."""
    asked = (int(show.split("/", 1)[0]),) if show else range(first, first + projects)
    judge([each for n in asked for each in cases(n) if kind in ("", each.kind)], command, show)


def judge(all_cases: Sequence[Case], command: str, show: str) -> None:
    """Print the figures and every disagreement; or one case in full."""
    asked = [case for case in all_cases if show in ("", case.id)]
    answers = check(asked, command)
    outcomes = [outcome(case, answers[case.id]) for case in asked]
    console = Console(width=170 if not sys.stdout.isatty() else None, highlight=False)
    if show:
        console.print(*map(whole, outcomes), sep="\n")
        return
    for line in disagreements(outcomes):
        console.print(line, markup=False, soft_wrap=True)
    console.print(by_kind("By kind of change", outcomes))
    console.print(
        figures(
            "All changes",
            {
                "headwater check": outcomes,
                "table reachability": [predicted(case, by_tables) for case in asked],
                "column reachability": [predicted(case, by_columns) for case in asked],
            },
        )
    )


if __name__ == "__main__":
    app()
