"""PIVOT and UNPIVOT, as a clause of a FROM item and as a statement."""

from __future__ import annotations

import itertools

from sqlglot import exp
from sqlglot.expressions import DataType, Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.expressions import conditions, flow
from ingest.sql.lineage import (
    ABSORBED,
    EMPTY,
    NONE,
    Lineage,
    Origins,
    conditioned,
    deciding,
    merged,
)
from ingest.sql.relation import Column, Relation, all_columns, of_columns
from ingest.sql.scope import Item, Scope, clause
from ingest.sql.tree import child, listed
from ingest.sql.types.expressions import type_of
from ingest.sql.types.kinds import TEXT
from ingest.sql.types.mixing import all_forced


def pivoted(outer: Scope, pivot: Expr, relation: Relation) -> Relation:
    """What a PIVOT or UNPIVOT makes of a relation."""
    scope = Scope(outer.binding, outer, outer.ctes, [Item("", (), relation)], locals=outer.locals)
    scope.feeding = set(relation.rows.direct)
    scope.shaping = set(relation.rows.indirect)
    scope.given = set(relation.rows.given)
    return _unpivot(scope, pivot, relation) if pivot.args.get("unpivot") else _pivot(scope, pivot)


def _pivot(scope: Scope, pivot: Expr) -> Relation:
    """Rows are grouped by what is neither aggregated nor spread (or by GROUP BY)."""
    fields = listed(pivot, "fields") or pivot.expressions  # of the clause; of the statement
    statement = not listed(pivot, "fields")
    spread = [field.this if isinstance(field, exp.In) else field for field in fields]
    aggregates = listed(pivot, "using") if statement else pivot.expressions
    counted: Expr = exp.Count(this=exp.Star())
    aggregates = aggregates or [counted]
    keys = conditions(spread, scope, Subtype.CONDITIONAL)
    values = [conditioned(flow(part, scope), keys) for part in aggregates]
    kept = _group_columns(scope, pivot, [*spread, *aggregates])
    at = clause(scope, pivot)
    grouping = NONE.union(*[deciding(column.lineage, Subtype.GROUP_BY, at) for column in kept])
    told = listed(pivot, "columns") if statement or _listed(fields) else []
    names = told or _spread_names(fields, aggregates)
    types = [type_of(part, scope) for part in aggregates]
    columns = kept + _value_columns(scope, names, values, types)
    grouped = of_columns(columns, _grouped(scope, grouping))
    if not _listed(fields):  # the names come from the data
        grouped.otherwise = merged(values)
    grouped.opens = tuple(item.relation for item in scope.items if item.relation.open)
    return grouped


def _listed(fields: list[Expr]) -> bool:
    return all(
        isinstance(field, exp.In)
        and field.expressions
        and not any(isinstance(one, exp.PivotAny) for one in field.expressions)
        for field in fields
    )


def _grouped(scope: Scope, keys: Origins) -> Lineage:
    fed = frozenset(
        [(source, Subtype.AGGREGATION, marks | ABSORBED) for source, _, marks in scope.feeding]
    )
    return Lineage(fed, frozenset(scope.shaping | keys), frozenset(scope.given))


def _group_columns(scope: Scope, pivot: Expr, used: list[Expr]) -> list[Column]:
    group = child(pivot, "group")
    relation = scope.items[0].relation
    if isinstance(group, Expr):
        bound = [(flow(part, scope), part) for part in group.expressions]
        return [
            scope.binding.columns.get(id(part)) or Column(part.name, part.name.lower(), value)
            for value, part in bound
        ]
    taken = {
        (column.root, column.key)
        for part in used
        for name in part.find_all(exp.Column)
        if (column := scope.binding.columns.get(id(name))) is not None
    }
    return [column for column in all_columns(relation) if (column.root, column.key) not in taken]


def _value_columns(
    scope: Scope, names: list[Expr], values: list[Lineage], types: list[DataType | None]
) -> list[Column]:
    """One column for each combination of values, and in it for each aggregate."""
    rules = scope.binding.rules
    return [
        Column(name.name, rules.key(name), values[place % len(values)], types[place % len(types)])
        for place, name in enumerate(names)
        if isinstance(name, Identifier)
    ]


def _spread_names(fields: list[Expr], aggregates: list[Expr]) -> list[Expr]:
    """How DuckDB names what its PIVOT statement makes; the parser knows it for the clause."""
    if not _listed(fields):
        return []
    combined = itertools.product(*[field.expressions for field in fields])
    suffixes = [
        f"_{one.alias}" if one.alias else f"_{one.sql('duckdb').lower()}" for one in aggregates
    ]
    if len(aggregates) == 1 and not aggregates[0].alias:
        suffixes = [""]
    return [
        exp.Identifier(this="_".join(_value_name(one) for one in values) + suffix, quoted=True)
        for values in combined
        for suffix in suffixes
    ]


def _value_name(node: Expr) -> str:
    return node.alias if isinstance(node, exp.PivotAlias) else node.name


def _unpivot(scope: Scope, pivot: Expr, relation: Relation) -> Relation:
    """Columns become rows: a name column without a source, and value columns made of them."""
    into = child(pivot, "into")
    fields = listed(pivot, "fields")
    if isinstance(into, Expr):
        name, targets, sources = into.this, into.expressions, pivot.expressions
    elif fields:
        name, targets, sources = fields[0].this, pivot.expressions, fields[0].expressions
        targets = targets[0].expressions if isinstance(targets[0], exp.Tuple) else targets
    else:
        return relation
    groups = [_group(source) for source in sources]
    lineages = [[flow(part, scope) for part in group] for group in groups]
    taken = {
        (column.root, column.key)
        for group in groups
        for part in group
        if (column := scope.binding.columns.get(id(part))) is not None
    }
    kept = [column for column in all_columns(relation) if (column.root, column.key) not in taken]
    made = [Column(*_named(scope, name), EMPTY, TEXT)]
    for place, target in enumerate(targets):
        value = merged([group[place] for group in lineages if place < len(group)])
        type_ = all_forced(type_of(group[place], scope) for group in groups if place < len(group))
        made.append(Column(*_named(scope, target), value, type_))
    result = of_columns(kept + made, _unpivoted_rows(scope, pivot, made))
    result.opens = relation.opens or ((relation,) if relation.stored and relation.open else ())
    return result


def _group(source: Expr) -> list[Expr]:
    inner = source.this if isinstance(source, exp.PivotAlias) else source
    return inner.expressions if isinstance(inner, exp.Tuple) else [inner]


def _named(scope: Scope, node: Expr) -> tuple[str, str]:
    inner = node.this if isinstance(node, exp.Column) else node
    key = scope.binding.rules.key(inner) if isinstance(inner, Identifier) else inner.name.lower()
    return node.name, key


def _unpivoted_rows(scope: Scope, pivot: Expr, made: list[Column]) -> Lineage:
    """Each row becomes as many as there are columns; those without a value are left out mostly."""
    at = clause(scope, pivot)
    dropped = NONE.union(*[deciding(column.lineage, Subtype.FILTER, at) for column in made])
    shaping = scope.shaping if pivot.args.get("include_nulls") else scope.shaping | dropped
    return Lineage(frozenset(scope.feeding), frozenset(shaping), frozenset(scope.given))
