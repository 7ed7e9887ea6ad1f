"""The engine against DuckDB: what binds, what depends on what, over generated statements."""

from __future__ import annotations

from typing import cast

import pytest

from ingest.sql.jsonl import answer
from tests.oracle.answer import Engine
from tests.oracle.court import Disagreement, reduced
from tests.oracle.edges import Score
from tests.oracle.effort import chosen
from tests.oracle.gaps import GAPS, Gap
from tests.oracle.trial import trial

MOST_SHOWN = 3


@pytest.fixture(scope="module")
def judged() -> tuple[list[Disagreement], list[Score]]:
    """Everything that the three oracles find in the worlds of this effort.

    A disagreement that no gap explains is told with the smallest statement that shows it.
    """
    effort = chosen()
    engine = cast("Engine", answer)
    found: list[Disagreement] = []
    scores: list[Score] = []
    for number in range(effort.worlds):
        one = trial(engine, number, effort)
        scores += one.scores
        for each in one.disagreements:
            explained = any(gap.holds(each) for gap in GAPS)
            shown = sum(not any(gap.holds(old) for gap in GAPS) for old in found) >= MOST_SHOWN
            found.append(each if explained or shown else reduced(engine, each, one.world))
    return found, scores


def test_every_disagreement_is_a_known_gap(
    judged: tuple[list[Disagreement], list[Score]],
) -> None:
    """Dropped columns bind as DuckDB binds; changed values are explained; edges are the plan's."""
    unknown = [
        (each.oracle.value, each.statement.sql, each.opinion.truth, each.opinion.said)
        for each in judged[0]
        if not any(gap.holds(each) for gap in GAPS)
    ]
    assert unknown[:MOST_SHOWN] == []


@pytest.mark.parametrize("gap", GAPS, ids=lambda gap: gap.reason)
def test_a_gap_that_is_closed_goes(
    judged: tuple[list[Disagreement], list[Score]], gap: Gap
) -> None:
    """The list of gaps tells the truth."""
    assert any(gap.holds(each) for each in judged[0])


def test_the_edges_are_those_of_the_plan(
    judged: tuple[list[Disagreement], list[Score]],
) -> None:
    """Nearly always to the letter: shares of statements, not of edges."""
    scores = judged[1]
    assert len(scores) > chosen().total * 0.9
    assert sum(one.direct.exact for one in scores) / len(scores) >= 0.99
    assert sum(one.every.exact for one in scores) / len(scores) >= 0.99
