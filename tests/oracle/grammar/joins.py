"""Joins of every kind, as origins of a query."""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.expressions import condition, expression
from tests.oracle.grammar.origins import Origin, derived, table
from tests.oracle.grammar.schema import Column, Kind, quoted
from tests.oracle.grammar.scope import Context, Query, Scope, Source

_WORDS = {
    Construct.JOIN: "JOIN",
    Construct.LEFT_JOIN: "LEFT JOIN",
    Construct.FULL_JOIN: "FULL JOIN",
}


def joined(ctx: Context, left: Origin, right: Origin, kind: Construct = Construct.JOIN) -> Origin:
    """Both, on an equality and sometimes one more condition."""
    ctx.note(Construct.JOIN, kind)
    scope = Scope((*left.scope.sources, *right.scope.sources), left.scope.merged)
    return Origin(f"{left.sql} {_WORDS[kind]} {right.sql} ON {_match(ctx, left, right)}", scope)


def _match(ctx: Context, left: Origin, right: Origin) -> str:
    both = Scope((*left.scope.sources, *right.scope.sources), left.scope.merged)
    sides = [_qualified(ctx, each.scope, Kind.INT) for each in (left, right)]
    extra = f" AND {condition(ctx, both, 0)}" if ctx.draw.chance(0.3) else ""
    return f"{' = '.join(sides)}{extra}"


def _qualified(ctx: Context, scope: Scope, kind: Kind) -> str:
    places = scope.places((kind,))
    if not places:
        return str(ctx.draw.count(0, 3))
    source, chosen = ctx.draw.pick(places)
    return f"{quoted(source.alias)}.{quoted(chosen.name)}"


def _pair(ctx: Context) -> tuple[Origin, Origin]:
    """Two origins that do not share an alias."""
    left = table(ctx)
    right = table(ctx)
    while any(left.scope.has_alias(each.alias) for each in right.scope.sources):
        right = table(ctx)
    return left, right


def _on(kind: Construct) -> Callable[[Context], Origin]:
    return lambda ctx: joined(ctx, *_pair(ctx), kind)


def comma(ctx: Context) -> Origin:
    ctx.note(Construct.JOIN, Construct.COMMA_JOIN)
    left, right = _pair(ctx)
    return Origin(f"{left.sql}, {right.sql}", Scope((*left.scope.sources, *right.scope.sources)))


def _partner(ctx: Context, shared: Column) -> Origin:
    """A derived table with a column of that name, and another of its own."""
    base = table(ctx)
    own = Column(ctx.draw.alias("c"), Kind.INT)
    match = expression(ctx, base.scope, shared.kind, 1)
    other = expression(ctx, base.scope, Kind.INT, 1)
    sql = f"SELECT {match} AS {quoted(shared.name)}, {other} AS {own.name} FROM {base.sql}"
    return derived(ctx, Query(sql, (shared, own)))


def using(ctx: Context) -> Origin:
    ctx.note(Construct.JOIN, Construct.USING_JOIN)
    left = table(ctx)
    shared = ctx.draw.pick(left.scope.places((Kind.INT, Kind.TEXT)))[1]
    right = _partner(ctx, shared)
    side = ctx.draw.pick(("", "", "LEFT ", "RIGHT ", "FULL "))
    return Origin(
        f"{left.sql} {side}JOIN {right.sql} USING ({quoted(shared.name)})",
        Scope((*left.scope.sources, *right.scope.sources), frozenset({shared.name.lower()})),
    )


def natural(ctx: Context) -> Origin:
    """A natural join, of two tables where they share a column, else with a partner made for it."""
    ctx.note(Construct.JOIN, Construct.NATURAL_JOIN)
    left, right = _pair(ctx)
    shared = _shared(left, right)
    if not shared:
        chosen = ctx.draw.pick(left.scope.places((Kind.INT, Kind.TEXT)))[1]
        right = _partner(ctx, chosen)
        shared = frozenset({chosen.name.lower()})
    side = ctx.draw.pick(("", "", "LEFT "))
    return Origin(
        f"{left.sql} NATURAL {side}JOIN {right.sql}",
        Scope((*left.scope.sources, *right.scope.sources), shared),
    )


def _shared(left: Origin, right: Origin) -> frozenset[str]:
    names = [
        {column.name.lower() for source in each.scope.sources for column in source.columns}
        for each in (left, right)
    ]
    return frozenset(names[0] & names[1])


def _half(kind: Construct) -> Callable[[Context], Origin]:
    word = "SEMI" if kind is Construct.SEMI_JOIN else "ANTI"

    def build(ctx: Context) -> Origin:
        ctx.note(Construct.JOIN, kind)
        left, right = _pair(ctx)
        return Origin(
            f"{left.sql} {word} JOIN {right.sql} ON {_match(ctx, left, right)}", left.scope
        )

    return build


def asof(ctx: Context) -> Origin:
    """The nearest row by the right side's key, so that there is one nearest."""
    ctx.note(Construct.JOIN, Construct.ASOF_JOIN)
    left, right = _pair(ctx)
    equal = [_qualified(ctx, each.scope, Kind.INT) for each in (left, right)]
    nearest = right.scope.sources[0]
    greater = [
        _qualified(ctx, left.scope, Kind.INT),
        f"{quoted(nearest.alias)}.{quoted(nearest.columns[0].name)}",
    ]
    side = ctx.draw.pick(("", "LEFT "))
    return Origin(
        f"{left.sql} ASOF {side}JOIN {right.sql} ON {' = '.join(equal)} AND {' >= '.join(greater)}",
        Scope((*left.scope.sources, *right.scope.sources)),
    )


def lateral(ctx: Context) -> Origin:
    """A table and a subquery that reads it: rows, one aggregate, or values made of the row."""
    ctx.note(Construct.JOIN, Construct.LATERAL_JOIN, Construct.CORRELATED)
    base = table(ctx)
    made = [Column(ctx.draw.alias("c"), Kind.INT) for _ in range(2)]
    alias = ctx.draw.alias("l")
    form = ctx.draw.count(0, 2)
    if form == 0:
        rows = ", ".join(f"({_pair_of(ctx, base.scope)})" for _ in range(2))
        names = ", ".join(each.name for each in made)
        text = f"(VALUES {rows}) AS {alias}({names})"
    else:
        text = f"({_correlated(ctx, base.scope, made, aggregated=form == 1)}) AS {alias}"
    glue, end = ctx.draw.pick(((", ", ""), (" LEFT JOIN ", " ON true"), (" JOIN ", " ON true")))
    return Origin(
        f"{base.sql}{glue}LATERAL {text}{end}",
        Scope((*base.scope.sources, Source(alias, tuple(made)))),
    )


def _pair_of(ctx: Context, scope: Scope) -> str:
    return ", ".join(expression(ctx, scope, Kind.INT, 1) for _ in range(2))


def _correlated(ctx: Context, outer: Scope, made: list[Column], *, aggregated: bool) -> str:
    inner = table(ctx)
    while any(outer.has_alias(each.alias) for each in inner.scope.sources):
        inner = table(ctx)
    parts = [expression(ctx, Scope(inner.scope.sources, outer=outer), Kind.INT, 1) for _ in made]
    if aggregated:
        parts = [f"{ctx.draw.pick(('sum', 'max'))}({part})" for part in parts]
    listed = ", ".join(f"{part} AS {each.name}" for part, each in zip(parts, made, strict=True))

    match = f"{_qualified(ctx, inner.scope, Kind.INT)} = {_qualified(ctx, outer, Kind.INT)}"
    return f"SELECT {listed} FROM {inner.sql} WHERE {match}"


JOINS: dict[Construct, Callable[[Context], Origin]] = {
    **{kind: _on(kind) for kind in _WORDS},
    Construct.COMMA_JOIN: comma,
    Construct.USING_JOIN: using,
    Construct.NATURAL_JOIN: natural,
    Construct.SEMI_JOIN: _half(Construct.SEMI_JOIN),
    Construct.ANTI_JOIN: _half(Construct.ANTI_JOIN),
    Construct.ASOF_JOIN: asof,
    Construct.LATERAL_JOIN: lateral,
}
