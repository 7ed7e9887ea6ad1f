"""Calls: functions, aggregates with what belongs to them, and windows."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.expressions.flow import Rule, condition, conditions, flow, transformed
from ingest.sql.functions import (
    MASKING,
    NAVIGATION,
    RANKING,
    UNNESTING,
    absorbs_copies,
    counts_rows,
    is_aggregate,
    is_masking,
)
from ingest.sql.lineage import (
    ABSORBED,
    EMPTY,
    MASKED,
    NONE,
    PLAIN,
    Lineage,
    at_clause,
    conditioned,
    deciding,
    merged,
    through,
)
from ingest.sql.relation import Column
from ingest.sql.scope import Scope, clause
from ingest.sql.tree import child, children, listed


def _call(node: Expr, scope: Scope) -> Lineage:
    """A function that may be an aggregate."""
    if is_aggregate(node):
        value = _aggregate(node, scope, Subtype.GROUP_BY)
        _level(node, scope).aggregated = True
        return value
    value = transformed(node, scope)
    return through(value, Subtype.TRANSFORMATION, MASKED) if is_masking(node) else value


def _level(node: Expr, scope: Scope) -> Scope:
    """The query that an aggregate belongs to: the innermost whose columns it takes."""
    columns = [
        column
        for part in node.find_all(exp.Column)
        if (column := scope.binding.columns.get(id(part))) is not None
    ]
    level: Scope | None = scope
    while columns and level is not None:
        if any(_is_of(column, level) for column in columns):
            return level
        level = level.parent
    return scope


def _is_of(column: Column, scope: Scope) -> bool:
    found = (item.relation.index.get(column.key, ()) for item in scope.items)
    return any(one is column for columns in found for one in columns) or (
        scope.merged.get(column.key) is column
    )


def _aggregate(node: Expr, scope: Scope, rows: Subtype) -> Lineage:
    """Values of many rows make one: so the rows that there are decide, or are counted."""
    if counts_rows(node):
        counted = [(source, Subtype.AGGREGATION, marks) for source, _, marks in scope.feeding]
        return Lineage(frozenset(counted), NONE, NONE)
    value = merged([_aggregated_argument(part, scope) for part in children(node)])
    marks = ABSORBED if absorbs_copies(node) else PLAIN
    deciders = frozenset(
        [
            (source, how, marks | marked)
            for source, how, marked in at_clause(scope.feeding, rows, clause(scope, node))
        ]
    )
    masked = MASKED if is_masking(node) else PLAIN
    return conditioned(through(value, Subtype.AGGREGATION, masked), deciders)


def _aggregated_argument(node: Expr, scope: Scope) -> Lineage:
    """An aggregate's own ORDER BY decides; DISTINCT and LIMIT only stand around the value."""
    if isinstance(node, exp.Order):
        value = flow(node.this, scope) if isinstance(node.this, Expr) else EMPTY
        return conditioned(value, conditions(node.expressions, scope, Subtype.SORT))
    if isinstance(node, exp.Limit):
        return _aggregated_argument(node.this, scope) if isinstance(node.this, Expr) else EMPTY
    return flow(node, scope)


def _filtered(node: Expr, scope: Scope) -> Lineage:
    return _of_wrapped(node, scope, flow)


def _of_wrapped(node: Expr, scope: Scope, inner: Rule) -> Lineage:
    """FILTER and WITHIN GROUP around a function."""
    value = inner(node.this, scope)
    rest = child(node, "expression")
    if isinstance(node, exp.Filter) and rest is not None:
        return conditioned(value, condition(rest.this, scope, Subtype.FILTER))
    if isinstance(node, exp.WithinGroup) and isinstance(rest, exp.Order):
        if node.this.find(exp.Column):  # the function has a value: only its order is told here
            return conditioned(value, conditions(rest.expressions, scope, Subtype.SORT))
        ordered = merged([flow(key, scope) for key in rest.expressions])
        return merged([value, through(ordered, Subtype.AGGREGATION)])
    return value


def _windowed(node: Expr, scope: Scope) -> Lineage:
    """The function's value flows; the window's keys, and the rows in it, decide."""
    value = _over(node.this, scope)
    return conditioned(value, conditions(_window_keys(node, scope), scope, Subtype.WINDOW))


def _over(node: Expr, scope: Scope) -> Lineage:
    if isinstance(node, (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)):
        return _of_wrapped(node, scope, _over)
    if is_aggregate(node):
        return _aggregate(node, scope, Subtype.WINDOW)
    rows = frozenset(at_clause(scope.feeding, Subtype.WINDOW, clause(scope, node)))
    value = EMPTY if isinstance(node, RANKING) else transformed(node, scope)
    return conditioned(value, rows)


def _window_keys(node: Expr, scope: Scope) -> list[Expr]:
    """The keys of a window and of the named ones that it builds on."""
    keys: list[Expr] = []
    seen: set[str] = set()
    window: Expr | None = node
    while window is not None:
        keys.extend(listed(window, "partition_by"))
        order = child(window, "order")
        keys.extend(order.expressions if order is not None else [])
        base = child(window, "alias")
        name = base.name.lower() if isinstance(base, Identifier) else ""
        window = scope.windows.get(name) if name not in seen else None
        seen.add(name)
    return keys


def _unnested(node: Expr, scope: Scope) -> Lineage:
    """A list in the SELECT list makes rows: it decides which there are."""
    value = transformed(node, scope)
    scope.shaping |= deciding(value, Subtype.FILTER, clause(scope, node))
    return value


RULES: dict[type[Expr], Rule | None] = {
    exp.Filter: _filtered,
    exp.WithinGroup: _filtered,
    exp.Window: _windowed,
    exp.Anonymous: _call,
    **dict.fromkeys(UNNESTING, _unnested),
    **dict.fromkeys((*RANKING, *NAVIGATION), None),
    **dict.fromkeys(MASKING, _call),
}
BY_BASE: list[tuple[type[object], Rule]] = [(exp.AggFunc, _call)]
