"""The month: thirty days that end with a given time, and every moment of every run in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from ingest.demo.company.incidents import INCIDENTS, RERUNS, Failure
from ingest.demo.history.execution import Execution, Moment, Outcome, Phase, Started
from ingest.demo.history.playing import Call, play, rows_of, run_id
from ingest.demo.history.variation import fraction
from ingest.demo.model import Company, Job, Schedule

DAYS = 30
_BEAT = timedelta(hours=12)
_RESTART_AFTER = timedelta(minutes=21)
_QUIET_DAYS = 0.85
"""The share of days on which one conversation is told; on the others two are."""


def first_day(end: datetime) -> datetime:
    """Give the midnight (UTC) at which the month begins; its last day is that of `end`."""
    return datetime.combine(end.astimezone(UTC).date(), time(), UTC) - timedelta(days=DAYS - 1)


def moments(company: Company, end: datetime) -> list[Moment]:
    """Give every moment up to `end`, in order of time."""
    runs = _executions(company, first_day(end))
    found = [it for run in runs for it in _moments(run) if it.at <= end]
    return sorted(found, key=lambda moment: moment.at)


def _executions(company: Company, first: datetime) -> Iterator[Execution]:
    for stream in company.streams:
        yield from _stream(stream, first)
    for day in range(DAYS):
        midnight = first + timedelta(days=day)
        for schedule in company.schedules:
            if _is_due(schedule, day, midnight):
                start = midnight + _since_midnight(schedule.at)
                yield from play(schedule.job, Call(day, start, start + _jitter(schedule, day)))
        yield from _reruns(company, day, midnight)
        yield from _conversations(company.assistant, day, midnight)


def _is_due(schedule: Schedule, day: int, midnight: datetime) -> bool:
    on_this_day = schedule.only is None or day in schedule.only
    return on_this_day and midnight.weekday() in schedule.weekdays


def _jitter(schedule: Schedule, day: int) -> timedelta:
    return timedelta(milliseconds=round(9000 * fraction("start", schedule.job.at.name, day)))


def _reruns(company: Company, day: int, midnight: datetime) -> Iterator[Execution]:
    for rerun in RERUNS:
        if rerun.day != day:
            continue
        usual = next(it.at for it in company.schedules if it.job == rerun.job)
        start = midnight + _since_midnight(rerun.at)
        for past in rerun.days:
            nominal = midnight + timedelta(days=past - day) + _since_midnight(usual)
            played = play(rerun.job, Call(day, nominal, start))
            yield from played
            start = (played[0].ended or start) + timedelta(minutes=1)


def _conversations(assistant: Job, day: int, midnight: datetime) -> Iterator[Execution]:
    calls = 1 if fraction("quiet", day) < _QUIET_DAYS else 2
    for number in range(calls):
        hours = 8 + 12 * fraction("question", day, number)
        start = midnight + timedelta(seconds=round(hours * 3600))
        yield from play(assistant, Call(day, start, start))


def _stream(job: Job, first: datetime) -> Iterator[Execution]:
    """A stream runs until an incident stops it, and is then started again."""
    start = first + timedelta(minutes=2, seconds=round(60 * fraction("stream", job.at.name)))
    for incident in INCIDENTS:
        if incident.job == job.at:
            crash = first + timedelta(days=incident.day) + _since_midnight(incident.until)
            yield _streaming(job, first, start, crash, incident.failure)
            start = crash + _RESTART_AFTER
    yield _streaming(job, first, start, None, None)


def _streaming(
    job: Job, first: datetime, start: datetime, crash: datetime | None, failure: Failure | None
) -> Execution:
    horizon = crash or first + timedelta(days=DAYS)
    beats = int((horizon - start) / _BEAT)
    day = (start - first).days
    return Execution(
        run=Started(job.at, run_id(job, start)),
        job=job,
        revision=job.revisions[0],
        day=day,
        nominal=start,
        started=start,
        ended=crash,
        outcome=Outcome.FAIL if crash else Outcome.COMPLETE,
        rows=rows_of(job, day),
        failure=failure,
        beats=tuple(start + _BEAT * number for number in range(1, beats + 1)),
    )


def _moments(run: Execution) -> Iterator[Moment]:
    yield Moment(run.started, Phase.START, run)
    for beat in run.beats:
        yield Moment(beat, Phase.RUNNING, run)
    if run.ended is not None:
        yield Moment(run.ended, Phase.END, run)


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
