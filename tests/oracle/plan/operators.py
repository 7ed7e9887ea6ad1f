"""Rules of the operators with at most one input, and of set operations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from tests.oracle.plan.cells import (
    EMPTY,
    Cell,
    Json,
    all_ends,
    below,
    cell,
    merged,
    node,
    nodes,
)
from tests.oracle.plan.relation import NO_KEYS, ONE_ROW, Relation

_NONE = 18446744073709551615
"""DuckDB's "no index": the row number of a scan, or a column that is only counted."""


def _get(plan: Json, inputs: list[Relation]) -> Relation:
    """A table scan, or a table function of constants or of the rows before it."""
    data = plan.get("function_data")
    table = node(data).get("table")
    if isinstance(table, str):
        names = cast(list[str], plan["names"])
        indexes = [cast(int, each["index"]) for each in nodes(plan["column_indexes"])]
        return Relation(
            tuple(
                EMPTY if index == _NONE else Cell(frozenset({(table, names[index].lower())}))
                for index in indexes
            )
        )
    if not inputs:
        return Relation(tuple(EMPTY for _ in nodes(plan["column_indexes"])))
    kept = cast(list[int], plan["projected_input"])
    arguments = [each for at, each in enumerate(inputs[0].cells) if at not in kept]
    made = merged(arguments)
    cells = (
        *(made for _ in nodes(plan["column_indexes"])),
        *(inputs[0].cells[at] for at in kept),
    )
    return Relation(cells, inputs[0].rows, inputs[0].tolerated).shaped(made.ends)


def _one_row(plan: Json, inputs: list[Relation]) -> Relation:
    del plan, inputs
    return Relation((EMPTY,), keys=ONE_ROW, single=True)


def _constants(plan: Json, inputs: list[Relation]) -> Relation:
    del inputs
    return Relation(tuple(EMPTY for _ in cast(list[object], plan.get("chunk_types", []))))


def _values(plan: Json, inputs: list[Relation]) -> Relation:
    rows = [below(each) for each in cast(list[object], plan["expressions"])]
    cells = (
        merged(cell(each, inputs[0].cells) for each in column) for column in zip(*rows, strict=True)
    )
    return replace(inputs[0], cells=tuple(cells), keys=NO_KEYS, single=False)


def _projection(plan: Json, inputs: list[Relation]) -> Relation:
    listed = nodes(plan["expressions"])
    places = {
        cast(int, each["index"]): at
        for at, each in enumerate(listed)
        if each["expression_class"] == "BOUND_REF"
    }
    keys = frozenset(
        frozenset(places[at] for at in key) for key in inputs[0].keys if key <= places.keys()
    )
    return replace(
        inputs[0], cells=tuple(cell(each, inputs[0].cells) for each in listed), keys=keys
    )


def _filter(plan: Json, inputs: list[Relation]) -> Relation:
    conditions = all_ends(cell(each, inputs[0].cells) for each in nodes(plan["expressions"]))
    kept = cast(list[int], plan.get("projection_map") or list(range(len(inputs[0].cells))))
    keys = frozenset(
        frozenset(kept.index(at) for at in key) for key in inputs[0].keys if key <= set(kept)
    )
    cells = tuple(inputs[0].cells[at] for at in kept)
    return replace(inputs[0], cells=cells, keys=keys).shaped(conditions)


def _aggregate(plan: Json, inputs: list[Relation]) -> Relation:
    groups = [cell(each, inputs[0].cells) for each in nodes(plan["groups"])]
    made = [cell(each, inputs[0].cells) for each in nodes(plan["expressions"])]
    functions = cast(list[list[int]], plan.get("grouping_functions") or [])
    groupings = [merged(groups[at] for at in asked) for asked in functions]
    sets = len(cast(list[object], plan.get("grouping_sets") or []))
    whole = Relation((*groups, *made, *groupings), inputs[0].rows, inputs[0].tolerated)
    if not groups:
        return replace(whole, keys=ONE_ROW, single=True)
    keys = frozenset({frozenset(range(len(groups)))}) if sets <= 1 else NO_KEYS
    shaping = all_ends(each for each in groups if not each.domain)
    return replace(whole, keys=keys).shaped(shaping)


def _distinct(plan: Json, inputs: list[Relation]) -> Relation:
    targets = [cell(each, inputs[0].cells) for each in nodes(plan["distinct_targets"])]
    order = all_ends(cell(each, inputs[0].cells) for each in below(plan.get("order_by")))
    places = [each.get("index") for each in nodes(plan["distinct_targets"])]
    keys = frozenset({frozenset(cast(int, each) for each in places if each is not None)})
    keys = keys if None not in places else NO_KEYS
    return replace(inputs[0], keys=keys).shaped(all_ends(targets), order)


def union(plan: Json, inputs: list[Relation]) -> Relation:
    del plan  # a chain of UNION ALL is one operator of many inputs
    cells = (merged(column) for column in zip(*(each.cells for each in inputs), strict=True))
    rows = inputs[0].rows.union(*(each.rows for each in inputs))
    tolerated = inputs[0].tolerated.union(*(each.tolerated for each in inputs))
    return Relation(tuple(cells), rows, tolerated)


def _difference(plan: Json, inputs: list[Relation]) -> Relation:
    """EXCEPT and INTERSECT: the left side's values, where both sides' say so."""
    del plan
    left, right = inputs
    compared = all_ends((*left.cells, *right.cells))
    return Relation(left.cells, left.rows | right.rows | compared, left.tolerated | right.tolerated)


def _order(plan: Json, inputs: list[Relation]) -> Relation:
    order = all_ends(cell(each, inputs[0].cells) for each in below(plan["orders"]))
    kept = cast(list[int], plan.get("projections") or list(range(len(inputs[0].cells))))
    return replace(inputs[0], cells=tuple(inputs[0].cells[at] for at in kept), order=order)


def _limit(plan: Json, inputs: list[Relation]) -> Relation:
    bounds = [plan["limit_val"], plan["offset_val"]]
    limits = all_ends(cell(each, inputs[0].cells) for each in below(bounds))
    one = node(plan["limit_val"]).get("constant_integer") == 1
    keys = ONE_ROW if one else inputs[0].keys
    return replace(inputs[0], keys=keys).shaped(inputs[0].order, limits)


def _window(plan: Json, inputs: list[Relation]) -> Relation:
    made = (cell(each, inputs[0].cells) for each in nodes(plan["expressions"]))
    return replace(inputs[0], cells=(*inputs[0].cells, *made))


def _unnest(plan: Json, inputs: list[Relation]) -> Relation:
    listed = nodes(plan["expressions"])
    made = [cell(each, inputs[0].cells) for each in listed]
    lists = [[cell(part, inputs[0].cells) for part in below(each.get("child"))] for each in listed]
    shaping = all_ends(
        each
        for each, parts in zip(made, lists, strict=True)
        if not any(part.fixed for part in parts)
    )
    whole = replace(inputs[0], cells=(*inputs[0].cells, *made), keys=NO_KEYS)
    return whole.shaped(shaping)


OPERATORS: dict[str, Callable[[Json, list[Relation]], Relation]] = {
    "LOGICAL_GET": _get,
    "LOGICAL_DUMMY_SCAN": _one_row,
    "LOGICAL_CHUNK_GET": _constants,
    "LOGICAL_EXPRESSION_GET": _values,
    "LOGICAL_PROJECTION": _projection,
    "LOGICAL_FILTER": _filter,
    "LOGICAL_AGGREGATE_AND_GROUP_BY": _aggregate,
    "LOGICAL_DISTINCT": _distinct,
    "LOGICAL_UNION": union,
    "LOGICAL_EXCEPT": _difference,
    "LOGICAL_INTERSECT": _difference,
    "LOGICAL_ORDER_BY": _order,
    "LOGICAL_LIMIT": _limit,
    "LOGICAL_WINDOW": _window,
    "LOGICAL_UNNEST": _unnest,
}
