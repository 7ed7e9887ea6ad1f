"""How much the catalog knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.model.reading import Reading, Trouble
from ingest.flows import Tier
from ingest.names import JobName


@dataclass(frozen=True, slots=True)
class JobsOfTier:
    """How many jobs have evidence of one tier, and none of a better one."""

    tier: Tier
    jobs: int


@dataclass(frozen=True, slots=True, order=True)
class UnreadSql:
    """A job whose SQL could not be read, and why."""

    job: JobName
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class SqlCensus:
    """Jobs whose SQL was read, by what became of their latest completed run's.

    `bound`: every name was found, in tables that are known whole; `unread`: nothing could be told,
    by job; `faults`: another try may tell more, by job.
    """

    jobs: int
    bound: int
    unread: tuple[UnreadSql, ...]
    faults: tuple[UnreadSql, ...]


def count_readings(readings: Iterable[tuple[JobName, Reading]]) -> SqlCensus:
    """Count what became of texts, one of each job."""
    told = list(readings)
    unread = (
        UnreadSql(job, one.trouble)
        for job, one in told
        if one.trouble is not None and not one.writes and not one.reads
    )
    faults = (
        UnreadSql(job, one.trouble)
        for job, one in told
        if one.trouble is not None and one.trouble.is_fault
    )
    bound = sum(one.bound for _, one in told)
    return SqlCensus(len(told), bound, tuple(sorted(unread)), tuple(sorted(faults)))


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
