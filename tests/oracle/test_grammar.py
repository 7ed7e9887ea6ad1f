"""The generated statements bind, are the same each time, and cover the constructs."""

from __future__ import annotations

from collections import Counter
from itertools import product

from tests.oracle.database import Bound, Database
from tests.oracle.effort import chosen
from tests.oracle.grammar.construct import COMPANIONS, WRITES, Construct
from tests.oracle.grammar.statement import Statement, world
from tests.oracle.trial import statements


def _bound(number: int) -> list[Statement]:
    judged = world(number)
    with Database(judged) as database:
        made = statements(judged, chosen()).values()
        return [each for each in made if isinstance(database.bind(each), Bound)]


def test_every_construct_appears_often_and_beside_each_companion() -> None:
    effort = chosen()
    bound = [each for number in range(effort.worlds) for each in _bound(number)]

    assert len(bound) >= 0.98 * effort.total
    counted = Counter(construct for each in bound for construct in each.constructs)
    assert {each: counted[each] for each in Construct if counted[each] < 30} == {}
    pairs = Counter(
        pair
        for each in bound
        for pair in product(each.constructs, COMPANIONS)
        if pair[1] in each.constructs
    )
    queries = [each for each in Construct if each not in WRITES]
    assert [pair for pair in product(queries, COMPANIONS) if not pairs[pair]] == []


def test_statements_are_the_same_each_time() -> None:
    first, second = (list(statements(world(3), chosen()).values()) for _ in range(2))

    assert first == second
