"""What INSERT, UPDATE, DELETE and MERGE return: to the query around them, or into a table."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.sql.lineage import ANY_COLUMN, EMPTY, Lineage, of_source
from ingest.sql.outputs import Mode, Output
from ingest.sql.projections import project
from ingest.sql.relation import NOTHING, Column, Relation, Stored, of_columns, of_stored
from ingest.sql.resolution import item_of
from ingest.sql.scope import Item, Scope
from ingest.sql.tree import child, dotted
from ingest.sql.writes import inserted, into, target_of


def returned(node: Expr, outer: Scope, output: Output) -> Relation:
    """RETURNING: the target's columns as they are afterwards, and those of tables beside it."""
    clause = child(node, "returning")
    if clause is None:
        return NOTHING
    table = into(node.this)[0]
    scope = outer.binding.bound.writes.get(id(node)) or Scope(outer.binding, outer, outer.ctes)
    named = item_of(scope, dotted(table))
    stored = named.relation.stored if named is not None else None
    stored = stored or target_of(outer, table)
    added = isinstance(node, exp.Insert)
    after = _afterwards(stored, output, added=added)
    if scope.binding.rules.output_clause:
        changed = [Item("inserted", (), after), Item("deleted", (), of_stored(stored))]
        scope.items = [*changed, *scope.items]
    else:
        item = _item(table, scope, after)
        scope.items = [item, *[other for other in scope.items if other.key != item.key]]
    projection = project(scope, clause.expressions)
    kept = of_source(stored.table.source())
    rows = output.rows if added else Lineage(kept.direct, frozenset(scope.shaping), kept.given)
    relation = of_columns(projection.columns, rows)
    relation.opens = tuple(projection.opens)
    return relation


def output_into(node: Expr, outer: Scope, output: Output) -> list[Output]:
    """`OUTPUT … INTO t`: what is returned is added to another table."""
    clause = child(node, "returning")
    target = child(clause, "into") if clause is not None else None
    if target is None or isinstance(target, Identifier):  # a variable
        return []
    relation = returned(node, outer, output)
    table, names = into(target)
    stored = target_of(outer, table)
    columns = inserted(outer, target, stored, names, relation)
    return [Output(stored.table, columns, relation.rows, Mode.APPEND, named=target)]


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
