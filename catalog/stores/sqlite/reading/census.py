"""Counting what is known."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator

from catalog.model.census import Census, JobsOfTier, count_readings
from catalog.model.reading import Reading
from catalog.stores.codec import load, reading_from_json
from catalog.stores.sqlite.names import sql_key
from ingest.flows import Tier
from ingest.names import JobName

_COUNTS = (
    "SELECT (SELECT count(*) FROM things WHERE sort = 0 AND (named OR uses > 0)),"
    " (SELECT count(*) FROM columns WHERE uses > 0),"
    " (SELECT count(*) FROM things WHERE sort = 1 AND (named OR uses > 0)),"
    " (SELECT count(*) FROM runs),"
    " (SELECT count(*) FROM edges)"
)
_TIERS = (
    "SELECT DISTINCT via, tier FROM claims CROSS JOIN things ON things.id = via"
    " WHERE holds AND sort = 1"
)
_READ = (
    "SELECT DISTINCT job, things.namespace, things.name FROM named"
    " CROSS JOIN things ON things.id = job WHERE named.uses > 0"
)
_LATEST = (
    "SELECT run_id FROM runs WHERE job = ? AND completed IS NOT NULL"
    " ORDER BY completed DESC, completed_phase DESC, completed_record DESC LIMIT 1"
)
_READING = (
    "SELECT reading FROM witnesses CROSS JOIN testimonies ON testimonies.id = testimony"
    " WHERE key = ?"
)


def census(connection: sqlite3.Connection) -> Census:
    """Count what is known."""
    datasets, columns, jobs, runs, links = connection.execute(_COUNTS).fetchone()
    ranks = {tier: place for place, tier in enumerate(Tier)}
    best: dict[int, Tier] = {}
    for job, tier in connection.execute(_TIERS):
        best[job] = min(best.get(job, Tier(tier)), Tier(tier), key=lambda one: ranks[one])
    by_tier = Counter(best.values())
    tiers = tuple(JobsOfTier(tier, by_tier[tier]) for tier in Tier if by_tier[tier])
    sql = count_readings(_latest_readings(connection))
    return Census(datasets, columns, jobs, runs, links, tiers, sql)


def _latest_readings(connection: sqlite3.Connection) -> Iterator[tuple[JobName, Reading]]:
    """Give what the SQL of the latest completed run of each job came to."""
    for job, namespace, name in connection.execute(_READ).fetchall():
        run = connection.execute(_LATEST, (job,)).fetchone()
        row = connection.execute(_READING, (sql_key(job, run[0]),)).fetchone() if run else None
        if row and row[0] is not None:
            yield JobName(namespace, name), reading_from_json(load(row[0]))
