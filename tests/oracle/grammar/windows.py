"""Window functions: inline and named windows, QUALIFY."""

from __future__ import annotations

from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.expressions import column, condition, expression
from tests.oracle.grammar.schema import Column, Kind, quoted
from tests.oracle.grammar.scope import Context, Query, Scope
from tests.oracle.grammar.selects import Build, items, origin


def _specification(ctx: Context, scope: Scope) -> str:
    """Partition and order; the order ends with the tables' keys, so that it is total."""
    partition = column(ctx, scope, Kind.INT, Kind.TEXT)
    order = column(ctx, scope, Kind.INT, Kind.DATE, Kind.NUM)
    keys = [f"{quoted(each.alias)}.{quoted(each.columns[0].name)}" for each in scope.sources]
    parts = [f"PARTITION BY {partition}"] if partition and ctx.draw.chance(0.7) else []
    parts.append(f"ORDER BY {', '.join([*([order] if order else []), *keys])}")
    if ctx.draw.chance(0.2):
        parts.append("ROWS BETWEEN 1 PRECEDING AND CURRENT ROW")
    return " ".join(parts)


def _call(ctx: Context, scope: Scope) -> str:
    argument = expression(ctx, scope, Kind.INT, 1)
    return ctx.draw.pick(
        (
            "row_number()",
            "rank()",
            f"sum({argument})",
            f"max({argument})",
            f"lag({argument})",
            f"first_value({argument})",
            "count(*)",
        )
    )


def _where(ctx: Context, scope: Scope) -> str:
    return f" WHERE {condition(ctx, scope, 1)}" if ctx.draw.chance(0.3) else ""


def window(ctx: Context) -> Query:
    ctx.note(Construct.WINDOW)
    base = origin(ctx)
    name = ctx.draw.alias("w")
    text = f"{_call(ctx, base.scope)} OVER ({_specification(ctx, base.scope)})"
    if ctx.draw.chance(0.25):
        text = f"coalesce({text}, {expression(ctx, base.scope, Kind.INT, 1)})"
    listed = items(ctx, base.scope, 2)
    texts = ", ".join([*(each for each, _ in listed), f"{text} AS {name}"])
    return Query(
        f"SELECT {texts} FROM {base.sql}{_where(ctx, base.scope)}",
        (*(made for _, made in listed), Column(name, Kind.INT)),
    )


def named_window(ctx: Context) -> Query:
    """Two calls over one named window, or over one that builds on it."""
    ctx.note(Construct.WINDOW, Construct.NAMED_WINDOW)
    base = origin(ctx)
    first, second, name = ctx.draw.alias("w"), ctx.draw.alias("w"), ctx.draw.alias("win")
    calls = [f"{_call(ctx, base.scope)} OVER {name}" for _ in range(2)]
    listed = items(ctx, base.scope, 2)
    texts = ", ".join(
        [*(each for each, _ in listed), f"{calls[0]} AS {first}", f"{calls[1]} AS {second}"]
    )
    qualify = ""
    if ctx.draw.chance(0.25):
        ctx.note(Construct.QUALIFY)
        qualify = f" QUALIFY row_number() OVER {name} <= 2"
    return Query(
        f"SELECT {texts} FROM {base.sql}{_where(ctx, base.scope)} "
        f"WINDOW {name} AS ({_specification(ctx, base.scope)}){qualify}",
        (*(made for _, made in listed), Column(first, Kind.INT), Column(second, Kind.INT)),
    )


def qualify(ctx: Context) -> Query:
    """QUALIFY by a window of its own, or by the alias of one in the list."""
    ctx.note(Construct.WINDOW, Construct.QUALIFY)
    base = origin(ctx)
    listed = items(ctx, base.scope, 3)
    texts = [each for each, _ in listed]
    columns = tuple(made for _, made in listed)
    call = f"{_call(ctx, base.scope)} OVER ({_specification(ctx, base.scope)})"
    tested = call
    if ctx.draw.chance(0.5):
        tested = ctx.draw.alias("w")
        texts.append(f"{call} AS {tested}")
        columns = (*columns, Column(tested, Kind.INT))
    return Query(
        f"SELECT {', '.join(texts)} FROM {base.sql}{_where(ctx, base.scope)} "
        f"QUALIFY {tested} <= {ctx.draw.count(1, 2)}",
        columns,
    )


WINDOWS: dict[Construct, Build] = {
    Construct.WINDOW: window,
    Construct.NAMED_WINDOW: named_window,
    Construct.QUALIFY: qualify,
}
