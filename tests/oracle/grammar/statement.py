"""Statements by number: a theme, a companion, and whatever else the choices bring."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.grammar.compositions import COMPANION, QUERIES
from tests.oracle.grammar.construct import COMPANIONS, Construct
from tests.oracle.grammar.data import Rows, data
from tests.oracle.grammar.draw import Draw
from tests.oracle.grammar.schema import Schema, schema
from tests.oracle.grammar.scope import Context
from tests.oracle.grammar.writes import STATEMENTS

_THEMES = (*QUERIES, *STATEMENTS, *STATEMENTS)


@dataclass(frozen=True)
class World:
    """A schema and its rows."""

    number: int
    schema: Schema
    rows: dict[str, Rows]


@dataclass(frozen=True)
class Statement:
    """`target` is the table that a write changes, None for a query."""

    sql: str
    constructs: frozenset[Construct]
    target: str | None = None


def world(number: int) -> World:
    draw = Draw(f"world {number}")
    made = schema(draw)
    return World(number, made, data(draw, made))


def statement(of: World, number: int) -> Statement:
    """Every theme comes up in turn, with every companion in turn; the same each time."""
    draw = Draw(f"world {of.number} statement {number}")
    made: set[Construct] = set()
    ctx = Context(draw, of.schema, made, depth=2)
    theme = _THEMES[number % len(_THEMES)]
    if theme in STATEMENTS:
        write = STATEMENTS[theme](ctx)
        return Statement(write.sql, frozenset(made), write.target)
    query = QUERIES[theme](ctx)
    if draw.chance(0.7):
        query = COMPANION[COMPANIONS[(number // len(_THEMES)) % len(COMPANIONS)]](ctx, query)
    if draw.chance(0.15):
        query = COMPANION[draw.pick(COMPANIONS)](ctx, query)
    return Statement(query.sql, frozenset(made))
