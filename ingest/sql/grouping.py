"""GROUP BY: its keys in every form, and what a query with groups may show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.expressions import column_of, flow
from ingest.sql.functions import is_aggregate
from ingest.sql.lineage import (
    NONE,
    Origins,
    deciding,
    merged,
)
from ingest.sql.relation import Column, Relation, unknown
from ingest.sql.scope import Scope, clause, problem
from ingest.sql.stars import Projection
from ingest.sql.tree import child, children, listed, unwrapped

_AROUND = (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)


def check_grouped(scope: Scope, nodes: list[Expr], keys: list[Expr | Column]) -> None:
    """Tell the first column that is neither grouped nor aggregated, in text order.

    `nodes`: what the query shows, without stars; `keys`: expressions, or columns by position.
    """
    own = {
        id(one) for item in scope.items for found in item.relation.index.values() for one in found
    }
    own |= {id(one) for one in scope.merged.values()}
    known = [column for key in keys for column in _columns(key, scope)]
    grouped = {_identity(column) for column in known}
    written = [key for key in keys if isinstance(key, Expr)]
    written += [column.node for column in known if column.node is not None]  # by place or alias
    for node in _shown(nodes, written):
        column = scope.binding.columns.get(id(node))
        if column is None or _is_grouped(column, grouped):
            continue
        if id(column) in own or id(_outermost(column)) in own:
            message = f'"{node.name}" is neither grouped nor aggregated.'
            problem(scope.binding, Code.TYPE, node, message)
            return


def _columns(key: Expr | Column, scope: Scope) -> Iterator[Column]:
    if isinstance(key, Column):
        yield key
    elif isinstance(key, exp.Column):
        column = scope.binding.columns.get(id(key))
        if column is not None:
            yield column


def _outermost(column: Column) -> Column:
    while column.root.within is not None:
        column = column.root.within
    return column


def _identity(column: Column) -> tuple[object, ...]:
    """Two mentions of one field of a column are one, whatever they are called."""
    root = column.root
    if root.within is not None:
        return (*_identity(root.within), root.key)
    return (id(root),)


def _is_grouped(column: Column, grouped: set[tuple[object, ...]]) -> bool:
    one: Column | None = column
    while one is not None:
        if _identity(one) in grouped:
            return True
        one = one.root.within
    return False


def _shown(nodes: list[Expr], keys: list[Expr]) -> Iterator[Expr]:
    """The columns of the query's own level that stand outside of aggregates and keys."""
    stack = nodes[::-1]
    while stack:
        node = stack.pop()
        if any(type(node) is type(key) and node == key for key in keys):
            continue
        if isinstance(node, exp.Column):
            yield node
        elif isinstance(node, exp.Window):
            stack += _of_window(node)
        elif isinstance(node, _AROUND) and is_aggregate(_innermost(node)):
            continue
        elif not (is_aggregate(node) or isinstance(node, (exp.Query, exp.Lambda, exp.Columns))):
            stack += list(children(node))[::-1]


def _innermost(node: Expr) -> Expr:
    while isinstance(node, _AROUND):
        node = node.this
    return node


def _of_window(node: Expr) -> list[Expr]:
    """A window goes over the groups: what its function takes must be grouped, too."""
    order = child(node, "order")
    keys = [*listed(node, "partition_by"), *(order.expressions if order is not None else ())]
    return [*keys, *children(_innermost(node.this))]


def check_shown(scope: Scope, node: Expr, group: Expr | None, projection: Projection) -> None:
    """Look at what is shown; what stars and COLUMNS stand for is looked at by nobody."""
    if group is not None and group.args.get("all"):
        return
    keys: list[Expr | Column] = []
    for part in group_parts(group) if group is not None else ():
        place = int(part.name) if isinstance(part, exp.Literal) and part.name.isdigit() else 0
        keys += projection.columns[place - 1 : place] if place else [part]
    having = child(node, "having")
    shown = [one.unalias() for one in node.expressions if not one.is_star]
    check_grouped(scope, shown + ([having.this] if having is not None else []), keys)


def repeated(scope: Scope, group: Expr, projection: Projection) -> Origins:
    """What only repeats rows does not matter to groups that are told by the other columns."""
    keys = _key_columns(scope, group, projection)
    silent = NONE
    for item, origins in scope.repeating:
        own = {column for found in item.relation.index.values() for column in found}
        if own.isdisjoint(keys):
            silent |= origins
    return silent


def _key_columns(scope: Scope, group: Expr, projection: Projection) -> set[Column]:
    """The columns that GROUP BY reads."""
    if group.args.get("all"):
        nodes = [column.node or column for column in projection.columns]
        plain = {one for one in nodes if isinstance(one, Column)}
        parts = [one for one in nodes if isinstance(one, Expr)]
    else:
        plain, parts = set[Column](), group_parts(group)
        for part in parts:
            if isinstance(part, exp.Literal) and part.name.isdigit():
                plain.update(projection.columns[int(part.name) - 1 : int(part.name)])
        parts = [*parts, *[one.node for one in plain if one.node is not None]]
    for part in parts:
        for name in part.find_all(exp.Column):
            column = scope.binding.columns.get(id(name))
            if column is not None:
                plain.add(column)
    return plain | {column.root for column in plain}


def bind_groups(scope: Scope, group: Expr, projection: Projection) -> list[Column | None]:
    """Bind GROUP BY: its keys decide; gives the output columns that hold them (None: no column)."""
    if group.args.get("all"):
        chosen = [
            column
            for place, column in enumerate(projection.columns)
            if place not in projection.aggregates
        ]
        for column in chosen:
            at = clause(scope, column.node or group)
            scope.shaping |= deciding(column.lineage, Subtype.GROUP_BY, at)
        return list[Column | None](chosen)
    scope.visible = scope.binding.rules.in_group_by
    return [_group_key(scope, part, projection) for part in group_parts(group)]


def group_parts(group: Expr) -> list[Expr]:
    """The keys, those within ROLLUP, CUBE and GROUPING SETS too."""
    parts: list[Expr] = []
    stack: list[Expr] = [*group.expressions]
    for name in ("rollup", "cube", "grouping_sets"):
        found = group.args.get(name)
        parts_of = cast("list[object]", found) if isinstance(found, list) else []
        stack += [part for part in parts_of if isinstance(part, Expr)]
    while stack:
        part: Expr = stack.pop()
        if isinstance(part, (exp.Rollup, exp.Cube, exp.GroupingSets, exp.Tuple)):
            stack += listed(part, "expressions")
        else:
            parts.append(unwrapped(part))
    return parts[::-1]


def _group_key(scope: Scope, node: Expr, projection: Projection) -> Column | None:
    column = by_position(scope, node, projection.columns, projection.opens)
    if column is None:
        value = flow(node, scope)
        scope.shaping |= deciding(value, Subtype.GROUP_BY, clause(scope, node))
        named = column_of(node, scope)
        return named or next(
            (
                found
                for found in projection.columns
                if found.node is not None and found.node == node
            ),
            None,
        )
    at = clause(scope, column.node or node)
    scope.shaping |= deciding(column.lineage, Subtype.GROUP_BY, at)
    return column


def by_position(
    scope: Scope, node: Expr, columns: Sequence[Column], opens: Iterable[Relation] = ()
) -> Column | None:
    """`1` in GROUP BY and ORDER BY is the first output column."""
    if not isinstance(node, exp.Literal) or node.is_string or not node.name.isdigit():
        return None
    place = int(node.name)
    if 1 <= place <= len(columns):
        return columns[place - 1]
    if not opens:
        problem(scope.binding, Code.ARITY, node, f"There is no output column {place}.")
        return None
    return Column("", "", merged([unknown(one) for one in opens]))
