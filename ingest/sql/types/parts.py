"""What the rules of expressions share: they ask each other through the binding."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sqlglot import exp
from sqlglot.expressions import DataType, Expr

from ingest.sql.errors import Code, Problem
from ingest.sql.scope import Scope
from ingest.sql.spans import extent

Rule: TypeAlias = Callable[[Expr, Scope], DataType | None]
"""How one kind of expression is typed."""
NO_VALUES = (exp.Identifier, exp.Var, exp.DataType, exp.Star, exp.Query, exp.WindowSpec)
"""Parts that have no type."""


def type_of(node: Expr, scope: Scope) -> DataType | None:
    """Give the type of a part of the expression that is being typed."""
    return scope.binding.type_of(node, scope)


def refuse(node: Expr, scope: Scope, message: str) -> None:
    """Tell what does not mix, where that is known of the dialect."""
    if scope.binding.rules.types_checked:
        scope.binding.told.problems.append(Problem(extent(node), Code.TYPE, message))


def written(type_: DataType) -> str:
    """Give a type as people write it."""
    return type_.sql("duckdb")


def is_text(node: Expr) -> bool:
    """A text as written takes the type of what it meets."""
    return isinstance(node, exp.Literal) and node.is_string
