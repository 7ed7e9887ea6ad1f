"""ORDER BY and LIMIT: an order decides only which rows a LIMIT leaves."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.expressions import conditions, flow
from ingest.sql.grouping import by_position
from ingest.sql.lineage import (
    NONE,
    Lineage,
    Origins,
    deciding,
)
from ingest.sql.relation import (
    Relation,
    everything,
    find,
)
from ingest.sql.rules import Aliases
from ingest.sql.scope import Scope, clause
from ingest.sql.tree import child, listed


def bind_order(scope: Scope, node: Expr, relation: Relation) -> None:
    """An order decides only which rows a LIMIT leaves; it is bound in any case."""
    keys = order_keys(scope, child(node, "order"), relation)
    limits = [*listed(node, "limit"), *listed(node, "offset")]
    if limits:
        scope.visible = Aliases.HIDDEN
        scope.shaping |= keys | conditions(limits, scope, Subtype.FILTER)


def order_keys(scope: Scope, order: object, relation: Relation) -> Origins:
    if not isinstance(order, Expr):
        return NONE
    found = NONE
    for key in order.expressions:
        inner = key.this if isinstance(key, exp.Ordered) else key
        found |= deciding(order_key(scope, inner, relation), Subtype.SORT, clause(scope, key))
    return found


def order_key(scope: Scope, node: Expr, relation: Relation) -> Lineage:
    """A bare name is an output column first; `ALL` is all of them.

    DISTINCT ON is read by the same rules (https://www.postgresql.org/docs/current/sql-select.html).
    """
    column = by_position(scope, node, relation.columns, relation.opens)
    if column is not None:
        return column.lineage
    if isinstance(node, exp.Var) and node.name.upper() == "ALL":
        return everything(relation)
    if isinstance(node, exp.Column) and node.args.get("table") is None:
        named = find(relation, scope.binding.rules.key(node.this)) if _plain(node) else []
        if named:
            return named[0].lineage
    scope.visible = scope.binding.rules.in_order_by_expressions
    return flow(node, scope)


def _plain(node: exp.Column) -> bool:
    return isinstance(node.this, Identifier)
