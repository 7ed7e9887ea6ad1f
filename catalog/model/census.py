"""How much the catalog knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.model.reading import Reading
from ingest.flows import Tier


@dataclass(frozen=True, slots=True)
class JobsOfTier:
    """How many jobs have evidence of one tier, and none of a better one."""

    tier: Tier
    jobs: int


@dataclass(frozen=True, slots=True)
class SqlCensus:
    """Jobs whose SQL was read, by what became of their latest completed run's.

    `bound`: every name was found, in tables that are known whole; `unread`: nothing could be told.
    """

    jobs: int
    bound: int
    unread: int


def count_readings(readings: Iterable[Reading]) -> SqlCensus:
    """Count what became of texts, one of each job."""
    told = list(readings)
    unread = sum(one.trouble is not None and not one.writes and not one.reads for one in told)
    return SqlCensus(len(told), sum(one.bound for one in told), unread)


@dataclass(frozen=True, slots=True)
class Census:
    """Counts of what is known; `links` and `jobs_by_tier` of what holds, each tier once."""

    datasets: int
    columns: int
    jobs: int
    runs: int
    links: int
    jobs_by_tier: tuple[JobsOfTier, ...]
    sql: SqlCensus
