"""Queries made of queries: CTEs, recursion, set operations, pivot statements, companions."""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.expressions import expression
from tests.oracle.grammar.groups import GROUPS
from tests.oracle.grammar.joins import joined
from tests.oracle.grammar.origins import Origin, derived, table
from tests.oracle.grammar.schema import Column, Kind, quoted
from tests.oracle.grammar.scope import Context, Query, Scope, Source
from tests.oracle.grammar.selects import SELECTS, Build, block, items, plain
from tests.oracle.grammar.stars import STARS, star_of
from tests.oracle.grammar.windows import WINDOWS


def query(ctx: Context) -> Query:
    """Any query; below the given depth a plain block."""
    if ctx.depth <= 0:
        return plain(ctx)
    build = ctx.draw.pick(tuple(QUERIES.values()))
    return build(ctx.deeper())


def over(ctx: Context, base: Origin) -> Query:
    """A block that reads the origin."""
    return block(ctx, base, items(ctx, base.scope))


def cte_of(ctx: Context, inner: Query) -> Query:
    """The query as a CTE, read once or joined to itself; its columns renamed now and then."""
    ctx.note(Construct.CTE)
    name = ctx.draw.alias("cte")
    columns, listed = inner.columns, ""
    if not inner.has_unique_names or ctx.draw.chance(0.2):
        columns = tuple(Column(ctx.draw.alias("c"), each.kind) for each in inner.columns)
        listed = f"({', '.join(each.name for each in columns)})"
    word = ctx.draw.pick(("AS", "AS", "AS MATERIALIZED", "AS NOT MATERIALIZED"))
    base = Origin(name, Scope((Source(name, columns),)))
    if ctx.draw.chance(0.25):
        base = joined(ctx, _aliased(ctx, name, columns), _aliased(ctx, name, columns))
    outer = over(ctx, base)
    return Query(f"WITH {name}{listed} {word} ({inner.sql}) {outer.sql}", outer.columns)


def _aliased(ctx: Context, name: str, columns: tuple[Column, ...]) -> Origin:
    alias = ctx.draw.alias("t")
    return Origin(f"{name} AS {alias}", Scope((Source(alias, columns),)))


def cte(ctx: Context) -> Query:
    return cte_of(ctx, query(ctx))


def shadowing_cte(ctx: Context) -> Query:
    """A CTE that has the name of the table it reads."""
    ctx.note(Construct.CTE, Construct.SHADOWING_CTE)
    chosen = ctx.draw.pick(ctx.schema.tables)
    inner_base = Origin(quoted(chosen.name), Scope((Source(chosen.name, chosen.columns),)))
    inner = block(ctx, inner_base, items(ctx, inner_base.scope))
    outer = over(ctx, Origin(chosen.name, Scope((Source(chosen.name, inner.columns),))))
    return Query(f"WITH {chosen.name} AS ({inner.sql}) {outer.sql}", outer.columns)


def recursive_cte(ctx: Context) -> Query:
    """Two columns whose sources take turns, a counter, and now and then a join at each step."""
    ctx.note(Construct.CTE, Construct.RECURSIVE_CTE)
    name, start = ctx.draw.alias("g"), table(ctx)
    a, b, n = (ctx.draw.alias(stem) for stem in "abn")
    seeds = ", ".join(expression(ctx, start.scope, Kind.INT, 1) for _ in range(2))
    step_from, next_a = name, f"{name}.{b}"
    if ctx.draw.chance(0.4):
        other = table(ctx)
        source = other.scope.sources[0]
        key = ctx.draw.pick([each for each in source.columns if each.kind is Kind.INT])
        step_from = (
            f"{name} JOIN {other.sql} ON {quoted(source.alias)}.{quoted(key.name)} = {name}.{a}"
        )
        next_a = f"{quoted(source.alias)}.{quoted(source.columns[0].name)}"
        ctx.note(Construct.JOIN)
    step = (
        f"SELECT {next_a}, {name}.{a}, {n} + 1 FROM {step_from} WHERE {n} < {ctx.draw.count(2, 3)}"
    )
    columns = tuple(Column(each, Kind.INT) for each in (a, b, n))
    outer = over(ctx, Origin(name, Scope((Source(name, columns),))))
    word = ctx.draw.pick(("UNION ALL", "UNION"))
    return Query(
        f"WITH RECURSIVE {name}({a}, {b}, {n}) AS "
        f"(SELECT {seeds}, 1 FROM {start.sql} {word} {step}) {outer.sql}",
        outer.columns,
    )


_WORDS = ("UNION ALL", "UNION ALL", "UNION", "EXCEPT", "INTERSECT", "EXCEPT ALL")


def set_operation_of(ctx: Context, left: Query) -> Query:
    """The query and another of the same kinds, by position."""
    ctx.note(Construct.SET_OPERATION)
    right = _like(ctx, [(ctx.draw.alias("s"), each.kind) for each in left.columns])
    return Query(f"({left.sql}) {ctx.draw.pick(_WORDS)} ({right.sql})", left.columns)


def set_operation(ctx: Context) -> Query:
    """By position; without parentheses where the left side is a plain block."""
    ctx.note(Construct.SET_OPERATION)
    left = plain(ctx)
    right = _like(ctx, [(ctx.draw.alias("s"), each.kind) for each in left.columns])
    return Query(f"{left.sql} {ctx.draw.pick(_WORDS)} {right.sql}", left.columns)


def by_name(ctx: Context) -> Query:
    """Columns matched by name: in another order, with one more or one less."""
    ctx.note(Construct.SET_OPERATION, Construct.BY_NAME)
    names = [(ctx.draw.alias("x"), ctx.draw.pick((Kind.INT, Kind.TEXT))) for _ in range(3)]
    left = _like(ctx, ctx.draw.some(names, 2, 3))
    right = _like(ctx, ctx.draw.shuffled(ctx.draw.some(names, 2, 3)))
    known = {each.name for each in left.columns}
    columns = (*left.columns, *(each for each in right.columns if each.name not in known))
    word = ctx.draw.pick(("UNION ALL", "UNION ALL", "UNION"))
    return Query(f"{left.sql} {word} BY NAME {right.sql}", columns)


def _like(ctx: Context, wanted: list[tuple[str, Kind]]) -> Query:
    """A block that yields columns of these names and kinds."""
    base = table(ctx)
    listed = [
        (f"{expression(ctx, base.scope, kind, 1)} AS {name}", Column(name, kind))
        for name, kind in wanted
    ]
    return block(ctx, base, listed)


def join_of(ctx: Context, inner: Query) -> Query:
    return over(ctx, joined(ctx, derived(ctx, inner), table(ctx)))


def star_over(ctx: Context, inner: Query) -> Query:
    return star_of(ctx, derived(ctx, inner))


def pivot_statement(ctx: Context) -> Query:
    """PIVOT … ON … IN …, which is a query like any other."""
    ctx.note(Construct.PIVOT_STATEMENT)
    keys = sorted({ctx.draw.count(0, 4) for _ in range(2)})
    months = ctx.schema.table("months")
    by = ctx.draw.pick([each for each in months.columns if each.kind is Kind.TEXT])
    value = ctx.draw.pick(("jan", "feb"))
    listed = ", ".join(map(str, keys))
    function = ctx.draw.pick(("sum", "max"))
    sql = f"PIVOT months ON mar IN ({listed}) USING {function}({value}) GROUP BY {quoted(by.name)}"
    columns = (by, *(Column(str(key), Kind.INT) for key in keys))
    return (
        over(ctx, derived(ctx, Query(sql, columns)))
        if ctx.draw.chance(0.5)
        else Query(sql, columns)
    )


def unpivot_statement(ctx: Context) -> Query:
    """UNPIVOT of columns of a table or of a query."""
    ctx.note(Construct.UNPIVOT_STATEMENT)
    name, value = ctx.draw.alias("n"), ctx.draw.alias("v")
    kept, *listed = (ctx.draw.alias("x") for _ in range(3))
    base = table(ctx)
    parts = ", ".join(
        f"{expression(ctx, base.scope, Kind.INT, 1)} AS {each}" for each in (kept, *listed)
    )
    sql = (
        f"UNPIVOT (SELECT {parts} FROM {base.sql}) ON {', '.join(listed)} "
        f"INTO NAME {name} VALUE {value}"
    )
    columns = (Column(kept, Kind.INT), Column(name, Kind.TEXT), Column(value, Kind.INT))
    return (
        over(ctx, derived(ctx, Query(sql, columns)))
        if ctx.draw.chance(0.5)
        else Query(sql, columns)
    )


COMPANION: dict[Construct, Callable[[Context, Query], Query]] = {
    Construct.JOIN: join_of,
    Construct.STAR: star_over,
    Construct.CTE: cte_of,
    Construct.SET_OPERATION: set_operation_of,
}

QUERIES: dict[Construct, Build] = {
    **SELECTS,
    **STARS,
    **GROUPS,
    **WINDOWS,
    Construct.CTE: cte,
    Construct.SHADOWING_CTE: shadowing_cte,
    Construct.RECURSIVE_CTE: recursive_cte,
    Construct.SET_OPERATION: set_operation,
    Construct.BY_NAME: by_name,
    Construct.PIVOT_STATEMENT: pivot_statement,
    Construct.UNPIVOT_STATEMENT: unpivot_statement,
}
