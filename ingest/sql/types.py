"""The type of an expression, where it can be told without guessing."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import DataType, Expr

from ingest.sql.scope import Scope, resolve_parts


def type_of(node: Expr, scope: Scope) -> DataType | None:
    """Give the type of an expression whose names are visible in `scope`; None: not known."""
    if isinstance(node, exp.Column):
        return _of_column(node, scope)
    if isinstance(node, exp.Cast):
        return node.to
    if isinstance(node, (exp.Paren, exp.Alias)):
        return type_of(node.this, scope)
    if isinstance(node, (exp.Bracket, exp.Explode)) and isinstance(node.this, Expr):
        return element_of(type_of(node.this, scope))
    return None


def element_of(kind: DataType | None) -> DataType | None:
    """The type of a list's elements."""
    if kind is None or not kind.is_type(DataType.Type.ARRAY, DataType.Type.LIST):
        return None
    inner = kind.expressions[0] if kind.expressions else None
    return inner if isinstance(inner, DataType) else None


def _of_column(node: exp.Column, scope: Scope) -> DataType | None:
    known = scope.binding.columns.get(id(node))
    if known is not None:
        return known.type
    parts = [part for part in node.parts if isinstance(part, exp.Identifier)]
    before = len(scope.binding.told.problems)
    column = resolve_parts(scope, parts, node) if len(parts) == len(node.parts) else None
    del scope.binding.told.problems[before:]  # they are told when the expression itself is bound
    return column.type if column is not None else None
