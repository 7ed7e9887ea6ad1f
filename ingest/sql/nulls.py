"""Which rows of a table play no part: those that lack a column that a condition wants."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.relation import Column
from ingest.sql.scope import Binding
from ingest.sql.tree import child, conjuncts, identifier, listed, not_null, word

_REJECTING = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Like, exp.ILike)
"""Conditions that do not hold for what is NULL."""


def required(binding: Binding) -> Iterator[tuple[str, set[str]]]:
    """Give, for each mention of a table, the keys of columns that must not be NULL.

    A condition counts where the table itself is read: there it holds before anything is counted.
    """
    wanted = {
        column for select in binding.bound.nodes.values() for column in _wanted(select, binding)
    }
    for mention in binding.bound.stored.values():
        if mention.stored is not None:
            keys = {key for key, found in mention.index.items() if found[0] in wanted}
            yield mention.stored.table.name or "", keys


def _wanted(select: Expr, binding: Binding) -> set[Column]:
    where, first = child(select, "where"), child(select, "from_")
    found = set(_roots(where.this, binding)) if where is not None else set[Column]()
    own = _columns(first.this, binding) if first is not None else set[Column]()
    for join in listed(select, "joins"):
        right = _columns(join.this, binding)
        found |= _joined(join, own, right, binding)
        own |= right
    return found & own


def _columns(node: Expr, binding: Binding) -> set[Column]:
    """The columns of a FROM element that is a table itself, as far as anything names them."""
    relation = binding.bound.stored.get(id(node))
    return {one[0] for one in relation.index.values()} if relation is not None else set[Column]()


def _joined(join: Expr, left: set[Column], right: set[Column], binding: Binding) -> set[Column]:
    """The condition of an inner join wants both sides, that of a LEFT JOIN the right one."""
    side = word(join, "side")
    if side in {"RIGHT", "FULL"} or word(join, "kind") == "ANTI":
        return set()
    on = child(join, "on")
    found = set(_roots(on, binding)) if on is not None else set[Column]()
    keys = {binding.rules.key(identifier(name)) for name in listed(join, "using")}
    found |= {column for column in left | right if column.key in keys}
    return found & right if side == "LEFT" else found


def _roots(node: Expr, binding: Binding) -> Iterator[Column]:
    return (column.root for column in rejected(node, binding))


def rejected(node: Expr, binding: Binding) -> Iterator[Column]:
    """Give the columns, as they are named, that a condition wants not to be NULL."""
    for part in conjuncts(node):
        yield from _in_condition(part, binding)


def _in_condition(node: Expr, binding: Binding) -> Iterator[Column]:
    sides: list[object] = []
    if isinstance(node, _REJECTING):
        sides = [node.this, node.expression]
    elif isinstance(node, (exp.In, exp.Between)):
        sides = [node.this]
    elif (inner := not_null(node)) is not None:
        sides = [inner]
    for side in sides:
        column = binding.columns.get(id(side))
        if column is not None and isinstance(side, exp.Column):
            yield column
