"""What an item of FROM is called, and its columns behind an alias with a list of names."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.sql.errors import Code
from ingest.sql.functions import UNNESTING
from ingest.sql.relation import (
    Column,
    Relation,
    all_columns,
    renamed,
    unknown,
    with_columns,
)
from ingest.sql.scope import Item, Scope, problem
from ingest.sql.tree import dotted, identifier, listed


def aliased(scope: Scope, node: Expr, alias: Expr | None, relation: Relation) -> Item:
    """What the item is called, and its columns after an alias with a column list."""
    rules = scope.binding.rules
    pivots = listed(node, "pivots")
    if pivots and isinstance(pivots[-1].args.get("alias"), Expr):
        alias = pivots[-1].args["alias"]
    names = listed(alias, "columns") if isinstance(alias, exp.TableAlias) else []
    if alias is not None and names and not isinstance(node, (*UNNESTING, exp.Lateral)):
        relation = under_names(scope, relation, names, alias)
    if not rules.duplicates_ambiguous:
        relation = numbered_duplicates(relation)
    if isinstance(alias, exp.TableAlias):
        if isinstance(alias.this, Identifier):
            return Item(rules.key(alias.this), (), relation)
        if names:
            return Item("", (), relation)
    if isinstance(node, exp.Table) and isinstance(node.this, Identifier):
        keys = tuple(rules.key(part) for part in reversed(dotted(node)))
        return Item(keys[0] if keys else "", keys, relation)
    return Item(_function_name(node), (), relation)


def _function_name(node: Expr) -> str:
    call = node.this if isinstance(node, exp.Table) else node
    if isinstance(call, exp.Anonymous):
        return call.name.lower()
    return "unnest" if isinstance(call, UNNESTING) else ""


def numbered_duplicates(relation: Relation) -> Relation:
    """DuckDB calls the second column `a` of a derived table `a_1`."""
    if all(len(found) == 1 for found in relation.index.values()):
        return relation
    columns: list[Column] = []
    seen: dict[str, int] = {}
    for column in relation.columns:
        times = seen[column.key] = seen.get(column.key, -1) + 1
        suffix = f"_{times}" if times and column.key else ""
        columns.append(
            renamed(column, column.name + suffix, column.key + suffix) if suffix else column
        )
    return with_columns(relation, columns)


def under_names(scope: Scope, relation: Relation, names: list[Expr], alias: Expr) -> Relation:
    """`t(a, b)`: the first columns get these names; the others keep theirs."""
    columns = list(all_columns(relation))
    if len(names) > len(columns):
        if not relation.open:
            message = f'"{alias.name}" has {len(columns)} columns, but {len(names)} names.'
            problem(scope.binding, Code.ARITY, alias, message)
        missing = len(names) - len(columns) if relation.open else 0
        columns += [Column("", "", unknown(relation)) for _ in range(missing)]
    rules = scope.binding.rules
    spelled = [identifier(name) for name in names]
    changed = [
        renamed(column, name.name, rules.key(name))
        for name, column in zip(spelled, columns, strict=False)
    ]
    result = with_columns(relation, changed + columns[len(names) :])
    if relation.otherwise is not None:  # of a function: these are all
        result.otherwise = None
    return result
