"""MATCH_RECOGNIZE: rows in an order, and what is measured of those that match a pattern."""

from __future__ import annotations

import re

from sqlglot.expressions import Expr

from ingest.flows import Subtype
from ingest.sql.expressions import column_of, conditions, flow
from ingest.sql.lineage import Lineage
from ingest.sql.relation import Column, Relation, all_columns, of_columns
from ingest.sql.scope import Item, Scope
from ingest.sql.tree import child, listed
from ingest.sql.types.expressions import type_of

_WORD = re.compile(r"\w+")


def matched(scope: Scope, node: Expr, item: Item) -> Item:
    """What MATCH_RECOGNIZE makes of an item: its keys or all of its columns, and the measures."""
    rules = scope.binding.rules
    inner = Scope(
        scope.binding,
        Scope(scope.binding, scope.parent, scope.ctes, _variables(scope, node, item)),
        scope.ctes,
        [item],
        locals=scope.locals,
    )
    keys = [*listed(node, "partition_by"), *_order(node)]
    decides = conditions(keys, inner, Subtype.WINDOW)
    tests = [one.this for one in listed(node, "define")]
    decides |= conditions(tests, inner, Subtype.FILTER)
    columns = _kept(inner, node, item.relation)
    for one in listed(node, "measures"):
        name, value = one.this.args["alias"], one.this.this
        made = Column(name.name, rules.key(name), flow(value, inner), type_of(value, inner), value)
        columns.append(made)
    rows = item.relation.rows
    relation = of_columns(columns, Lineage(rows.direct, rows.indirect | decides, rows.given))
    if _all_rows(node) and item.relation.open:
        relation.opens = (item.relation,)
    alias = child(node, "alias")
    return Item(rules.key(alias.this), (), relation) if alias else Item("", (), relation)


def _variables(scope: Scope, node: Expr, item: Item) -> list[Item]:
    """A variable of the pattern (`a.price`) stands for rows of the item."""
    named = [one.args["alias"].name for one in listed(node, "define")]
    pattern = child(node, "pattern")
    words = {*named, *_WORD.findall(pattern.name if pattern is not None else "")}
    keys = sorted({scope.binding.rules.folded(one, quoted=False) for one in words})
    return [Item(key, (), item.relation) for key in keys]


def _order(node: Expr) -> list[Expr]:
    order = child(node, "order")
    return order.expressions if order is not None else []


def _all_rows(node: Expr) -> bool:
    rows = child(node, "rows")
    return rows is not None and rows.name.upper().startswith("ALL ROWS")


def _kept(inner: Scope, node: Expr, relation: Relation) -> list[Column]:
    if _all_rows(node):
        return list(all_columns(relation))
    found = [column_of(one, inner) for one in listed(node, "partition_by")]
    return [column for column in found if column is not None]
