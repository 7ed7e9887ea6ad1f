"""What an aggregate query may show: keys of its GROUP BY, and aggregates."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.errors import Code
from ingest.sql.functions import is_aggregate
from ingest.sql.relation import Column
from ingest.sql.scope import Scope, problem
from ingest.sql.tree import child, children, listed

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
        if id(column) in own or (column.within is not None and id(_outermost(column)) in own):
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
    while column.within is not None:
        column = column.within
    return column


def _identity(column: Column) -> tuple[object, ...]:
    """Two mentions of one field of a column are one."""
    if column.within is not None:
        return (*_identity(column.within), column.key)
    return (id(column.root),)


def _is_grouped(column: Column, grouped: set[tuple[object, ...]]) -> bool:
    one: Column | None = column
    while one is not None:
        if _identity(one) in grouped:
            return True
        one = one.within
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
