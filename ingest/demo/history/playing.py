"""Plays a job: its steps one after the other, with retries, failures and what they skip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from openlineage.client.uuid import generate_static_uuid

from ingest.demo.company.incidents import DELAYS, INCIDENTS, SHORTFALLS, Failure, Incident
from ingest.demo.history.execution import Execution, Outcome, Started
from ingest.demo.history.variation import around, fraction
from ingest.demo.model import Job, Tool

_ATTEMPTS = 2
_RETRY_AFTER = timedelta(minutes=5)
_HANDOVER = timedelta(seconds=2)
_CUT_SHORT = 0.4


@dataclass(frozen=True, slots=True)
class Call:
    """The circumstances of a start; `day` is the day on which it happens."""

    day: int
    nominal: datetime
    start: datetime
    ancestors: tuple[Started, ...] = ()
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Ending:
    """When and how a run ends."""

    at: datetime
    outcome: Outcome
    failure: Failure | None = None


def play(job: Job, call: Call) -> list[Execution]:
    """Give the run of a job and the runs that it starts, its own first; none before it exists."""
    revision = job.revision(call.day)
    if revision is None:
        return []
    run = Started(job.at, run_id(job, call.start))
    below = Call(call.day, call.nominal, call.start + _HANDOVER, (*call.ancestors, run))
    children = list(_play_steps(job, below))
    ending = _after_steps(children, below) if job.steps else _alone(job, call)
    own = Execution(
        run=run,
        job=job,
        revision=revision,
        day=call.day,
        nominal=call.nominal,
        started=call.start,
        ended=ending.at,
        outcome=ending.outcome,
        failure=ending.failure,
        rows=rows_of(job, call.day),
        ancestors=call.ancestors,
        attempt=call.attempt,
    )
    return [own, *children]


def run_id(job: Job, start: datetime) -> str:
    """Give the id of the run of a job that starts at a time."""
    return str(generate_static_uuid(start, f"{job.at.namespace} {job.at.name}".encode()))


def rows_of(job: Job, day: int) -> int:
    """Give how many rows a run of a job handles on a day; an agent's action one."""
    if job.tool is Tool.BURR:
        return 1
    usual = 10 ** (3 + 3.5 * fraction("rows", job.at.name))
    part = next((it.part for it in SHORTFALLS if (it.job, it.day) == (job.at, day)), 1.0)
    return int(around(usual * part, "rows", job.at.name, day, spread=0.08))


def incident_at(job: Job, day: int, start: datetime) -> Incident | None:
    """Give what keeps a run from succeeding, if anything does."""
    return next(
        (it for it in INCIDENTS if (it.job, it.day) == (job.at, day) and start.time() < it.until),
        None,
    )


def _alone(job: Job, call: Call) -> Ending:
    incident = incident_at(job, call.day, call.start)
    end = call.start + _duration(job, call, cut_short=incident is not None)
    if incident is None:
        return Ending(end, Outcome.COMPLETE)
    return Ending(end, Outcome.FAIL if incident.failure else Outcome.ABORT, incident.failure)


def _after_steps(children: list[Execution], call: Call) -> Ending:
    end = _end(children, call.start) + _HANDOVER
    stopped_by = next(_failures(children, call), None)
    if stopped_by is None:
        return Ending(end, Outcome.COMPLETE)
    return Ending(end, Outcome.FAIL, stopped_by.failure)


def _duration(job: Job, call: Call, *, cut_short: bool) -> timedelta:
    wait = next((it.minutes for it in DELAYS if (it.job, it.day) == (job.at, call.day)), 0.0)
    work = around(job.minutes, "minutes", job.at.name, call.day, call.attempt)
    minutes = wait + work * (_CUT_SHORT if cut_short else 1)
    return timedelta(milliseconds=round(minutes * 60_000))


def _play_steps(job: Job, call: Call) -> Iterator[Execution]:
    start = call.start
    lost: list[Job] = []
    for group in job.steps:
        played: list[Execution] = []
        for step in group:
            if any(_needs(step, other, call.day) for other in lost):
                lost.append(step)
                continue
            runs = _attempts(step, replace(call, start=start))
            played += runs
            if next(_failures(runs, call), None):
                lost.append(step)
        yield from played
        start = _end(played, start) + _HANDOVER


def _attempts(job: Job, call: Call) -> list[Execution]:
    runs = play(job, call)
    retried = job.tool is Tool.AIRFLOW and call.attempt < _ATTEMPTS
    if not (runs and runs[0].outcome is Outcome.FAIL and retried):
        return runs
    start = _end(runs, call.start) + _RETRY_AFTER
    return [*runs, *_attempts(job, replace(call, start=start, attempt=call.attempt + 1))]


def _failures(runs: list[Execution], call: Call) -> Iterator[Execution]:
    """Give the steps whose last attempt did not succeed."""
    last = {it.job.at: it for it in runs if it.ancestors == call.ancestors}
    return (it for it in last.values() if it.outcome is not Outcome.COMPLETE)


def _needs(step: Job, lost: Job, day: int) -> bool:
    """Only dbt goes on with what does not read what failed."""
    if step.tool is not Tool.DBT:
        return True
    code, other = step.revision(day), lost.revision(day)
    return code is not None and other is not None and other.output in code.inputs


def _end(executions: list[Execution], otherwise: datetime) -> datetime:
    return max((it.ended for it in executions if it.ended is not None), default=otherwise)
