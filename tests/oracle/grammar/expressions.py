"""Typed scalar expressions over a scope."""

from __future__ import annotations

from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.data import present
from tests.oracle.grammar.schema import Kind, quoted
from tests.oracle.grammar.scope import Context, Scope, outer_reference, reference

SCALARS = (Kind.INT, Kind.TEXT, Kind.NUM, Kind.DATE, Kind.BOOL)
_NUMBERS = (Kind.INT, Kind.NUM)


def column(ctx: Context, scope: Scope, *kinds: Kind) -> str | None:
    """A reference to any column of one of these kinds (sometimes of the enclosing query)."""
    if scope.outer is not None and ctx.draw.chance(0.3):
        correlated = outer_reference(ctx, scope, kinds)
        if correlated is not None:
            return correlated
    places = scope.places(kinds)
    if not places:
        return None
    source, chosen = ctx.draw.pick(places)
    return reference(ctx, scope, source, chosen)


def expression(ctx: Context, scope: Scope, kind: Kind, size: int = 2) -> str:
    """An expression of that kind, of at most `size` nested operations."""
    leaf = column(ctx, scope, kind)
    if size <= 0 or ctx.draw.chance(0.35):
        return leaf or present(ctx.draw, kind)
    if ctx.draw.chance(0.15):
        return _case(ctx, scope, kind, size - 1)
    match kind:
        case Kind.INT:
            return _integer(ctx, scope, size - 1)
        case Kind.NUM:
            return f"({expression(ctx, scope, kind, size - 1)} + {_integer(ctx, scope, size - 1)})"
        case Kind.TEXT:
            return _text(ctx, scope, size - 1)
        case Kind.BOOL:
            return condition(ctx, scope, size - 1)
        case Kind.DATE:
            return f"coalesce({leaf or 'NULL'}, {present(ctx.draw, kind)})"
        case Kind.INTS:
            return _lambda(ctx, scope, size - 1)
        case Kind.STRUCT:
            parts = [expression(ctx, scope, each, size - 1) for each in (Kind.TEXT, Kind.INT)]
            return f"{{'lang': {parts[0]}, 'size': {parts[1]}}}"
        case _:
            return leaf or present(ctx.draw, kind)


def condition(ctx: Context, scope: Scope, size: int = 2) -> str:
    """A boolean expression that depends on at least one column where there is one."""
    if size > 1 and ctx.draw.chance(0.3):
        parts = (condition(ctx, scope, size - 2) for _ in range(2))
        return f"({ctx.draw.pick((' AND ', ' OR ')).join(parts)})"
    kind = ctx.draw.pick((Kind.INT, Kind.INT, Kind.TEXT, Kind.DATE, Kind.NUM))
    leaf = column(ctx, scope, kind) or expression(ctx, scope, Kind.INT, 0)
    kind = kind if scope.places((kind,)) else Kind.INT
    match ctx.draw.count(0, 4):
        case 0:
            return f"{leaf} IS {ctx.draw.pick(('', 'NOT '))}NULL"
        case 1:
            return f"{leaf} IN ({present(ctx.draw, kind)}, {present(ctx.draw, kind)})"
        case 2:
            return f"{leaf} BETWEEN {present(ctx.draw, kind)} AND {present(ctx.draw, kind)}"
        case _:
            other = expression(ctx, scope, kind, size - 1)
            return f"{leaf} {ctx.draw.pick(('=', '<>', '<', '>='))} {other}"


def _case(ctx: Context, scope: Scope, kind: Kind, size: int) -> str:
    ctx.note(Construct.CASE)
    then = expression(ctx, scope, kind, size)
    other = expression(ctx, scope, kind, size)
    if ctx.draw.chance(0.3) and scope.places((Kind.TEXT,)):
        subject = column(ctx, scope, Kind.TEXT)
        return f"CASE {subject} WHEN {present(ctx.draw, Kind.TEXT)} THEN {then} ELSE {other} END"
    return f"CASE WHEN {condition(ctx, scope, size)} THEN {then} ELSE {other} END"


def _integer(ctx: Context, scope: Scope, size: int) -> str:
    field = _nested(ctx, scope)
    if field is not None and ctx.draw.chance(0.4):
        return field
    left = expression(ctx, scope, Kind.INT, size)
    match ctx.draw.count(0, 4):
        case 0:
            return f"abs({left})"
        case 1:
            return f"length({expression(ctx, scope, Kind.TEXT, size)})"
        case 2:
            return f"coalesce({left}, {expression(ctx, scope, Kind.INT, size)})"
        case _:
            return f"({left} {ctx.draw.pick('+-*')} {expression(ctx, scope, Kind.INT, size)})"


def _text(ctx: Context, scope: Scope, size: int) -> str:
    inner = expression(ctx, scope, Kind.TEXT, size)
    match ctx.draw.count(0, 4):
        case 0:
            return f"upper({inner})"
        case 1:
            leaf = column(ctx, scope, Kind.TEXT)
            return f"{leaf}.lower()" if leaf is not None and "." in leaf else f"lower({inner})"
        case 2:
            return f"({inner} || {expression(ctx, scope, Kind.TEXT, size)})"
        case 3:
            return f"CAST({expression(ctx, scope, Kind.INT, size)} AS VARCHAR)"
        case _:
            return f"coalesce({inner}, {present(ctx.draw, Kind.TEXT)})"


def _nested(ctx: Context, scope: Scope) -> str | None:
    """An integer inside a nested column."""
    places = scope.places((Kind.STRUCT, Kind.INTS, Kind.STRUCTS, Kind.MAP))
    if not places:
        return None
    source, nested = ctx.draw.pick(places)
    base = reference(ctx, scope, source, nested)
    match nested.kind:
        case Kind.STRUCT:
            ctx.note(Construct.FIELD)
            return f"{base}.size" if ctx.draw.chance(0.7) else f"{base}['size']"
        case Kind.STRUCTS:
            ctx.note(Construct.FIELD, Construct.ELEMENT)
            return f"{base}[1].size"
        case Kind.MAP:
            ctx.note(Construct.ELEMENT)
            return f"{base}['a']"
        case _:
            ctx.note(Construct.ELEMENT)
            return f"{base}[{ctx.draw.count(1, 2)}]"


def _lambda(ctx: Context, scope: Scope, size: int) -> str:
    """A transformed list; the lambda's body may also read the row."""
    base = column(ctx, scope, Kind.INTS) or f"[{expression(ctx, scope, Kind.INT, 0)}, 2]"
    other = expression(ctx, scope, Kind.INT, size - 1)
    ctx.note(Construct.LAMBDA)
    parameter = ctx.draw.alias("each")
    if ctx.draw.chance(0.3):
        return f"list_filter({base}, lambda {parameter}: {parameter} > {other})"
    return f"list_transform({base}, lambda {parameter}: {parameter} + {other})"


def lambda_expression(ctx: Context, scope: Scope) -> str:
    return _lambda(ctx, scope, 2)


def nested_access(ctx: Context, scope: Scope) -> str:
    return _nested(ctx, scope) or expression(ctx, scope, Kind.INT)


def case_expression(ctx: Context, scope: Scope) -> str:
    return _case(ctx, scope, Kind.INT, 2)


def whole_row(ctx: Context, scope: Scope) -> str:
    """A whole-row reference: a source's name where no column has that name."""
    names = [each.alias for each in scope.sources if scope.uses(each.alias) == 0]
    if not names:
        return expression(ctx, scope, Kind.STRUCT)
    ctx.note(Construct.WHOLE_ROW)
    return quoted(ctx.draw.pick(names))
