"""The types of names and literals, of what they hold, and of what is put together from them."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import DataType, DType, Expr

from ingest.sql.fields import members_of
from ingest.sql.relation import all_columns
from ingest.sql.resolution import resolve_parts
from ingest.sql.scope import Scope
from ingest.sql.tree import dotted
from ingest.sql.types.conversions import mixed_parts
from ingest.sql.types.kinds import (
    BIGINT,
    DOUBLE,
    HUGEINT,
    INTEGER,
    NULL,
    TEXT,
    WIDEST,
    decimal,
    element_of,
    kind_of,
    list_of,
)
from ingest.sql.types.parts import Rule, type_of


def _column(node: Expr, scope: Scope) -> DataType | None:
    known = scope.binding.columns.get(id(node))
    if known is not None:
        return known.type
    parts = dotted(node)
    if scope.locals or not parts or isinstance(node.this, exp.Star):
        return None
    before = len(scope.binding.told.problems)
    column = resolve_parts(scope, parts, node)
    del scope.binding.told.problems[before:]  # they are told when the expression itself is bound
    return column.type if column is not None else None


def _literal(node: Expr, _scope: Scope) -> DataType | None:
    text = node.name
    if node.is_string:
        return TEXT
    if text.isdigit():
        number = int(text) if len(text) <= WIDEST else 0
        return next((t for t, bits in _SIZES if number < 1 << bits), HUGEINT)
    whole, _, behind = text.partition(".")
    if "e" in text.lower() or not (whole + behind).isdigit():
        return DOUBLE
    width = len(whole.lstrip("0")) + len(behind)
    return decimal(max(width, 1), len(behind)) if width <= WIDEST else DOUBLE


_SIZES = ((INTEGER, 31), (BIGINT, 63))


def _dotted(node: Expr, scope: Scope) -> DataType | None:
    """`(struct).field`."""
    inner = type_of(node.this, scope)
    members = members_of(inner)
    name = node.expression
    if members is None or not isinstance(name, exp.Identifier):
        return None
    return next((kind for member, kind in members if member.lower() == name.name.lower()), None)


def _bracket(node: Expr, scope: Scope) -> DataType | None:
    inner = type_of(node.this, scope)
    if inner is not None and kind_of(inner) == DType.TEXT:
        return TEXT
    if any(isinstance(part, exp.Slice) for part in node.expressions):
        return inner
    key = node.expressions[0] if node.expressions else None
    members = members_of(inner)
    if members is not None and key is not None and key.is_string:
        return next((kind for name, kind in members if name.lower() == key.name.lower()), None)
    return element_of(inner)


def _element(node: Expr, scope: Scope) -> DataType | None:
    """`explode(list)`, `unnest(list)`."""
    inner = node.this if isinstance(node.this, Expr) else next(iter(node.expressions), None)
    return element_of(type_of(inner, scope)) if inner is not None else None


def _spread(_node: Expr, scope: Scope) -> DataType | None:
    return scope.spread.type if scope.spread is not None else None


def of_subquery(node: Expr, scope: Scope) -> DataType | None:
    """A scalar subquery has the type of its only column."""
    relation = scope.binding.values.get(id(node))
    columns = all_columns(relation) if relation is not None else []
    return columns[0].type if len(columns) == 1 else None


def _array(node: Expr, scope: Scope) -> DataType | None:
    found = mixed_parts(node.expressions, scope, node)
    return list_of(found) if found is not None else None


def _struct(node: Expr, scope: Scope) -> DataType | None:
    fields: list[Expr] = []
    for part in node.expressions:
        name = part.this if isinstance(part, exp.PropertyEQ) else part.args.get("alias")
        inner = type_of(part.expression if isinstance(part, exp.PropertyEQ) else part, scope)
        if inner is None or not isinstance(name, Expr):
            return None
        spelled = exp.to_identifier(name.name)
        fields.append(exp.ColumnDef(this=spelled, kind=inner.copy()))
    return DataType(this=DType.STRUCT, expressions=fields, nested=True)


def _null(_node: Expr, _scope: Scope) -> DataType | None:
    return NULL


RULES: dict[type[Expr], Rule] = {
    exp.Column: _column,
    exp.Literal: _literal,
    exp.Null: _null,
    exp.Dot: _dotted,
    exp.Bracket: _bracket,
    exp.Explode: _element,
    exp.Unnest: _element,
    exp.Columns: _spread,
    exp.Array: _array,
    exp.Struct: _struct,
}
