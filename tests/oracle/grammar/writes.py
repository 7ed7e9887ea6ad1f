"""INSERT, UPDATE, DELETE and MERGE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.grammar.compositions import query
from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.expressions import condition, expression
from tests.oracle.grammar.origins import Origin, derived, table
from tests.oracle.grammar.schema import Column, Kind, Table, quoted
from tests.oracle.grammar.scope import Context, Query, Scope, Source, reference
from tests.oracle.grammar.selects import block
from tests.oracle.grammar.subqueries import predicate

_PLAIN = (Kind.INT, Kind.TEXT, Kind.DATE, Kind.NUM, Kind.BOOL)


def _target(ctx: Context) -> tuple[Table, Scope]:
    chosen = ctx.draw.pick(ctx.schema.tables)
    return chosen, Scope((Source(chosen.name, chosen.columns),))


def _settable(ctx: Context, target: Table, at_most: int) -> list[Column]:
    """Columns other than the key."""
    return ctx.draw.some([each for each in target.columns[1:] if each.kind in _PLAIN], 1, at_most)


@dataclass(frozen=True)
class Write:
    """A statement's text, and the table it changes."""

    sql: str
    target: str


def insert(ctx: Context) -> Write:
    """With a column list in any order, BY NAME, or all columns by position."""
    ctx.note(Construct.INSERT)
    target, _ = _target(ctx)
    base = _source(ctx)
    form = ctx.draw.count(0, 3)
    chosen = target.columns if form == 0 else [target.key, *_settable(ctx, target, 3)]
    columns = ctx.draw.shuffled(chosen) if form in (1, 2) else list(chosen)
    listed = [
        (f"{expression(ctx, base.scope, each.kind, 1)} AS {_name(ctx, each, form)}", each)
        for each in columns
    ]
    sql = block(ctx, base, listed).sql
    match form:
        case 0:
            text = f"INSERT INTO {target.name} {sql}"
        case 1:
            text = f"INSERT INTO {target.name} BY NAME {sql}"
        case _:
            names = ", ".join(quoted(each.name) for each in columns)
            text = f"INSERT INTO {target.name} ({names}) {sql}"
    return Write(text, target.name)


def _name(ctx: Context, column: Column, form: int) -> str:
    """BY NAME needs the target's name; elsewhere any other does."""
    return quoted(column.name) if form == 1 else ctx.draw.alias("x")


def _source(ctx: Context) -> Origin:
    return derived(ctx, query(ctx.deeper())) if ctx.draw.chance(0.4) else table(ctx)


def update(ctx: Context) -> Write:
    """SET, half of the time FROM another table."""
    ctx.note(Construct.UPDATE)
    target, own = _target(ctx)
    scope, tail = own, ""
    if ctx.draw.chance(0.5):
        other = _other(ctx, own)
        scope = Scope((*own.sources, *other.scope.sources))
        key = other.scope.places((Kind.INT,))[0]
        tail = (
            f" FROM {other.sql} WHERE {target.name}.{target.key.name} = "
            f"{quoted(key[0].alias)}.{quoted(key[1].name)}"
        )
        ctx.note(Construct.JOIN)
    elif ctx.draw.chance(0.7):
        test = predicate(ctx, own) if ctx.draw.chance(0.4) else condition(ctx, own)
        tail = f" WHERE {test}"
    settings = ", ".join(
        f"{quoted(each.name)} = {expression(ctx, scope, each.kind, 1)}"
        for each in _settable(ctx, target, 2)
    )
    return Write(f"UPDATE {target.name} SET {settings}{tail}", target.name)


def _other(ctx: Context, own: Scope) -> Origin:
    """Rows of another table, one a key, so that which of them wins is not a matter of luck."""
    base = table(ctx)
    while own.has_alias(base.scope.sources[0].alias):
        base = table(ctx)
    source = base.scope.sources[0]
    key, value = Column(ctx.draw.alias("k"), Kind.INT), Column(ctx.draw.alias("v"), Kind.INT)
    group = ctx.draw.pick([each for each in source.columns if each.kind is Kind.INT])
    sql = (
        f"SELECT {reference(ctx, base.scope, source, group)} AS {key.name}, "
        f"max({expression(ctx, base.scope, Kind.INT, 1)}) AS {value.name} "
        f"FROM {base.sql} GROUP BY 1"
    )
    return derived(ctx, Query(sql, (key, value)))


def delete(ctx: Context) -> Write:
    """By a condition, a subquery, or USING another table."""
    ctx.note(Construct.DELETE)
    target, own = _target(ctx)
    if ctx.draw.chance(0.3):
        other = _other(ctx, own)
        ctx.note(Construct.JOIN)
        key = other.scope.places((Kind.INT,))[0]
        return Write(
            f"DELETE FROM {target.name} USING {other.sql} WHERE "
            f"{target.name}.{target.key.name} = {key[0].alias}.{key[1].name}",
            target.name,
        )
    test = predicate(ctx, own) if ctx.draw.chance(0.5) else condition(ctx, own)
    return Write(f"DELETE FROM {target.name} WHERE {test}", target.name)


def merge(ctx: Context) -> Write:
    """Every branch in some statement: update, delete, insert, with and without conditions."""
    ctx.note(Construct.MERGE, Construct.JOIN)
    target, own = _target(ctx)
    other = _other(ctx, own)
    source = other.scope.sources[0]
    both = Scope((*own.sources, source))
    settings = ", ".join(
        f"{quoted(each.name)} = {expression(ctx, both, each.kind, 1)}"
        for each in _settable(ctx, target, 2)
    )
    columns = [target.key, *_settable(ctx, target, 2)]
    names = ", ".join(quoted(each.name) for each in columns)
    made = ", ".join(expression(ctx, Scope((source,)), each.kind, 1) for each in columns)
    branches = [
        f"WHEN MATCHED AND {condition(ctx, both, 0)} THEN UPDATE SET {settings}",
        ctx.draw.pick(("WHEN MATCHED THEN DELETE", f"WHEN MATCHED THEN UPDATE SET {settings}")),
        f"WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({made})",
    ]
    chosen = " ".join(ctx.draw.some(branches, 1, 3))
    return Write(
        f"MERGE INTO {target.name} USING {other.sql} ON "
        f"{target.name}.{target.key.name} = {source.alias}.{source.columns[0].name} {chosen}",
        target.name,
    )


STATEMENTS: dict[Construct, Callable[[Context], Write]] = {
    Construct.INSERT: insert,
    Construct.UPDATE: update,
    Construct.DELETE: delete,
    Construct.MERGE: merge,
}
