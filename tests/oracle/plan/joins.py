"""Rules of the joins: which sides' conditions and rows shape the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from tests.oracle.answer import End
from tests.oracle.plan.cells import NOTHING, Cell, Json, all_ends, below, cell, node, nodes
from tests.oracle.plan.relation import NO_KEYS, Positions, Relation

_CORRELATED = "COMPARE_NOT_DISTINCT_FROM"
"""How DuckDB compares a correlated subquery's result with the row that it is for."""

_EQUAL = ("COMPARE_EQUAL", _CORRELATED)


def _join(plan: Json, inputs: list[Relation]) -> Relation:
    """Any join with conditions: of comparisons of both sides, or of anything over both."""
    left, right = inputs
    kind = cast(str, plan["join_type"])
    conditions = _conditions(plan, left, right)
    if kind == "MARK":
        return _marked(plan, left, right)
    right = _replaced(plan, left, right)
    if kind in ("SEMI", "ANTI"):
        made = left.shaped(conditions, right.rows)
        return replace(made, cells=_kept(plan, "left_projection_map", left.cells))
    if kind == "SINGLE" or (kind == "LEFT" and _meets_one(plan, right)):
        made = _looked_up(left, right, conditions)
    elif kind == "RIGHT" and _meets_one(plan, left, side="left"):
        made = _looked_up(right, left, conditions)
        made = replace(
            made, cells=(*made.cells[len(right.cells) :], *made.cells[: len(right.cells)])
        )
    else:
        made = _both(left, right, conditions)
    return replace(
        made,
        cells=(
            *_kept(plan, "left_projection_map", made.cells[: len(left.cells)]),
            *_kept(plan, "right_projection_map", made.cells[len(left.cells) :]),
        ),
    )


def _conditions(plan: Json, left: Relation, right: Relation) -> frozenset[End]:
    """The columns of the conditions, but for those that only carry a correlation along."""
    if "condition" in plan:
        return cell(node(plan["condition"]), (*left.cells, *right.cells)).ends
    found: list[Cell] = []
    for each in nodes(plan["conditions"]):
        sides = _sides(each, left, right)
        if not _carries(sides):
            found += sides
    return all_ends(found)


def _carries(sides: list[Cell]) -> bool:
    """Whether this only brings a correlated subquery's result back to the row it is for."""
    return sides[0].outer != "" and sides[0].outer == sides[-1].outer and len(sides) == 2


def _sides(condition: Json, left: Relation, right: Relation) -> list[Cell]:
    if not condition.get("right"):
        return [cell(each, (*left.cells, *right.cells)) for each in below(condition)]
    return [
        cell(node(condition["left"]), left.cells),
        cell(node(condition["right"]), right.cells),
    ]


def _replaced(plan: Json, left: Relation, right: Relation) -> Relation:
    """A subquery where a column of its own stands for one of the enclosing query that it equals."""
    cells = right.cells
    for each in nodes(plan.get("conditions")):
        sides = _sides(each, left, right)
        if _carries(sides):  # from here on its values are those of the rows, no longer a domain
            cells = tuple(replace(cell, domain=False) for cell in cells)
        if each.get("comparison") == _CORRELATED and not _carries(sides):
            equal = all_ends(sides)
            cells = tuple(
                replace(cell, either=cell.either | equal) if cell.direct & equal else cell
                for cell in cells
            )
    return replace(right, cells=cells)


def _meets_one(plan: Json, looked_up: Relation, side: str = "right") -> bool:
    """Whether each row of the other side finds at most one row of this one."""
    if plan["type"] == "LOGICAL_ASOF_JOIN" or frozenset[int]() in looked_up.keys:
        return True
    equalities = [
        node(each[side])
        for each in nodes(plan.get("conditions"))
        if each.get("comparison") in _EQUAL
    ]
    met = frozenset(cast(int, each["index"]) for each in equalities if "index" in each)
    return any(key <= met for key in looked_up.keys)


def _looked_up(kept: Relation, looked_up: Relation, conditions: frozenset[End]) -> Relation:
    """Rows stay what they are: conditions and rows of the one side enter its columns only."""
    reasons = conditions | looked_up.rows
    return replace(
        kept,
        cells=(*kept.cells, *looked_up.given(reasons)),
        tolerated=kept.tolerated | looked_up.tolerated | reasons,
        single=False,
    )


def _both(left: Relation, right: Relation, conditions: frozenset[End]) -> Relation:
    return Relation(
        (*left.cells, *right.cells),
        left.rows | right.rows | conditions,
        left.tolerated | right.tolerated,
    )


def _marked(plan: Json, left: Relation, right: Relation) -> Relation:
    """Whether the right side has a match becomes a column: the tested value, given the rest."""
    tested = NOTHING
    reasons = right.rows | right.tolerated
    for each in nodes(plan["conditions"]):
        sides = _sides(each, left, right)
        if _carries(sides):
            continue
        carried = each.get("comparison") == _CORRELATED
        tested = tested if carried else tested | sides[0].direct
        reasons = reasons.union(*(side.ends for side in sides))
    return replace(left, cells=(*left.cells, Cell(tested, reasons)), tolerated=left.tolerated)


def _cross(plan: Json, inputs: list[Relation]) -> Relation:
    """A product; a side of exactly one row (an ungrouped aggregate) multiplies nothing."""
    del plan
    left, right = inputs
    if right.single:
        made = _looked_up(left, right, NOTHING)
        return replace(made, single=left.single)
    if left.single:
        made = _looked_up(right, left, NOTHING)
        width = len(right.cells)
        keys = frozenset(_moved(key, len(left.cells)) for key in right.keys)
        return replace(made, cells=(*made.cells[width:], *made.cells[:width]), keys=keys)
    return replace(_both(left, right, NOTHING), keys=NO_KEYS)


def _moved(key: Positions, by: int) -> Positions:
    return frozenset(at + by for at in key)


def _kept(plan: Json, side: str, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    kept = cast(list[int], plan.get(side) or [])
    return tuple(cells[at] for at in kept) if kept else cells


JOINS: dict[str, Callable[[Json, list[Relation]], Relation]] = {
    "LOGICAL_COMPARISON_JOIN": _join,
    "LOGICAL_ANY_JOIN": _join,
    "LOGICAL_ASOF_JOIN": _join,
    "LOGICAL_CROSS_PRODUCT": _cross,
    "LOGICAL_POSITIONAL_JOIN": _cross,
}
