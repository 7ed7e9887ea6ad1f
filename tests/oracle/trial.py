"""One world's statements put before the three oracles."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.answer import Engine
from tests.oracle.binding import bindings
from tests.oracle.change import changes
from tests.oracle.court import Court, Disagreement
from tests.oracle.database import Bound, Database
from tests.oracle.edges import Score, scores
from tests.oracle.effort import Effort
from tests.oracle.grammar.draw import Draw
from tests.oracle.grammar.statement import Statement, World, statement, world


@dataclass(frozen=True)
class Trial:
    """What came of a world: the statements that bind, where engine and truth part, the scores."""

    world: World
    statements: tuple[Statement, ...]
    disagreements: tuple[Disagreement, ...]
    scores: tuple[Score, ...]


def trial(engine: Engine, number: int, effort: Effort) -> Trial:
    judged = world(number)
    with Database(judged) as database:
        court = Court(engine, database, judged)
        made = statements(judged, effort)
        bound = {at: each for at, each in made.items() if isinstance(database.bind(each), Bound)}
        draw = Draw(f"trial {number}")
        scored = tuple(scores(court, bound))
        found = (
            *bindings(court, bound, draw, effort.edits),
            *changes(court, bound, draw, effort.changes),
            *(each.disagreement for each in scored if each.disagreement is not None),
        )
        return Trial(judged, tuple(bound.values()), found, scored)


def statements(of: World, effort: Effort) -> dict[int, Statement]:
    """The world's statements by their numbers, which are unique over all worlds."""
    first = of.number * effort.statements
    return {at: statement(of, at) for at in range(first, first + effort.statements)}
