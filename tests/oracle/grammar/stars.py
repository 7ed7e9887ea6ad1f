"""Stars and COLUMNS(): what expands against the schema."""

from __future__ import annotations

from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.expressions import expression
from tests.oracle.grammar.joins import JOINS
from tests.oracle.grammar.origins import Origin, table
from tests.oracle.grammar.schema import Column, Kind, quoted
from tests.oracle.grammar.scope import Context, Query, Scope, Source
from tests.oracle.grammar.selects import Build, Item, block, named


def star_of(ctx: Context, base: Origin) -> Query:
    """Everything of the origin."""
    ctx.note(Construct.STAR)
    return Query(f"SELECT * FROM {base.sql}", _all(base.scope))


def _all(scope: Scope) -> tuple[Column, ...]:
    """The columns of an unqualified star: merged ones once."""
    listed: list[Column] = []
    for source in scope.sources:
        names = {each.name.lower() for each in listed} & scope.merged
        listed += [each for each in source.columns if each.name.lower() not in names]
    return tuple(listed)


def star(ctx: Context) -> Query:
    """`*` or `t.*`, alone or beside expressions."""
    ctx.note(Construct.STAR)
    base = _base(ctx)
    source = ctx.draw.pick(base.scope.sources)
    if ctx.draw.chance(0.5):
        return _select(ctx, base, "*", _all(base.scope))
    return _select(ctx, base, f"{quoted(source.alias)}.*", source.columns)


def _base(ctx: Context) -> Origin:
    if ctx.depth > 0 and ctx.draw.chance(0.4):
        return ctx.draw.pick(tuple(JOINS.values()))(ctx.deeper())
    return table(ctx)


def _select(ctx: Context, base: Origin, text: str, columns: tuple[Column, ...]) -> Query:
    """The star (with its columns as one item), and perhaps one more expression."""
    extra: list[Item] = []
    if ctx.draw.chance(0.4):
        extra = [named(ctx, Scope(()), expression(ctx, base.scope, Kind.INT), Kind.INT)]
    query = block(ctx, base, [(text, Column("*", Kind.INT)), *extra])
    return Query(query.sql, (*columns, *(made for _, made in extra)))


def _single(ctx: Context) -> tuple[Origin, Source]:
    base = table(ctx)
    return base, base.scope.sources[0]


def exclude(ctx: Context) -> Query:
    ctx.note(Construct.STAR, Construct.STAR_EXCLUDE)
    base, source = _single(ctx)
    gone = ctx.draw.some(source.columns, 1, 2)
    text = f"* EXCLUDE ({', '.join(quoted(each.name) for each in gone)})"
    return _select(ctx, base, text, tuple(each for each in source.columns if each not in gone))


def replace(ctx: Context) -> Query:
    ctx.note(Construct.STAR, Construct.STAR_REPLACE)
    base, source = _single(ctx)
    column = ctx.draw.pick(source.columns)
    kind = column.kind
    text = f"* REPLACE ({expression(ctx, base.scope, kind)} AS {quoted(column.name)})"
    return _select(ctx, base, text, source.columns)


def rename(ctx: Context) -> Query:
    ctx.note(Construct.STAR, Construct.STAR_RENAME)
    base, source = _single(ctx)
    column = ctx.draw.pick(source.columns)
    name = ctx.draw.alias("r")
    renamed = tuple(Column(name, each.kind) if each == column else each for each in source.columns)
    return _select(ctx, base, f"* RENAME ({quoted(column.name)} AS {name})", renamed)


def columns(ctx: Context) -> Query:
    """COLUMNS by pattern, by lambda over the names, over a star, and inside an expression."""
    ctx.note(Construct.COLUMNS)
    base, source = _single(ctx)
    picked = ctx.draw.some(source.columns, 1, 3)
    pattern = "|".join(each.name for each in picked)
    parameter = ctx.draw.alias("name")
    letter = ctx.draw.pick("aeio")
    lettered = tuple(each for each in source.columns if letter in each.name)
    forms: list[tuple[str, tuple[Column, ...]]] = [
        (f"COLUMNS('^({pattern})$')", tuple(picked)),
        (f"COLUMNS(lambda {parameter}: {parameter} LIKE '%{letter}%')", lettered),
        ("COLUMNS(*)", source.columns),
        (f"COLUMNS(* EXCLUDE ({quoted(source.columns[0].name)}))", source.columns[1:]),
        (f"coalesce(COLUMNS('^({pattern})$'))", tuple(picked)),
    ]
    text, made = ctx.draw.pick([form for form in forms if form[1]])
    return _select(ctx, base, text, made)


STARS: dict[Construct, Build] = {
    Construct.STAR: star,
    Construct.STAR_EXCLUDE: exclude,
    Construct.STAR_REPLACE: replace,
    Construct.STAR_RENAME: rename,
    Construct.COLUMNS: columns,
}
