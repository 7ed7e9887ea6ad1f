"""Subqueries inside expressions: scalar, EXISTS, IN; half of them correlated."""

from __future__ import annotations

from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.expressions import column, condition, expression
from tests.oracle.grammar.origins import table
from tests.oracle.grammar.schema import Kind
from tests.oracle.grammar.scope import Context, Scope, outer_reference


def scalar(ctx: Context, outer: Scope) -> str:
    """An integer: an aggregate of a table, or its first row in an order."""
    ctx.note(Construct.SCALAR_SUBQUERY)
    inner = table(ctx)
    scope = Scope(inner.scope.sources, outer=outer)
    value = _own(ctx, scope, Kind.INT)
    if ctx.draw.chance(0.3):
        value = f"{value} + {expression(ctx, scope, Kind.INT, 0)}"
    where = _where(ctx, scope)
    if ctx.draw.chance(0.25):
        order = _own(ctx, scope, Kind.INT)
        return f"(SELECT {value} FROM {inner.sql}{where} ORDER BY {order} LIMIT 1)"
    if ctx.draw.chance(0.2):
        return f"(SELECT count(*) FROM {inner.sql}{where})"
    return f"(SELECT {ctx.draw.pick(('max', 'sum', 'min'))}({value}) FROM {inner.sql}{where})"


def predicate(ctx: Context, outer: Scope) -> str:
    """An EXISTS or IN condition, or a comparison with a scalar subquery."""
    return ctx.draw.pick((exists, within, _compared))(ctx, outer)


def exists(ctx: Context, outer: Scope) -> str:
    ctx.note(Construct.EXISTS)
    inner = table(ctx)
    scope = Scope(inner.scope.sources, outer=outer)
    word = ctx.draw.pick(("EXISTS", "NOT EXISTS"))
    listed = ctx.draw.pick(("1", "*", _own(ctx, scope, Kind.INT)))
    return f"{word} (SELECT {listed} FROM {inner.sql}{_where(ctx, scope)})"


def within(ctx: Context, outer: Scope) -> str:
    ctx.note(Construct.IN_SUBQUERY)
    inner = table(ctx)
    scope = Scope(inner.scope.sources, outer=outer)
    tested = column(ctx, outer, Kind.INT) or "1"
    word = ctx.draw.pick(("IN", "IN", "NOT IN"))
    value = _own(ctx, scope, Kind.INT)
    return f"{tested} {word} (SELECT {value} FROM {inner.sql}{_where(ctx, scope)})"


def _compared(ctx: Context, outer: Scope) -> str:
    tested = column(ctx, outer, Kind.INT) or "1"
    return f"{tested} {ctx.draw.pick(('=', '<', '>='))} {scalar(ctx, outer)}"


def _own(ctx: Context, scope: Scope, kind: Kind) -> str:
    """A column of the subquery's own table."""
    return column(ctx, Scope(scope.sources), kind) or "1"


def _where(ctx: Context, scope: Scope) -> str:
    """A correlation, a plain condition, both or none."""
    parts: list[str] = []
    outer = outer_reference(ctx, scope, (Kind.INT,)) if ctx.draw.chance(0.6) else None
    if outer is not None:
        parts.append(f"{_own(ctx, scope, Kind.INT)} {ctx.draw.pick(('=', '=', '<='))} {outer}")
    if ctx.draw.chance(0.4):
        parts.append(condition(ctx, Scope(scope.sources), 0))
    return f" WHERE {' AND '.join(parts)}" if parts else ""
