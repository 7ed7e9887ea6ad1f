"""What a name can mean at a place of a query, and how to write a reference to it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.draw import Draw
from tests.oracle.grammar.schema import Column, Kind, Schema, quoted


@dataclass(frozen=True)
class Source:
    """One item of FROM: what it is called and what it offers."""

    alias: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Scope:
    """The sources in sight; `merged` are the columns that USING made one of (lower case)."""

    sources: tuple[Source, ...]
    merged: frozenset[str] = frozenset()
    outer: Scope | None = None

    def places(self, kinds: tuple[Kind, ...]) -> list[tuple[Source, Column]]:
        return [
            (source, column)
            for source in self.sources
            for column in source.columns
            if column.kind in kinds
        ]

    def uses(self, name: str) -> int:
        """How many sources offer that name."""
        return sum(
            any(column.name.lower() == name.lower() for column in source.columns)
            for source in self.sources
        )

    def has_alias(self, alias: str) -> bool:
        return any(each.alias.lower() == alias.lower() for each in self.sources)


@dataclass(frozen=True)
class Query:
    """A query's text and what it yields."""

    sql: str
    columns: tuple[Column, ...]

    @property
    def has_unique_names(self) -> bool:
        return len({each.name.lower() for each in self.columns}) == len(self.columns)


@dataclass(frozen=True)
class Context:
    """What the builders work from: choices, tables, how deep to nest, constructs made so far."""

    draw: Draw
    schema: Schema
    made: set[Construct]
    depth: int

    def note(self, *constructs: Construct) -> None:
        self.made.update(constructs)

    def deeper(self) -> Context:
        return Context(self.draw, self.schema, self.made, self.depth - 1)


def reference(ctx: Context, scope: Scope, source: Source, column: Column) -> str:
    """The column, qualified if it must be and else half the time."""
    name = quoted(column.name)
    lone = scope.uses(column.name) == 1 or column.name.lower() in scope.merged
    if lone and ctx.draw.chance(0.6):
        return name
    return f"{quoted(source.alias)}.{name}"


def outer_reference(ctx: Context, scope: Scope, kinds: tuple[Kind, ...]) -> str | None:
    """A correlated reference to a column of the enclosing query, if there is one in sight."""
    if scope.outer is None:
        return None
    seen = [each for each in scope.outer.sources if not scope.has_alias(each.alias)]
    places = Scope(tuple(seen)).places(kinds)
    if not places:
        return None
    source, column = ctx.draw.pick(places)
    ctx.note(Construct.CORRELATED)
    free = scope.uses(column.name) == 0 and scope.outer.uses(column.name) == 1
    if free and ctx.draw.chance(0.4):
        return quoted(column.name)
    return f"{quoted(source.alias)}.{quoted(column.name)}"
