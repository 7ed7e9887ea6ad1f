"""The type of an expression whose names are bound; what does not mix is told as a problem.

The rules stand in `names`, `conversions` and `calls`; here they are put together, and operators.
"""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import DataType, Expr

from ingest.sql.scope import Scope
from ingest.sql.types import arithmetic, calls, conversions, names
from ingest.sql.types.calls import told
from ingest.sql.types.conversions import convert, fitting, mix
from ingest.sql.types.kinds import (
    BOOLEAN,
    TEXT,
)
from ingest.sql.types.parts import Rule, is_text, refuse, written


def type_of(node: Expr, scope: Scope) -> DataType | None:
    """Give the type of an expression whose names are visible in `scope`; None: not known.

    Chains of operators are as long as somebody writes them, so their left spine is unrolled.
    """
    spine: list[Expr] = []
    while isinstance(node, _OPERATORS):
        spine.append(node)
        node = node.this
    found = _once(node, scope)
    for operator in reversed(spine):
        found = scope.binding.types[id(operator)] = _operation(operator, found, scope)
    return found


def _once(node: Expr, scope: Scope) -> DataType | None:
    """Each expression is typed once, but for one that stands for several (COLUMNS)."""
    known = scope.binding.types
    if scope.spread is None and id(node) in known:
        return known[id(node)]
    found = known[id(node)] = _rule_of(type(node))(node, scope)
    return found


def _rule_of(kind: type[Expr]) -> Rule:
    rule = _RULES.get(kind)
    if rule is None:
        rule = next((rule for base, rule in _BY_BASE if issubclass(kind, base)), told)
        _RULES[kind] = rule
    return rule


def _operation(node: Expr, left: DataType | None, scope: Scope) -> DataType | None:
    right = type_of(node.expression, scope)
    if isinstance(node, _ARITHMETIC):
        return _arithmetic(node, left, right, scope)
    if isinstance(node, _ORDERED) or isinstance(node.expression, (exp.Any, exp.All)):
        mix([node.this, node.expression], [left, right], scope, node)
    elif isinstance(node, (exp.EQ, exp.NEQ)):
        convert(node.this, left, right, scope)
        convert(node.expression, right, left, scope)
    return TEXT if isinstance(node, exp.DPipe) else BOOLEAN


def _arithmetic(
    node: Expr, left: DataType | None, right: DataType | None, scope: Scope
) -> DataType | None:
    if left is None or right is None or is_text(node.this) or is_text(node.expression):
        return None
    found = arithmetic.result(
        node,
        fitting(node.this, left, right),
        fitting(node.expression, right, left),
        scope.binding.rules,
    )
    if found is None:
        refuse(node, scope, f"{written(left)} and {written(right)} cannot be calculated with.")
    return found


_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod)
_ORDERED = (exp.GT, exp.GTE, exp.LT, exp.LTE)
_OPERATORS = (
    *_ARITHMETIC,
    *_ORDERED,
    exp.EQ,
    exp.NEQ,
    exp.NullSafeEQ,
    exp.NullSafeNEQ,
    exp.And,
    exp.Or,
    exp.DPipe,
)
_RULES: dict[type[Expr], Rule] = {**names.RULES, **conversions.RULES, **calls.RULES}
_BY_BASE: tuple[tuple[type[object], Rule], ...] = ((exp.Query, names.of_subquery),)
