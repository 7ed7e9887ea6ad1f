"""What stands in FROM: tables, derived tables, values, functions, and aliases with columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.data import present
from tests.oracle.grammar.expressions import column, expression
from tests.oracle.grammar.schema import Column, Kind, Table, quoted
from tests.oracle.grammar.scope import Context, Query, Scope, Source


@dataclass(frozen=True)
class Origin:
    """A FROM clause without the keyword, and what is in sight behind it."""

    sql: str
    scope: Scope


def table(ctx: Context, *kinds: Kind) -> Origin:
    """A base table (one with columns of these kinds), by its own name or by an alias."""
    tables = [
        each
        for each in ctx.schema.tables
        if all(any(column.kind is kind for column in each.columns) for kind in kinds)
    ]
    chosen = ctx.draw.pick(tables)
    if ctx.draw.chance(0.35):
        return Origin(quoted(chosen.name), Scope((Source(chosen.name, chosen.columns),)))
    alias = _table_alias(ctx, chosen)
    return Origin(
        f"{quoted(chosen.name)} {ctx.draw.pick(('', 'AS '))}{quoted(alias)}",
        Scope((Source(alias, chosen.columns),)),
    )


def _table_alias(ctx: Context, chosen: Table) -> str:
    """Fresh, or now and then the name of another table."""
    others = [each.name for each in ctx.schema.tables if each != chosen]
    return ctx.draw.pick(others) if ctx.draw.chance(0.06) else ctx.draw.alias("t")


def derived(ctx: Context, query: Query) -> Origin:
    """The query as a derived table; its columns get new names where two are alike."""
    alias = ctx.draw.alias("q")
    if query.has_unique_names:
        return Origin(f"({query.sql}) AS {alias}", Scope((Source(alias, query.columns),)))
    return _with_columns(ctx, f"({query.sql})", query.columns)


def alias_columns(ctx: Context) -> Origin:
    """A table whose alias lists all or the first of its columns."""
    chosen = ctx.draw.pick(ctx.schema.tables)
    return _with_columns(ctx, quoted(chosen.name), chosen.columns)


def _with_columns(ctx: Context, sql: str, columns: tuple[Column, ...]) -> Origin:
    ctx.note(Construct.ALIAS_COLUMNS)
    alias = ctx.draw.alias("t")
    unique = len({each.name.lower() for each in columns}) == len(columns)
    listed = ctx.draw.count(1, len(columns)) if unique else len(columns)
    names = [ctx.draw.alias("c") for _ in columns[:listed]]
    renamed = tuple(Column(name, each.kind) for name, each in zip(names, columns, strict=False))
    return Origin(
        f"{sql} AS {alias}({', '.join(names)})",
        Scope((Source(alias, renamed + columns[listed:]),)),
    )


def values(ctx: Context) -> Origin:
    ctx.note(Construct.VALUES)
    kinds = [ctx.draw.pick((Kind.INT, Kind.TEXT)) for _ in range(ctx.draw.count(2, 3))]
    rows = ", ".join(f"({', '.join(present(ctx.draw, kind) for kind in kinds)})" for _ in range(3))
    alias = ctx.draw.alias("v")
    columns = tuple(Column(ctx.draw.alias("c"), kind) for kind in kinds)
    listed = ", ".join(each.name for each in columns)
    return Origin(f"(VALUES {rows}) AS {alias}({listed})", Scope((Source(alias, columns),)))


def table_function(ctx: Context) -> Origin:
    """A function of constants, or one that reads the table before it."""
    ctx.note(Construct.TABLE_FUNCTION)
    made = Source(ctx.draw.alias("f"), (Column(ctx.draw.alias("n"), Kind.INT),))
    as_made = f"AS {made.alias}({made.columns[0].name})"
    if ctx.draw.chance(0.4):
        return Origin(f"range({ctx.draw.count(2, 4)}) {as_made}", Scope((made,)))
    base = table(ctx)
    last = column(ctx, base.scope, Kind.INT)
    return Origin(
        f"{base.sql}, generate_series(1, {last}) {as_made}", Scope((*base.scope.sources, made))
    )


def unnest(ctx: Context) -> Origin:
    """A table joined to the elements of one of its lists."""
    ctx.note(Construct.UNNEST)
    kind = ctx.draw.pick((Kind.INTS, Kind.INTS, Kind.TEXTS))
    base = table(ctx, Kind.INTS)
    listed = column(ctx, base.scope, kind) or column(ctx, base.scope, Kind.INTS)
    kind = kind if base.scope.places((kind,)) else Kind.INTS
    element = Kind.INT if kind is Kind.INTS else Kind.TEXT
    made = Source(ctx.draw.alias("u"), (Column(ctx.draw.alias("e"), element),))
    return Origin(
        f"{base.sql}{ctx.draw.pick((', ', ' CROSS JOIN '))}"
        f"unnest({listed}) AS {made.alias}({made.columns[0].name})",
        Scope((*base.scope.sources, made)),
    )


def pivot(ctx: Context) -> Origin:
    """The PIVOT clause over a derived table of a group, a key and a value."""
    ctx.note(Construct.PIVOT_CLAUSE)
    base = table(ctx)
    names = [ctx.draw.alias(stem) for stem in "gkv"]
    parts = [
        f"{expression(ctx, base.scope, kind, 1)} AS {name}"
        for kind, name in zip((Kind.TEXT, Kind.INT, Kind.INT), names, strict=True)
    ]
    keys = {ctx.draw.count(0, 4): ctx.draw.alias("p") for _ in range(2)}
    listed = ", ".join(f"{key} AS {name}" for key, name in keys.items())
    alias = ctx.draw.alias("q")
    columns = (Column(names[0], Kind.TEXT), *(Column(each, Kind.INT) for each in keys.values()))
    return Origin(
        f"(SELECT {', '.join(parts)} FROM {base.sql}) "
        f"PIVOT ({ctx.draw.pick(('sum', 'max', 'count'))}({names[2]}) "
        f"FOR {names[1]} IN ({listed})) AS {alias}",
        Scope((Source(alias, columns),)),
    )


def unpivot(ctx: Context) -> Origin:
    """The UNPIVOT clause over the months (sometimes keeping NULL)."""
    ctx.note(Construct.UNPIVOT_CLAUSE)
    months = ctx.schema.table("months")
    listed = ctx.draw.some(("jan", "feb", "mar"), 2, 3)
    name, value, alias = (ctx.draw.alias(stem) for stem in ("n", "v", "q"))
    kept = tuple(each for each in months.columns if each.name not in listed)
    nulls = ctx.draw.pick(("", "", "INCLUDE NULLS "))
    return Origin(
        f"months UNPIVOT {nulls}({value} FOR {name} IN ({', '.join(listed)})) AS {alias}",
        Scope((Source(alias, (*kept, Column(name, Kind.TEXT), Column(value, Kind.INT))),)),
    )


PLAIN: dict[Construct, Callable[[Context], Origin]] = {
    Construct.ALIAS_COLUMNS: alias_columns,
    Construct.VALUES: values,
    Construct.TABLE_FUNCTION: table_function,
    Construct.UNNEST: unnest,
    Construct.PIVOT_CLAUSE: pivot,
    Construct.UNPIVOT_CLAUSE: unpivot,
}
