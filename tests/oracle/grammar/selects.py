"""SELECT blocks without grouping: lists, stars, windows, distinctness, limits, subqueries."""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.expressions import (
    SCALARS,
    case_expression,
    column,
    condition,
    expression,
    lambda_expression,
    nested_access,
    whole_row,
)
from tests.oracle.grammar.joins import JOINS, joined
from tests.oracle.grammar.origins import PLAIN, Origin, table, unnest
from tests.oracle.grammar.schema import Column, Kind, quoted
from tests.oracle.grammar.scope import Context, Query, Scope, reference
from tests.oracle.grammar.subqueries import exists, predicate, scalar, within

Item = tuple[str, Column]
"""A select item's text, and what it yields."""

ROW_KEY = "row_key"
"""How the names of outputs begin that identify rows."""

Build = Callable[[Context], Query]


def origin(ctx: Context) -> Origin:
    """Any FROM clause."""
    share = ctx.draw.count(0, 9)
    if share < 5 or ctx.depth <= 0:
        return table(ctx)
    if share < 8:
        return ctx.draw.pick(tuple(JOINS.values()))(ctx.deeper())
    return ctx.draw.pick(tuple(PLAIN.values()))(ctx.deeper())


def items(ctx: Context, scope: Scope, at_most: int = 4) -> list[Item]:
    """Plain columns and expressions under names of their own, some like those of columns."""
    listed = [_item(ctx, scope) for _ in range(ctx.draw.count(1, at_most))]
    kept: dict[str, Item] = {}
    for text, made in listed:
        kept.setdefault(made.name.lower(), (text, made))
    return list(kept.values())


def _item(ctx: Context, scope: Scope) -> Item:
    if ctx.draw.chance(0.4):
        places = scope.places(tuple(Kind))
        source, chosen = ctx.draw.pick(places)
        return reference(ctx, scope, source, chosen), chosen
    kind = ctx.draw.pick(SCALARS)
    text = expression(ctx, scope, kind)
    if ctx.depth > 0 and ctx.draw.chance(0.08):
        text, kind = scalar(ctx, scope), Kind.INT
    return named(ctx, scope, text, kind)


def named(ctx: Context, scope: Scope, text: str, kind: Kind) -> Item:
    """The text under an alias: fresh, or now and then the name of a column in sight."""
    names = [each.name for source in scope.sources for each in source.columns]
    name = ctx.draw.pick(names) if names and ctx.draw.chance(0.12) else ctx.draw.alias("x")
    return f"{text}{ctx.draw.pick((' AS ', ' AS ', ' '))}{quoted(name)}", Column(name, kind)


def block(
    ctx: Context, base: Origin, listed: list[Item], *, distinct: str = "", tail: str = ""
) -> Query:
    """SELECT … FROM … [WHERE …] tail."""
    where = f" WHERE {_filter(ctx, base.scope)}" if ctx.draw.chance(0.35) else ""
    texts = ", ".join(text for text, _ in listed)
    return Query(
        f"SELECT {distinct}{texts} FROM {base.sql}{where}{tail}",
        tuple(made for _, made in listed),
    )


def _filter(ctx: Context, scope: Scope) -> str:
    if ctx.depth > 0 and ctx.draw.chance(0.25):
        return predicate(ctx, scope)
    return condition(ctx, scope)


def plain(ctx: Context) -> Query:
    base = origin(ctx)
    return block(ctx, base, items(ctx, base.scope))


def _from(build: Callable[[Context], Origin]) -> Build:
    def query(ctx: Context) -> Query:
        base = build(ctx)
        keys = row_keys(base.scope) if ctx.draw.chance(0.5) else []
        return block(ctx, base, [*keys, *items(ctx, base.scope, 5)])

    return query


def row_keys(scope: Scope) -> list[Item]:
    """The tables' keys: what tells the rows of a query without grouping apart."""
    return [
        (
            f"{quoted(source.alias)}.{each.name} AS {ROW_KEY}{number}",
            Column(f"{ROW_KEY}{number}", each.kind),
        )
        for number, source in enumerate(scope.sources)
        for each in source.columns
        if each.name.endswith("_id")
    ]


def _with_expression(build: Callable[[Context, Scope], str], kind: Kind, *needs: Kind) -> Build:
    """A block over a table with columns of the needed kinds, with that expression in its list."""

    def query(ctx: Context) -> Query:
        base = table(ctx, *needs)
        if ctx.depth > 0 and ctx.draw.chance(0.3):
            other = table(ctx)
            if not base.scope.has_alias(other.scope.sources[0].alias):
                base = joined(ctx, base, other)
        text = build(ctx, base.scope)
        made = (f"{text} AS made", Column("made", kind))
        return block(ctx, base, [*items(ctx, base.scope, 2), made])

    return query


def _filtered(build: Callable[[Context, Scope], str]) -> Build:
    """A block whose WHERE is that condition."""

    def query(ctx: Context) -> Query:
        base = origin(ctx)
        listed = items(ctx, base.scope)
        texts = ", ".join(text for text, _ in listed)
        condition_ = build(ctx, base.scope)
        return Query(
            f"SELECT {texts} FROM {base.sql} WHERE {condition_}",
            tuple(made for _, made in listed),
        )

    return query


def lateral_alias(ctx: Context) -> Query:
    """An alias used again in the same SELECT list, and in WHERE."""
    ctx.note(Construct.LATERAL_ALIAS)
    base = origin(ctx)
    first, second = ctx.draw.alias("x"), ctx.draw.alias("x")
    listed = [
        (f"{expression(ctx, base.scope, Kind.INT)} AS {first}", Column(first, Kind.INT)),
        (
            f"{first} + {expression(ctx, base.scope, Kind.INT, 1)} AS {second}",
            Column(second, Kind.INT),
        ),
    ]
    texts = ", ".join(text for text, _ in listed)
    where = f" WHERE {first} > 0" if ctx.draw.chance(0.4) else ""
    return Query(f"SELECT {texts} FROM {base.sql}{where}", tuple(made for _, made in listed))


def _either(*builds: Build) -> Build:
    return lambda ctx: ctx.draw.pick(builds)(ctx)


def unnested(ctx: Context) -> Query:
    """A list's elements, or a struct's fields, in the SELECT list."""
    ctx.note(Construct.UNNEST)
    base = table(ctx, Kind.INTS, Kind.STRUCT)
    listed = items(ctx, base.scope, 2)
    if ctx.draw.chance(0.4):
        fields = (Column("lang", Kind.TEXT), Column("size", Kind.INT))
        query = block(
            ctx, base, [*listed, (f"unnest({column(ctx, base.scope, Kind.STRUCT)})", fields[0])]
        )
        return Query(query.sql, (*query.columns, fields[1]))
    made = Column(ctx.draw.alias("e"), Kind.INT)
    text = f"unnest({column(ctx, base.scope, Kind.INTS)}) AS {made.name}"
    return block(ctx, base, [*listed, (text, made)])


def distinct(ctx: Context) -> Query:
    ctx.note(Construct.DISTINCT)
    base = origin(ctx)
    return block(ctx, base, items(ctx, base.scope, 3), distinct="DISTINCT ")


def distinct_on(ctx: Context) -> Query:
    ctx.note(Construct.DISTINCT_ON)
    base = origin(ctx)
    key = column(ctx, base.scope, Kind.INT, Kind.TEXT) or "1"
    order = column(ctx, base.scope, Kind.INT, Kind.NUM, Kind.DATE) or "1"
    listed = items(ctx, base.scope, 3)
    return block(
        ctx,
        base,
        listed,
        distinct=f"DISTINCT ON ({key}) ",
        tail=f" ORDER BY {key}, {order} DESC" if "1" not in (key, order) else f" ORDER BY {key}",
    )


def ordered_limit(ctx: Context) -> Query:
    """LIMIT under an order by columns, positions or aliases."""
    ctx.note(Construct.ORDERED_LIMIT)
    base = origin(ctx)
    listed = items(ctx, base.scope, 3)
    form = ctx.draw.count(0, 3)
    if form == 0:
        key = str(ctx.draw.count(1, len(listed)))
    elif form == 1:
        key = quoted(listed[0][1].name)
    else:
        key = expression(ctx, base.scope, ctx.draw.pick((Kind.INT, Kind.DATE)), 1)
    offset = ctx.draw.pick(("", "", " OFFSET 1"))
    return block(ctx, base, listed, tail=f" ORDER BY {key} LIMIT {ctx.draw.count(1, 4)}{offset}")


SELECTS: dict[Construct, Build] = {
    **{construct: _from(build) for construct, build in {**JOINS, **PLAIN}.items()},
    Construct.UNNEST: _either(_from(unnest), unnested),
    Construct.LATERAL_ALIAS: lateral_alias,
    Construct.DISTINCT: distinct,
    Construct.DISTINCT_ON: distinct_on,
    Construct.ORDERED_LIMIT: ordered_limit,
    Construct.CASE: _with_expression(case_expression, Kind.INT),
    Construct.LAMBDA: _with_expression(lambda_expression, Kind.INTS, Kind.INTS),
    Construct.FIELD: _with_expression(nested_access, Kind.INT, Kind.STRUCT),
    Construct.ELEMENT: _with_expression(nested_access, Kind.INT, Kind.INTS),
    Construct.WHOLE_ROW: _with_expression(whole_row, Kind.STRUCT),
    Construct.SCALAR_SUBQUERY: _with_expression(scalar, Kind.INT),
    Construct.EXISTS: _filtered(exists),
    Construct.IN_SUBQUERY: _filtered(within),
    Construct.CORRELATED: _filtered(predicate),
}
