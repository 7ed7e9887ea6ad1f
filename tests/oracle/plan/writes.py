"""Rules of what writes: what flows into the columns and rows of a table or file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from tests.oracle.plan.cells import Cell, Json, all_ends, below, cell, merged, node, nodes
from tests.oracle.plan.relation import Relation


@dataclass(frozen=True)
class Written:
    """The target's columns that are written, and what flows into them and into its rows."""

    names: tuple[str, ...]
    flow: Relation


def _columns(plan: Json) -> list[str]:
    listed = node(node(plan["table_info"])["columns"])["columns"]
    return [cast(str, each["name"]) for each in nodes(listed)]


def _insert(plan: Json, source: Relation) -> Written:
    return Written(tuple(_columns(plan)), source)


def _update(plan: Json, source: Relation) -> Written:
    """What decides which rows are updated conditions the columns that are set."""
    names = _columns(plan)
    cells = (cell(each, source.cells).given(source.rows) for each in nodes(plan["expressions"]))
    return Written(
        tuple(names[at] for at in cast(list[int], plan["columns"])),
        Relation(tuple(cells), tolerated=source.tolerated),
    )


def _delete(plan: Json, source: Relation) -> Written:
    del plan
    return Written((), replace(source, cells=()))


def _merge(plan: Json, source: Relation) -> Written:
    """Every branch's values, by column; conditions of branches and of the match shape it all."""
    names = _columns(plan)
    found: dict[str, list[Cell]] = {}
    branches = [branch for group in nodes(plan["actions"]) for branch in nodes(group["value"])]
    for branch in branches:
        listed = cast(list[int], branch["columns"]) or range(len(names))
        for at, value in zip(listed, nodes(branch["expressions"]), strict=False):
            found.setdefault(names[at], []).append(cell(value, source.cells))
    conditions = all_ends(
        cell(each, source.cells) for branch in branches for each in below(branch["condition"])
    )
    flow = replace(source, cells=tuple(merged(each) for each in found.values()))
    return Written(tuple(found), flow.shaped(conditions))


def _create(plan: Json, source: Relation) -> Written:
    """CREATE TABLE … AS."""
    listed = node(node(plan["info"])["columns"])["columns"]
    return Written(tuple(cast(str, each["name"]) for each in nodes(listed)), source)


def _copy(plan: Json, source: Relation) -> Written:
    """COPY … TO a file."""
    return Written(tuple(cast(list[str], plan["names"])), source)


WRITES: dict[str, Callable[[Json, Relation], Written]] = {
    "LOGICAL_INSERT": _insert,
    "LOGICAL_UPDATE": _update,
    "LOGICAL_DELETE": _delete,
    "LOGICAL_MERGE_INTO": _merge,
    "LOGICAL_CREATE_TABLE": _create,
    "LOGICAL_COPY_TO_FILE": _copy,
}
