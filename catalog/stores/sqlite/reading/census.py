"""Counting what is known."""

from __future__ import annotations

import sqlite3
from collections import Counter

from catalog.model.census import Census, JobsOfTier
from ingest.flows import Tier

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


def census(connection: sqlite3.Connection) -> Census:
    """Count what is known."""
    datasets, columns, jobs, runs, links = connection.execute(_COUNTS).fetchone()
    ranks = {tier: place for place, tier in enumerate(Tier)}
    best: dict[int, Tier] = {}
    for job, tier in connection.execute(_TIERS):
        best[job] = min(best.get(job, Tier(tier)), Tier(tier), key=lambda one: ranks[one])
    by_tier = Counter(best.values())
    tiers = tuple(JobsOfTier(tier, by_tier[tier]) for tier in Tier if by_tier[tier])
    return Census(datasets, columns, jobs, runs, links, tiers)
