"""`headwater check` against DuckDB: what invented changes do to invented projects."""

from __future__ import annotations

import pytest

from tests.oracle.effort import GATE, chosen
from tests.oracle.impact.checker import check
from tests.oracle.impact.generate import cases
from tests.oracle.impact.laws import violations
from tests.oracle.impact.outcome import Outcome, outcome
from tests.oracle.impact.score import Score, score

PROJECTS_IN_GATE = 4
PROJECTS_IN_LONG_RUN = 120

EXACT_IN_GATE = 0.90
EXACT_IN_LONG_RUN = 0.92
"""Of the gate's changes one more that is wrong makes a point and a half."""


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """Every change of the projects of this effort, judged."""
    projects = PROJECTS_IN_GATE if chosen() == GATE else PROJECTS_IN_LONG_RUN
    judged = [case for number in range(projects) for case in cases(number)]
    answers = check(judged)
    return [outcome(case, answers[case.id]) for case in judged]


@pytest.fixture(scope="module")
def figures(outcomes: list[Outcome]) -> Score:
    return score(outcomes)


def test_the_laws_hold_in_every_case(outcomes: list[Outcome]) -> None:
    """No break on binding is missed, no proven break is built, rewrites are silent."""
    assert [line for each in outcomes for line in violations(each)][:5] == []


def test_breaks_are_told_and_are_breaks(figures: Score) -> None:
    """Those on binding; what depends on data is labelled and counts apart."""
    assert (figures.bind_precision.value or 0) >= 0.99
    assert (figures.bind_recall.value or 0) >= 0.99


def test_what_is_affected_is_told_and_little_else(figures: Score) -> None:
    """The classes of nearly all changes are right to the last model."""
    assert (figures.affected_f1 or 0) >= 0.96
    assert figures.false_alarms_per_change <= 0.20
    exact = EXACT_IN_GATE if chosen() == GATE else EXACT_IN_LONG_RUN
    assert (figures.exact.value or 0) >= exact


def test_little_is_unknown(figures: Score) -> None:
    """Every model binds before the change."""
    assert figures.unknown <= 0.005 * figures.classes.total
