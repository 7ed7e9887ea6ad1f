"""Grouped blocks: keys in every form, aggregates with filters and orders, HAVING."""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.expressions import column, condition, expression
from tests.oracle.grammar.origins import Origin
from tests.oracle.grammar.schema import Column, Kind, quoted
from tests.oracle.grammar.scope import Context, Query, Scope
from tests.oracle.grammar.selects import Build, Item, origin

Key = tuple[str, Column]
"""A grouping expression's text, and the output column that carries it."""


def aggregate(ctx: Context, scope: Scope) -> str:
    """An integer aggregate, sometimes over distinct values, sometimes filtered."""
    argument = expression(ctx, scope, Kind.INT, 1)
    match ctx.draw.count(0, 5):
        case 0:
            text = "count(*)"
        case 1:
            text = f"count(DISTINCT {argument})"
        case 2:
            text = f"count({argument})"
        case _:
            text = f"{ctx.draw.pick(('sum', 'max', 'min'))}({argument})"
    return _filter(ctx, scope, text) if ctx.draw.chance(0.2) else text


def _filter(ctx: Context, scope: Scope, text: str) -> str:
    ctx.note(Construct.AGGREGATE_FILTER)
    return f"{text} FILTER (WHERE {condition(ctx, scope, 1)})"


def filtered(ctx: Context, scope: Scope) -> str:
    return _filter(ctx, scope, f"sum({expression(ctx, scope, Kind.INT, 1)})")


def ordered(ctx: Context, scope: Scope) -> str:
    """A text made of the group's values in an order that ends with a key."""
    ctx.note(Construct.AGGREGATE_ORDER)
    keys = ", ".join(
        f"{quoted(each.alias)}.{quoted(each.columns[0].name)}" for each in scope.sources
    )
    order = column(ctx, scope, Kind.INT, Kind.DATE) or "1"
    value = expression(ctx, scope, Kind.TEXT, 1)
    return f"string_agg({value}, ',' ORDER BY {order} DESC, {keys})"


def _keys(ctx: Context, scope: Scope, at_least: int = 1) -> list[Key]:
    keys: dict[str, Key] = {}
    for _ in range(ctx.draw.count(at_least, 2)):
        kind = ctx.draw.pick((Kind.INT, Kind.TEXT))
        text = column(ctx, scope, kind)
        if text is None or ctx.draw.chance(0.25):
            text = expression(ctx, scope, kind, 1)
        keys.setdefault(text, (text, Column(ctx.draw.alias("k"), kind)))
    return list(keys.values())


def _grouped(
    ctx: Context, by: Callable[[list[Key]], str], aggregated: Callable[[Context, Scope], str]
) -> Query:
    base = origin(ctx)
    keys = _keys(ctx, base.scope)
    made = [_made(ctx, base.scope, aggregated), _made(ctx, base.scope, aggregate)]
    listed = [(f"{text} AS {made.name}", made) for text, made in keys] + made
    return _block(ctx, base, listed, f" {by(keys)}" if by(keys) else "")


def _made(ctx: Context, scope: Scope, build: Callable[[Context, Scope], str]) -> Item:
    name = ctx.draw.alias("a")
    kind = Kind.TEXT if build is ordered else Kind.INT
    return f"{build(ctx, scope)} AS {name}", Column(name, kind)


def _block(ctx: Context, base: Origin, listed: list[Item], by: str) -> Query:
    where = f" WHERE {condition(ctx, base.scope, 1)}" if ctx.draw.chance(0.3) else ""
    having = ""
    if ctx.draw.chance(0.25):
        ctx.note(Construct.HAVING)
        having = f" HAVING {aggregate(ctx, base.scope)} > {ctx.draw.count(0, 2)}"
    texts = ", ".join(text for text, _ in listed)
    return Query(
        f"SELECT {texts} FROM {base.sql}{where}{by}{having}", tuple(made for _, made in listed)
    )


def _texts(keys: list[Key]) -> str:
    return ", ".join(text for text, _ in keys)


def _sets(keys: list[Key]) -> str:
    sets = ", ".join(f"({text})" for text, _ in keys)
    return f"GROUP BY GROUPING SETS (({_texts(keys)}), {sets}, ())"


_FORMS: dict[Construct, Callable[[list[Key]], str]] = {
    Construct.GROUP_BY: lambda keys: f"GROUP BY {_texts(keys)}",
    Construct.GROUP_BY_ALL: lambda _: "GROUP BY ALL",
    Construct.GROUP_BY_POSITION: lambda keys: (
        f"GROUP BY {', '.join(str(index + 1) for index in range(len(keys)))}"
    ),
    Construct.GROUP_BY_ALIAS: lambda keys: f"GROUP BY {', '.join(made.name for _, made in keys)}",
    Construct.ROLLUP: lambda keys: f"GROUP BY ROLLUP ({_texts(keys)})",
    Construct.CUBE: lambda keys: f"GROUP BY CUBE ({_texts(keys)})",
    Construct.GROUPING_SETS: _sets,
}


def _by(construct: Construct) -> Build:
    def query(ctx: Context) -> Query:
        ctx.note(construct, Construct.GROUP_BY)
        return _grouped(ctx, _FORMS[construct], aggregate)

    return query


def _special(aggregated: Callable[[Context, Scope], str]) -> Build:
    """That aggregate, of groups or of everything."""

    def query(ctx: Context) -> Query:
        if ctx.draw.chance(0.3):
            base = origin(ctx)
            listed = [_made(ctx, base.scope, aggregated), _made(ctx, base.scope, aggregate)]
            return _block(ctx, base, listed, "")
        ctx.note(Construct.GROUP_BY)
        return _grouped(ctx, _FORMS[Construct.GROUP_BY], aggregated)

    return query


def having(ctx: Context) -> Query:
    """Groups kept by an aggregate, sometimes named by its alias."""
    ctx.note(Construct.GROUP_BY, Construct.HAVING)
    base = origin(ctx)
    keys = _keys(ctx, base.scope)
    made = _made(ctx, base.scope, aggregate)
    tested = made[1].name if ctx.draw.chance(0.5) else aggregate(ctx, base.scope)
    listed = [*(f"{text} AS {each.name}" for text, each in keys), made[0]]
    return Query(
        f"SELECT {', '.join(listed)} FROM {base.sql} GROUP BY {_texts(keys)} HAVING {tested} >= 1",
        (*(each for _, each in keys), made[1]),
    )


GROUPS: dict[Construct, Build] = {
    **{construct: _by(construct) for construct in _FORMS},
    Construct.AGGREGATE_FILTER: _special(filtered),
    Construct.AGGREGATE_ORDER: _special(ordered),
    Construct.HAVING: having,
}
