"""How much the catalog knows."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.flows import Tier


@dataclass(frozen=True, slots=True)
class JobsOfTier:
    """How many jobs have evidence of one tier, and none of a better one."""

    tier: Tier
    jobs: int


@dataclass(frozen=True, slots=True)
class Census:
    """Counts of what is known; `links` and `jobs_by_tier` of what holds, each tier once."""

    datasets: int
    columns: int
    jobs: int
    runs: int
    links: int
    jobs_by_tier: tuple[JobsOfTier, ...]
