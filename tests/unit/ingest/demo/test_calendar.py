"""The month played: the same story whenever it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.demo.company.meridian_air import MERIDIAN_AIR
from ingest.demo.history.calendar import first_day, moments
from ingest.demo.history.execution import Execution, Outcome, Phase

END = datetime(2026, 3, 31, 10, tzinfo=UTC)


def runs(end: datetime) -> list[Execution]:
    return [it.execution for it in moments(MERIDIAN_AIR, end) if it.phase is Phase.START]


@pytest.mark.parametrize("later", [timedelta(hours=5), timedelta(days=3), timedelta(days=200)])
def test_the_same_runs_fail_on_the_same_days_whenever_the_month_ends(later: timedelta) -> None:
    def failed(end: datetime) -> list[tuple[str, int, Outcome]]:
        return [
            (it.job.at.name, it.day, it.outcome)
            for it in runs(end)
            if it.outcome is not Outcome.COMPLETE
        ]

    assert failed(END + later) == failed(END)


def test_nothing_happens_after_the_end_and_what_still_runs_has_no_end() -> None:
    in_the_night = END.replace(hour=1, minute=2)

    played = moments(MERIDIAN_AIR, in_the_night)
    ended = {it.execution.run for it in played if it.phase is Phase.END}
    running = {it.execution.run.job.name for it in played if it.execution.run not in ended}

    assert max(it.at for it in played) <= in_the_night
    assert "booking_replication" in running


def test_late_data_delays_its_load_but_not_what_reads_it() -> None:
    loads = [it for it in runs(END) if it.job.at.name == "ops_replication.load_flights"]
    models = {it.day: it for it in runs(END) if it.job.at.name == "dbt_daily"}

    late = max(loads, key=lambda it: (it.ended or it.started) - it.started)

    assert late.ended
    assert late.ended - late.started > timedelta(hours=5)
    assert models[late.day].started < late.ended


def test_a_backfill_repeats_days_that_are_past() -> None:
    journeys = [it for it in runs(END) if it.job.at.name == "bag_journeys" and it.ancestors]
    past = [it.nominal for it in journeys if it.started - it.nominal > timedelta(hours=12)]

    assert len(past) == 5
    assert past == sorted(past)


def test_a_stream_reports_while_it_runs_and_is_started_again_after_it_failed() -> None:
    streams = [it for it in runs(END) if it.job.at.name.startswith("bag_scan_stream")]

    assert [it.outcome for it in streams if it.ended] == [Outcome.FAIL]
    assert [it.ended for it in streams][-1] is None
    assert all(it.beats for it in streams)


def test_after_a_failure_the_models_that_do_not_read_it_are_built_all_the_same() -> None:
    night = first_day(END) + timedelta(days=22, hours=3)
    built = {
        it.job.at.name.rsplit(".", 1)[-1]
        for it in runs(END)
        if night <= it.started < night + timedelta(hours=2)
    }

    assert "route_revenue_daily" in built
    assert "punctuality_daily" not in built
