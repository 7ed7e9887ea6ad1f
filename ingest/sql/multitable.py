"""One query inserted into several tables: INSERT ALL and FIRST, and Hive's FROM … INSERT."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.flows import Subtype
from ingest.sql.ctes import visible_ctes
from ingest.sql.expressions import condition, flow
from ingest.sql.joins import read
from ingest.sql.lineage import NONE, Origins
from ingest.sql.outputs import Mode, Output
from ingest.sql.queries import bind_query
from ingest.sql.relation import Column, Relation, of_columns
from ingest.sql.scope import Item, Scope
from ingest.sql.tree import child, listed
from ingest.sql.writes import bind_insert, inserted, into, target_of


def bind_multitable(node: Expr, outer: Scope) -> list[Output]:
    """Each INTO is an INSERT of its own."""
    scope = Scope(outer.binding, outer, visible_ctes(node, outer))
    branches = listed(node, "expressions")
    source = node.args["source"]
    if all(isinstance(branch, exp.Insert) for branch in branches):
        return [bind_insert(_with_source(branch, source), scope) for branch in branches]
    relation = bind_query(source, scope)
    scope.items.append(Item("", (), relation))
    read(scope, relation)
    decided = _decided(scope, node, branches)
    return [
        _branch(branch.this, scope, relation, by)
        for branch, by in zip(branches, decided, strict=True)
    ]


def _with_source(branch: Expr, source: Expr) -> Expr:
    """`FROM t INSERT … SELECT a`: the SELECT reads t."""
    if isinstance(branch.expression, exp.Select):
        branch.expression.set("from_", exp.From(this=source.copy()))
    return branch


def _decided(scope: Scope, node: Expr, branches: list[Expr]) -> list[Origins]:
    """A WHEN decides which rows its tables get; ELSE and FIRST depend on those before it, too."""
    found: list[Origins] = []
    seen = current = NONE
    for branch in branches:
        test = child(branch, "expression")
        current = condition(test, scope, Subtype.FILTER) if test is not None else current
        seen |= current
        earlier = branch.args.get("else_") or node.args.get("kind") == "FIRST"
        found.append(seen if earlier else current)
    return found


def _branch(node: Expr, scope: Scope, relation: Relation, decided: Origins) -> Output:
    table, names = into(node.this)
    stored = target_of(scope, table)
    values = child(node, "expression")
    given = _values(values, scope, relation) if isinstance(values, exp.Values) else relation
    columns = inserted(scope, node, stored, names, given)
    rows = relation.rows._replace(indirect=relation.rows.indirect | decided)
    return Output(stored.table, columns, rows, Mode.APPEND)


def _values(node: Expr, scope: Scope, relation: Relation) -> Relation:
    """VALUES over the source's columns."""
    parts = [
        part
        for row in node.expressions
        for part in (row.expressions if isinstance(row, exp.Tuple) else [row])
    ]
    return of_columns([Column("", "", flow(part, scope)) for part in parts], relation.rows)
