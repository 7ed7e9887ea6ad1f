"""Cases by number: an invented project, each kind of change, and its truth on several data sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.oracle.grammar.draw import Draw
from tests.oracle.impact.build import Built, Fills, build, outputs
from tests.oracle.impact.case import Case
from tests.oracle.impact.edits import Edit, edits
from tests.oracle.impact.invention import invented
from tests.oracle.impact.project import Project, Source
from tests.oracle.impact.truth import Experiment, truth
from tests.oracle.impact.verdict import Effect

DATA_SETS = (3, 7)
ROWS = (8, 24)

Rows = tuple[tuple[str, ...], ...]


def cases(number: int) -> Iterator[Case]:
    """The cases of one project; without changes that do nothing to the changed thing itself."""
    base = invented(number)
    draw = Draw(f"impact changes {number}")
    grounds = [_ground(draw, base) for _ in range(draw.count(*DATA_SETS))]
    for edit in edits(draw, base, outputs(base)):
        found = truth(base, edit.head, edit.thing, [_experiment(edit, each) for each in grounds])
        if found.own.effect is Effect.UNAFFECTED and not edit.kind.endswith("noop"):
            continue
        yield Case(
            id=f"{number}/{edit.kind}",
            kind=edit.kind,
            thing=edit.thing,
            touched=edit.touched,
            base=base,
            head=edit.head,
            downstream=tuple(n for n in base.downstream(edit.thing) if n in found.fates),
            fates=found.fates,
        )


@dataclass(frozen=True)
class _Ground:
    """A data set and base built on it, in two orders of the rows."""

    fills: Fills
    before: Mapping[str, Built]
    again: Mapping[str, Built]


def _ground(draw: Draw, base: Project) -> _Ground:
    data = _data(draw, base)
    fills = {each.name: _fill(each, data[each.name]) for each in base.sources}
    reordered = {each.name: _fill(each, data[each.name][::-1]) for each in base.sources}
    return _Ground(fills, build(base, fills), build(base, reordered))


def _experiment(edit: Edit, ground: _Ground) -> Experiment:
    head = dict(ground.fills)
    if edit.filled:
        listed = ", ".join(edit.filled.values())
        head[edit.thing] = f"SELECT {listed} FROM ({head[edit.thing]})"
    for renamed in {each.name for each in edit.head.sources} - head.keys():
        head[renamed] = head[edit.thing]
    return Experiment(before=ground.before, again=ground.again, head=head)


def _fill(source: Source, rows: Rows) -> str:
    listed = ", ".join(f"({', '.join(row)})" for row in rows)
    names = ", ".join(each.name for each in source.columns)
    return f"SELECT * FROM (VALUES {listed}) AS v({names})"


def _data(draw: Draw, project: Project) -> dict[str, Rows]:
    return {each.name: _rows(draw, each) for each in project.sources}


def _rows(draw: Draw, source: Source) -> Rows:
    """The first column is a key; the others come from small domains, one value in ten is NULL."""
    return tuple(
        (str(key), *(_value(draw, each.type) for each in source.columns[1:]))
        for key in range(draw.count(*ROWS))
    )


def _value(draw: Draw, type_: str) -> str:
    if draw.chance(0.1):
        return f"CAST(NULL AS {type_})"
    match type_:
        case "INTEGER":
            return str(draw.count(0, 12))
        case "DOUBLE" | "DECIMAL(18,2)":
            return f"CAST({draw.count(0, 9)}.{draw.pick(('00', '25', '50'))} AS {type_})"
        case "DATE":
            return f"DATE '2024-01-{draw.count(10, 19)}'"
        case "BOOLEAN":
            return draw.pick(("true", "false"))
        case "VARCHAR[]":
            return draw.pick(("['a', 'b']", "['a']", "['c', 'b', 'd']"))
        case "VARCHAR":
            return draw.pick(("'paid'", "'open'", "'void'", "'de'", "'fr'", "'7'", "'x y'"))
        case _:
            return f"{{'path': {_value(draw, 'VARCHAR')}, 'depth': {_value(draw, 'INTEGER')}}}"
