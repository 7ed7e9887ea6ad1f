"""Outcomes as text: the table of figures, every disagreement, one case in full."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tests.oracle.impact.case import Case
from tests.oracle.impact.outcome import Outcome
from tests.oracle.impact.project import Project
from tests.oracle.impact.score import Score, score

_FIGURES = (
    "n",
    "breaks P",
    "R",
    "bind P",
    "R",
    "brk+blk P",
    "R",
    "affected P",
    "R",
    "F1",
    "false/chg",
    "class",
    "hit",
    "exact",
    "unknown",
)


def figures(title: str, by_predictor: Mapping[str, Sequence[Outcome]]) -> Table:
    """A row for each predictor."""
    table = _table(title)
    for name, outcomes in by_predictor.items():
        table.add_row(name, *_row(score(outcomes)))
    return table


def by_kind(title: str, outcomes: Iterable[Outcome]) -> Table:
    """A row for each kind of change."""
    table = _table(title)
    for kind, each in groupby(sorted(outcomes, key=_kind), key=_kind):
        table.add_row(kind, *_row(score(list(each))))
    return table


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    for name in _FIGURES:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _kind(of: Outcome) -> str:
    return of.case.kind


def _row(of: Score) -> Iterator[str]:
    yield str(of.changes)
    yield from map(str, (of.breaks_precision, of.breaks_recall, of.bind_precision, of.bind_recall))
    yield from map(str, (of.down_precision, of.down_recall))
    yield from map(str, (of.affected_precision, of.affected_recall))
    yield "–" if of.affected_f1 is None else f"{of.affected_f1:.3f}"
    yield f"{of.false_alarms_per_change:.2f}"
    yield from map(str, (of.classes, of.hit_classes, of.exact))
    yield str(of.unknown)


def disagreements(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """A line for each wrong verdict: case, kind, model, truth, verdict."""
    for each in outcomes:
        head = f"{each.case.id}  {each.case.kind} {each.case.thing}"
        for name, fate, said in each.wrong():
            yield f"{head}  {name}\n    truth: {fate}\n    said:  {said}"
        for name in each.strays:
            yield f"{head}  {name}\n    is not downstream\n    said:  {each.said[name]}"


def whole(of: Outcome) -> RenderableType:
    """One case: what changed, the SQL downstream, truth and report."""
    case = of.case
    lines = [f"{case.id}: {case.kind} {case.thing}", *_changed(case), ""]
    for name, fate, said in of.pairs():
        model = case.head.model(name) or case.base.model(name)
        right = "✓" if fate.effect is said.effect else "✗"
        lines += [f"-- {right} {name}", model.statement if model else ""]
        lines += [f"   truth: {fate}", f"   said:  {said}", ""]
    impacts = [said.impact for _, _, said in of.pairs() if said.impact]
    report = json.dumps(impacts, indent=1, ensure_ascii=False)
    return Group(Text("\n".join(lines)), Text(of.error), Text(report))


def _changed(case: Case) -> Iterator[str]:
    base, head = _texts(case.base), _texts(case.head)
    for name in {**base, **head}:
        if base.get(name) != head.get(name):
            yield f"-- base {name}:\n{base.get(name, '(none)')}"
            yield f"-- head {name}:\n{head.get(name, '(none)')}"


def _texts(project: Project) -> dict[str, str]:
    sources = {each.name: each.ddl for each in project.sources}
    return sources | {each.name: each.statement for each in project.models}
