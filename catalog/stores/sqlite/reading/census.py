"""Counting what there is."""

from __future__ import annotations

import sqlite3
from collections import Counter

from catalog.model.census import Census, JobsOfTier
from ingest.flows import Tier

_COUNTS = """
SELECT
    (SELECT count(*) FROM things WHERE (named OR uses > 0) AND sort = 0),
    (SELECT count(*) FROM columns WHERE uses > 0),
    (SELECT count(*) FROM things WHERE (named OR uses > 0) AND sort = 1),
    (SELECT count(*) FROM runs),
    (SELECT count(*) FROM edges)
"""
_TIERS = """
SELECT DISTINCT via, tier FROM claims JOIN things ON things.id = via WHERE holds AND sort = 1
"""


def census(connection: sqlite3.Connection) -> Census:
    """Count what is known."""
    counts: tuple[int, int, int, int, int] = connection.execute(_COUNTS).fetchone()
    best: dict[int, Tier] = {}
    ranks = {tier: rank for rank, tier in enumerate(Tier)}
    for via, name in connection.execute(_TIERS):
        best[via] = min(best.get(via, Tier(name)), Tier(name), key=lambda tier: ranks[tier])
    jobs = Counter(best.values())
    tiers = tuple(JobsOfTier(tier, jobs[tier]) for tier in Tier if jobs[tier])
    return Census(*counts, jobs_by_tier=tiers)
