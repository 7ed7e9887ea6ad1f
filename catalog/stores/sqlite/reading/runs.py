"""Reading runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from catalog.model.claim import Completion
from catalog.model.thing import Thing
from catalog.stores.sqlite.fold_rows import decode_folds
from catalog.stores.sqlite.reading.values import Values, find_thing, find_things
from catalog.stores.sqlite.times import moment, ticks
from ingest.facts import Stamp
from ingest.folds import RunFold
from ingest.names import JobName, RunKey

_HEARD = "heard, heard_phase, heard_record, run_id, jobs.namespace, jobs.name"
"""The order of runs, that of `(last stamp, run)`."""

_ORDER = ", ".join(f"{column} DESC" for column in _HEARD.split(", "))
_JOBS = "CROSS JOIN things AS jobs ON jobs.id = runs.job"
_BEFORE = f"AND heard <= ? AND ({_HEARD}) < (?, ?, ?, ?, ?, ?)"
_LATEST = f"SELECT runs.id FROM runs {_JOBS} WHERE 1 {{before}} ORDER BY {_ORDER} LIMIT ?"
_LATEST_OF_CAST = (
    f"SELECT runs.id FROM runs {_JOBS} WHERE cast_id = cast_things.cast_id {{before}}"
    f" ORDER BY {_ORDER} LIMIT ?"
)
_LATEST_OF_THING = (
    f"SELECT runs.id FROM cast_things CROSS JOIN runs ON runs.id IN ({_LATEST_OF_CAST})"
    f" {_JOBS} WHERE thing = ? ORDER BY {_ORDER} LIMIT ?"
)


def folds_of(connection: sqlite3.Connection, runs: Collection[RunKey]) -> Mapping[RunKey, RunFold]:
    """Give what is known of runs."""
    found: list[tuple[RunKey, bytes]] = []
    for run in runs:
        row = connection.execute(
            "SELECT fold FROM things CROSS JOIN runs ON runs.job = things.id"
            " WHERE sort = 1 AND namespace = ? AND name = ? AND run_id = ?",
            (run.job.namespace, run.job.name, run.run_id),
        ).fetchone()
        if row:
            found.append((run, row[0]))
    values = Values(connection)
    return {fold.run: fold for fold in decode_folds(found, values.things, values.contents)}


def recent_runs(
    connection: sqlite3.Connection, thing: Thing | None, limit: int, before: RunKey | None
) -> Sequence[RunFold]:
    """Give runs, the latest heard of first, behind the one before."""
    last = _heard(connection, before) if before else ()
    if last is None:
        return []
    condition = _BEFORE if last else ""
    if thing is None:
        query, values = _LATEST.format(before=condition), [*last, limit]
    else:
        key = find_thing(connection, thing)
        query, values = _LATEST_OF_THING.format(before=condition), [*last, limit, key, limit]
    ids = [key for (key,) in connection.execute(query, values)]
    return folds_at(connection, ids)


def folds_at(connection: sqlite3.Connection, ids: Sequence[int]) -> Sequence[RunFold]:
    """Give the folds in rows of runs, in the order of these."""
    values = Values(connection)
    found: list[tuple[RunKey, bytes]] = []
    for key in ids:
        run_id, fold, *job = connection.execute(
            "SELECT run_id, fold, namespace, name FROM runs CROSS JOIN things"
            " ON things.id = runs.job WHERE runs.id = ?",
            (key,),
        ).fetchone()
        found.append((RunKey(run_id, JobName(*job)), fold))
    return list(decode_folds(found, values.things, values.contents))


def completions(
    connection: sqlite3.Connection, jobs: Collection[JobName], limit: int
) -> Mapping[JobName, Sequence[Completion]]:
    """Give the newest completed runs of each job, the newest first."""
    return {
        job: done
        for key, job in find_things(connection, jobs).items()
        if isinstance(job, JobName) and (done := completions_of(connection, key, limit))
    }


def completions_of(connection: sqlite3.Connection, job: int, limit: int) -> Sequence[Completion]:
    """Give the newest completed runs of a job, the newest first."""
    rows = connection.execute(
        "SELECT completed, completed_phase, completed_record, version, run_id FROM runs"
        " WHERE job = ? AND completed IS NOT NULL"
        " ORDER BY completed DESC, completed_phase DESC, completed_record DESC LIMIT ?",
        (job, limit),
    )
    return [
        Completion(Stamp(moment(time), phase, record), version, run_id)
        for time, phase, record, version, run_id in rows
    ]


def completed_runs(
    connection: sqlite3.Connection,
    jobs: Collection[JobName],
    since: datetime | None,
    until: datetime | None,
) -> Sequence[RunKey]:
    """Give the runs of jobs that completed from one time to another."""
    span = (ticks(since) if since else _FIRST_TICK, ticks(until) if until else _LAST_TICK)
    return [
        RunKey(run_id, job)
        for key, job in find_things(connection, jobs).items()
        if isinstance(job, JobName)
        for (run_id,) in connection.execute(
            "SELECT run_id FROM runs WHERE job = ? AND completed BETWEEN ? AND ?", (key, *span)
        )
    ]


_FIRST_TICK, _LAST_TICK = -(1 << 62), 1 << 62


def _heard(connection: sqlite3.Connection, run: RunKey) -> tuple[object, ...] | None:
    """Give the place of a run in the order of runs, as `_BEFORE` takes it."""
    row = connection.execute(
        f"SELECT {_HEARD} FROM runs {_JOBS}"
        " WHERE run_id = ? AND jobs.sort = 1 AND jobs.namespace = ? AND jobs.name = ?",
        (run.run_id, run.job.namespace, run.job.name),
    ).fetchone()
    return (row[0], *row) if row else None
