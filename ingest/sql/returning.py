"""INSERT, UPDATE and DELETE within WITH: what they return to the query around them."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.lineage import ANY_COLUMN, EMPTY, Lineage, of_source
from ingest.sql.outputs import Output
from ingest.sql.projections import project
from ingest.sql.relation import NOTHING, Column, Relation, Stored, of_columns
from ingest.sql.scope import Item, Scope
from ingest.sql.tree import child, dotted
from ingest.sql.writes import into, target_of


def returned(node: Expr, outer: Scope, output: Output) -> Relation:
    """RETURNING: the target's columns as they are afterwards, and those of tables beside it."""
    clause = child(node, "returning")
    if clause is None:
        return NOTHING
    table = into(node.this)[0]
    stored = target_of(outer, table)
    added = isinstance(node, exp.Insert)
    scope = outer.binding.bound.writes.get(id(node)) or Scope(outer.binding, outer, outer.ctes)
    item = _item(table, scope, _afterwards(stored, output, added=added))
    scope.items = [item, *[other for other in scope.items if other.key != item.key]]
    projection = project(scope, clause.expressions)
    kept = of_source(stored.table.source())
    rows = output.rows if added else Lineage(kept.direct, frozenset(scope.shaping), kept.given)
    relation = of_columns(projection.columns, rows)
    relation.opens = tuple(projection.opens)
    return relation


def _item(table: Expr, scope: Scope, relation: Relation) -> Item:
    alias, rules = child(table, "alias"), scope.binding.rules
    if alias is not None:
        return Item(rules.key(alias.this), (), relation)
    keys = tuple(rules.key(part) for part in reversed(dotted(table)))
    return Item(keys[0] if keys else "", keys, relation)


def _afterwards(stored: Stored, output: Output, *, added: bool) -> Relation:
    """A column is what was written to it; else what it was, which of added rows is nothing."""
    written = {column.key: column for column in output.columns}
    columns = [
        written.pop(key, None) or Column(name, key, _before(stored, name, added=added), type_)
        for key, (name, type_) in (stored.columns or {}).items()
    ]
    relation = of_columns([*columns, *written.values()], output.rows)
    if stored.columns is None:
        relation.otherwise = _before(stored, ANY_COLUMN, added=added)
    return relation


def _before(stored: Stored, name: str, *, added: bool) -> Lineage:
    return EMPTY if added else of_source(stored.table.source(name))
