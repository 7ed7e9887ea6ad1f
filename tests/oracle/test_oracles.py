"""The oracles agree with each other, and find what they are there to find."""

from __future__ import annotations

import pytest

from tests.oracle.answer import Engine, Told
from tests.oracle.change import changes
from tests.oracle.court import Court, Disagreement, reduced
from tests.oracle.database import Database
from tests.oracle.effort import Effort
from tests.oracle.grammar.draw import Draw
from tests.oracle.grammar.statement import world
from tests.oracle.plan.engine import engine_of
from tests.oracle.trial import statements

FEW = Effort(worlds=2, statements=60, edits=0, changes=4)


@pytest.mark.parametrize("number", range(FEW.worlds))
def test_a_plan_explains_every_change_of_data(number: int) -> None:
    judged = world(number)
    with Database(judged) as database:
        court = Court(engine_of(database, judged), database, judged)
        made = statements(judged, FEW)

        assert list(changes(court, made, Draw("change"), FEW.changes)) == []


def _without_rows(engine: Engine) -> Engine:
    def answer(request: dict[str, object]) -> Told:
        told = engine(request)
        return {**told, "rows": []}

    return answer


def test_an_engine_that_forgets_filters_is_found_out_with_a_small_statement() -> None:
    judged = world(0)
    with Database(judged) as database:
        forgetful = _without_rows(engine_of(database, judged))
        court = Court(forgetful, database, judged)
        found = list(changes(court, statements(judged, FEW), Draw("change"), FEW.changes))

        assert len(found) > 10
        small = _reduced(found[0], database)
        assert len(small.statement.sql) < len(found[0].statement.sql)


def _reduced(found: Disagreement, database: Database) -> Disagreement:
    judged = world(0)
    return reduced(_without_rows(engine_of(database, judged)), found, judged)
