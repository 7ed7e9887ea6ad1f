"""Who is judged, by what, and what is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from tests.oracle.answer import Engine
from tests.oracle.database import Database
from tests.oracle.grammar.schema import Schema
from tests.oracle.grammar.statement import Statement, World
from tests.oracle.shrink import shrunk


class Oracle(StrEnum):
    BINDING = "binding"
    CHANGE = "change"
    PLAN = "plan"


@dataclass(frozen=True)
class Court:
    """An engine, and a database that holds the world it is asked about."""

    engine: Engine
    database: Database
    world: World


@dataclass(frozen=True)
class Opinion:
    """What the truth is and what the engine said."""

    truth: str
    said: str


Review = Callable[[Court, Statement], Opinion | None]
"""Judges a statement again under the circumstances of a disagreement."""


@dataclass(frozen=True)
class Disagreement:
    oracle: Oracle
    number: int
    statement: Statement
    schema: Schema
    opinion: Opinion
    review: Review


def reduced(engine: Engine, found: Disagreement, world: World) -> Disagreement:
    """The disagreement over a smaller statement."""
    with Database(world) as database:
        court = Court(engine, database, world)

        def judged(sql: str) -> Opinion | None:
            return found.review(court, replace(found.statement, sql=sql))

        def fails(sql: str) -> bool:
            opinion = judged(sql)
            return opinion is not None and _kind(opinion) == _kind(found.opinion)

        sql = shrunk(found.statement.sql, fails)
        opinion = judged(sql)
    small = replace(found.statement, sql=sql)
    return replace(found, statement=small, opinion=opinion or found.opinion)


def _kind(opinion: Opinion) -> tuple[str, str]:
    """Up to the first colon an opinion says what kind of thing is true and was said."""
    return opinion.truth.split(":", 1)[0], opinion.said.split(":", 1)[0]
