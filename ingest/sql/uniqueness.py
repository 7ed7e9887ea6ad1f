"""What is proven unique among the rows of a SELECT."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.expressions import column_of
from ingest.sql.relation import (
    Column,
    Numbering,
)
from ingest.sql.scope import Scope
from ingest.sql.selected import numbering
from ingest.sql.tree import child, conjuncts


def unique_keys(
    scope: Scope,
    node: Expr,
    group: list[Column | None] | None,
    *,
    single: bool,
    columns: list[Column],
) -> list[frozenset[Column]]:
    limit = child(node, "limit")
    if single or (isinstance(limit, Expr) and limit.expression and limit.expression.name == "1"):
        return [frozenset()]
    roots = {column.root for column in columns}
    keys: list[frozenset[Column]] = []
    if group is not None:
        held = [column.root for column in group if column is not None]
        keys = [frozenset(held)] if len(held) == len(group) else []
    elif len(scope.items) == 1:
        numbered = [one.keys for one in deduplicated(scope, node)]
        keys = [*scope.items[0].relation.keys, *numbered]
    distinct = child(node, "distinct")
    if distinct is not None:
        on = child(distinct, "on")
        keys += [frozenset(roots)] if on is None else _chosen_by(scope, on)
    return [key for key in keys if key <= roots]


def _chosen_by(scope: Scope, on: Expr) -> list[frozenset[Column]]:
    """The columns of DISTINCT ON are a key, if they are all columns."""
    keys: list[Expr] = on.expressions if isinstance(on, exp.Tuple) else [on.unnest()]
    found = [column_of(key, scope) for key in keys]
    known = [column.root for column in found if column is not None]
    return [frozenset(known)] if len(known) == len(keys) else []


def deduplicated(scope: Scope, node: Expr) -> list[Numbering]:
    """`row_number() over (partition by k …) = 1` leaves one row for each k."""
    found: list[Numbering] = []
    for clause in (child(node, "where"), child(node, "qualify")):
        for part in conjuncts(clause.this) if isinstance(clause, Expr) else ():
            if isinstance(part, exp.EQ) and part.expression.name == "1":
                column = scope.binding.columns.get(id(part.this))
                key = column.root.numbers if column is not None else numbering(part.this, scope)
                found += [key] if key is not None else []
    return found
