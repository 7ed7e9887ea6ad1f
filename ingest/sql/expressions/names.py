"""Names in an expression: columns, fields, stars, and what stands for a column by its number."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.expressions.flow import Rule, flow, transformed
from ingest.sql.fields import field_of, has_no_fields
from ingest.sql.lineage import (
    EMPTY,
    Lineage,
    merged,
    of_source,
    through,
)
from ingest.sql.relation import Column, all_columns, everything, find, unknown
from ingest.sql.resolution import item_of, resolve, resolve_parts, unqualified
from ingest.sql.scope import Scope, problem
from ingest.sql.tree import dotted, listed


def _column(node: Expr, scope: Scope) -> Lineage:
    if isinstance(node.this, exp.Star):
        return _rows_of_item(node, scope)
    if node.args.get("table") is None and scope.locals and isinstance(node.this, Identifier):
        local = scope.locals.get(scope.binding.rules.key(node.this))
        if local is not None:
            return local
    if not isinstance(node.this, Identifier):
        return _numbered(node, scope)
    column = resolve(scope, node)
    return column.lineage if column is not None else EMPTY


def _numbered(node: Expr, scope: Scope) -> Lineage:
    """`t.$2` is the second column of a relation."""
    parameter = node if isinstance(node, exp.Parameter) else node.this
    place = parameter.name if isinstance(parameter, exp.Parameter) else ""
    qualifier = listed(node, "table")
    names = [name for name in qualifier if isinstance(name, Identifier)]
    item = item_of(scope, names) if names else next(iter(scope.items), None)
    if item is None or not place.isdigit():
        return EMPTY
    if item.relation.stored is not None and item.relation.stored.numbered:
        return of_source(item.relation.stored.table.source(f"${place}"))
    columns = all_columns(item.relation)
    if 1 <= int(place) <= len(columns):
        return columns[int(place) - 1].lineage
    return unknown(item.relation)


def _positional(node: Expr, scope: Scope) -> Lineage:
    """`#2` is the second column of FROM."""
    columns = [column for item in scope.items for column in all_columns(item.relation)]
    place = int(node.name)
    if place > len(columns):
        return merged([unknown(item.relation) for item in scope.items])
    scope.binding.columns[id(node)] = columns[place - 1]
    return columns[place - 1].lineage


def _parameter(node: Expr, scope: Scope) -> Lineage:
    """`$2` may be a column by its number; else it is a value from outside."""
    return _numbered(node, scope) if scope.binding.rules.numbered_columns else EMPTY


def _rows_of_item(node: Expr, scope: Scope) -> Lineage:
    item = item_of(scope, dotted(node))
    if item is None:
        return EMPTY
    return through(everything(item.relation), Subtype.TRANSFORMATION)


def _star(_node: Expr, scope: Scope) -> Lineage:
    return through(
        merged([everything(item.relation) for item in scope.items]), Subtype.TRANSFORMATION
    )


def _local(node: Expr, scope: Scope) -> Lineage:
    """A bare identifier is a parameter of a lambda, or no reference at all."""
    if not scope.locals or not isinstance(node, Identifier):
        return EMPTY
    return scope.locals.get(scope.binding.rules.key(node), EMPTY)


def _nothing(_node: Expr, _scope: Scope) -> Lineage:
    return EMPTY


def _as_it_is(node: Expr, scope: Scope) -> Lineage:
    return flow(node.this, scope)


def _collated(node: Expr, scope: Scope) -> Lineage:
    """A collation is a name, but none of a column."""
    return through(flow(node.this, scope), Subtype.TRANSFORMATION)


def _argument(node: Expr, scope: Scope) -> Lineage:
    """`name := value`: the name is none of a column."""
    return flow(node.expression, scope)


def _dotted(node: Expr, scope: Scope) -> Lineage:
    """`a.b.f(x).g`: a name, then fields, calls chained onto it, or `*`."""
    base, steps = _dots(node)
    names = dotted(base) or _item_in_brackets(base, scope)
    if names and (local := scope.locals.get(scope.binding.rules.key(names[0]))) is not None:
        parts = [flow(step, scope) for step in steps if not isinstance(step, Identifier)]
        return through(merged([local, *parts]), Subtype.TRANSFORMATION)
    while names and steps and isinstance(step := steps[0], Identifier):
        names.append(step)
        steps = steps[1:]
    lineage = _name_before_calls(names, steps, scope, node) if names else flow(base, scope)
    if not names and steps and isinstance(name := steps[0], Identifier):
        _check_field(base, name, scope)
    parts = [lineage, *[flow(step, scope) for step in steps if not isinstance(step, Identifier)]]
    return through(merged(parts), Subtype.TRANSFORMATION) if steps else lineage


def _item_in_brackets(base: Expr, scope: Scope) -> list[Identifier]:
    """`(t).a` is a column of the item `t`, unless a column is called so, too."""
    inner = base.unnest() if isinstance(base, exp.Paren) else None
    names = dotted(inner) if isinstance(inner, exp.Column) else []
    if len(names) != 1 or item_of(scope, names) is None:
        return []
    key = scope.binding.rules.key(names[0])
    taken = any(find(item.relation, key) for item in scope.items)
    return [] if taken else names


def _check_field(base: Expr, name: Identifier, scope: Scope) -> None:
    """`list[1].a`: a plain value has no fields."""
    if has_no_fields(scope.binding.type_of(base, scope), scope):
        message = f'There is no field "{name.this}" in what stands before it.'
        problem(scope.binding, Code.UNKNOWN_COLUMN, name, message)


def _dots(node: Expr) -> tuple[Expr, list[Expr]]:
    steps: list[Expr] = []
    while isinstance(node, exp.Dot):
        steps.append(node.expression)
        node = node.this
    return node, steps[::-1]


def _name_before_calls(
    names: list[Identifier], steps: list[Expr], scope: Scope, node: Expr
) -> Lineage:
    if not steps:
        column = resolve_parts(scope, names, node)
        return column.lineage if column else EMPTY
    rules = scope.binding.rules
    if not rules.chained_functions and steps[0].name.lower() not in rules.methods:
        return EMPTY  # the schema of a function
    of_item = len(names) > 1 and item_of(scope, names[:-1]) is not None
    known = of_item or unqualified(scope, names[0]) is not None
    column = resolve_parts(scope, names, node) if known else None
    return column.lineage if column else EMPTY


def _bracket(node: Expr, scope: Scope) -> Lineage:
    """`column['field']` of a struct is that field; all else is made of column and index."""
    base, keys = node.this, node.expressions
    if isinstance(base, exp.Column) and len(keys) == 1 and keys[0].is_string:
        column = resolve(scope, base) if isinstance(base.this, Identifier) else None
        if column is not None and column.type is not None:
            inner = field_of(column, exp.Identifier(this=keys[0].name, quoted=True), scope)
            if inner is not None and inner.type is not None:
                return inner.lineage
        if column is not None:
            return through(column.lineage, Subtype.TRANSFORMATION)
    return transformed(node, scope)


def column_of(node: Expr, scope: Scope) -> Column | None:
    """The column that an expression names and is nothing but; it was bound before."""
    inner = node.unnest() if isinstance(node, exp.Paren) else node
    named = isinstance(inner, (exp.Column, exp.PositionalColumn))
    return scope.binding.columns.get(id(inner)) if named else None


RULES: dict[type[Expr], Rule | None] = {
    exp.Column: _column,
    exp.Identifier: _local,
    exp.Dot: _dotted,
    exp.Bracket: _bracket,
    exp.Star: _star,
    exp.Literal: _nothing,
    exp.Null: _nothing,
    exp.Boolean: _nothing,
    exp.Var: _nothing,
    exp.DataType: _nothing,
    exp.JSONPath: _nothing,
    exp.Placeholder: _nothing,
    exp.TableAlias: _nothing,
    exp.Parameter: _parameter,
    exp.PositionalColumn: _positional,
    exp.Collate: _collated,
    exp.Alias: _as_it_is,
    exp.PivotAlias: _as_it_is,
    exp.Paren: _as_it_is,
    exp.Ordered: _as_it_is,
    exp.PropertyEQ: _argument,
    exp.Kwarg: _argument,
}
