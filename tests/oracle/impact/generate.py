"""Cases by number: an invented project, each kind of change, and its truth on several data sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.oracle.grammar.draw import Draw
from tests.oracle.impact.build import Built, Fills, build, outputs
from tests.oracle.impact.case import Case
from tests.oracle.impact.edits import Edit, edits
from tests.oracle.impact.invention import invented
from tests.oracle.impact.project import Model, Project, Source, quoted
from tests.oracle.impact.truth import Experiment, truth
from tests.oracle.impact.verdict import Effect

DATA_SETS = (3, 7)
ROWS = (8, 24)

Rows = tuple[tuple[str, ...], ...]


def cases(number: int) -> Iterator[Case]:
    """The cases of one project; without changes that do nothing to the changed thing itself."""
    base = invented(number)
    draw = Draw(f"impact changes {number}")
    grounds = [ground(base, _data(draw, base)) for _ in range(draw.count(*DATA_SETS))]
    yield from judged(str(number), base, edits(draw, base, outputs(base)), grounds)


def judged(
    name: str, base: Project, changes: Iterable[Edit], grounds: Sequence[Ground]
) -> Iterator[Case]:
    """Changes with what they did on each data set; none that does nothing to its own thing."""
    for edit in changes:
        head = _reached(base, edit)
        found = truth(base, head, edit.thing, [_experiment(edit, each) for each in grounds])
        if found.own.effect is Effect.UNAFFECTED and not edit.kind.endswith("noop"):
            continue
        yield Case(
            id=f"{name}/{edit.kind}",
            kind=edit.kind,
            thing=edit.thing,
            touched=edit.touched,
            base=base,
            head=edit.head,
            downstream=tuple(n for n in base.downstream(edit.thing) if n in found.fates),
            fates=found.fates,
        )


def _reached(base: Project, edit: Edit) -> Project:
    """What has to be built to see what the change does."""
    wanted = {edit.thing, *base.downstream(edit.thing)}
    kept: list[Model] = []
    for model in reversed(edit.head.models):
        if model.name in wanted or base.model(model.name) is None:
            kept.append(model)
            wanted.update(model.reads)
    return replace(edit.head, models=tuple(reversed(kept)))


@dataclass(frozen=True)
class Ground:
    """A data set and base built on it, in two orders of the rows."""

    fills: Fills
    before: Mapping[str, Built]
    again: Mapping[str, Built]


def ground(base: Project, data: Mapping[str, Rows]) -> Ground:
    """Build base on a data set: the rows of each source."""
    fills = {each.name: _fill(each, data[each.name]) for each in base.sources}
    reordered = {each.name: _fill(each, data[each.name][::-1]) for each in base.sources}
    return Ground(fills, build(base, fills), build(base, reordered))


def _experiment(edit: Edit, ground: Ground) -> Experiment:
    head = dict(ground.fills)
    if edit.filled:
        listed = ", ".join(edit.filled.values())
        head[edit.thing] = f"SELECT {listed} FROM ({head[edit.thing]})"
    for renamed in {each.name for each in edit.head.sources} - head.keys():
        head[renamed] = head[edit.thing]
    return Experiment(before=ground.before, again=ground.again, head=head)


def _fill(source: Source, rows: Rows) -> str:
    listed = ", ".join(f"({', '.join(row)})" for row in rows)
    names = ", ".join(quoted(each.name) for each in source.columns)
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
