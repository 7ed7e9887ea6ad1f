"""Which claims hold: by the version of the code that shows them, and by the tier of the evidence.

The one place where currency and precedence are decided. Nothing here depends on "now" but
`status`, which only marks: what is unconfirmed is still answered.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from catalog.model.claim import Claim, Completion, SeenClaim
from ingest.facts import Stamp
from ingest.flows import Tier
from ingest.folds import NO_VERSION
from ingest.names import JobName

RECENT_RUNS = 5
"""How many completed runs tell whether two versions of a job take turns."""

SILENCE = timedelta(days=30)
"""A job without a code version that was not heard of for so long leaves its edges unconfirmed."""


class Status(enum.StrEnum):
    """Does a claim hold?"""

    CURRENT = "CURRENT"
    UNCONFIRMED = "UNCONFIRMED"
    SUPERSEDED = "SUPERSEDED"


def in_force(completions: Sequence[Completion]) -> frozenset[str]:
    """Tell which code versions are in force after these runs, the newest first.

    One, or two that take turns: among the newest five V … W … V.
    """
    versions = [completion.version for completion in completions[:RECENT_RUNS]]
    if not versions:
        return frozenset()
    newest = versions[0]
    earlier = [place for place, version in enumerate(versions) if version == newest][-1]
    between = [version for version in versions[:earlier] if version != newest]
    return frozenset({newest, *between[:1]})


def holding(claims: Iterable[SeenClaim], completions: Sequence[Completion]) -> frozenset[Claim]:
    """Tell which claims of one maker hold: in force, and of the tier that counts.

    `completions`: its newest completed runs, the newest first.
    """
    seen = list(claims)
    versions = in_force(completions)
    declared = _declared(seen)
    groups: defaultdict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for one in seen:
        claim = one.claim
        if claim in declared or claim.version in versions:
            groups[claim.version, claim.target].append(claim)
    writes = {version for version, target in groups if not isinstance(target, JobName)}
    return frozenset(
        claim
        for (version, target), group in groups.items()
        for claim in _authoritative(group)
        if not (claim.tier is Tier.INFERRED and isinstance(target, JobName) and version in writes)
    )


def status(
    claim: SeenClaim, holds: bool, completions: Sequence[Completion], now: datetime
) -> Status:
    """Tell how sure it is that a claim still holds."""
    if not holds:
        return Status.SUPERSEDED
    if claim.claim.version != NO_VERSION or not completions:
        return Status.CURRENT
    latest = completions[0].stamp
    silent = now - latest.time > SILENCE
    return Status.UNCONFIRMED if silent or claim.last < latest else Status.CURRENT


def _declared(claims: Iterable[SeenClaim]) -> frozenset[Claim]:
    """Give the claims of each producer's latest declaration."""
    latest: dict[str, Stamp] = {}
    declared = [one for one in claims if one.claim.version is None]
    for one in declared:
        known = latest.get(one.claim.producer)
        latest[one.claim.producer] = max(one.last, known) if known else one.last
    return frozenset(one.claim for one in declared if one.last == latest[one.claim.producer])


def _authoritative(group: Sequence[Claim]) -> Iterable[Claim]:
    """Give the claims of the best tier, and what is inferred beside it.

    Inferred claims that are not `precise` are a product of inputs and outputs: they stand only
    where nothing better does.
    """
    best = min(_rank(claim) for claim in group)
    complete = best <= _COMPLETE
    for claim in group:
        beside = claim.tier is Tier.INFERRED and claim.precise and not complete
        if _rank(claim) == best or beside:
            yield claim


_RANK = {
    (Tier.EXPLICIT, True): 0,
    (Tier.EXPLICIT, False): 0,
    (Tier.PARSED, True): 1,
    (Tier.FACET, True): 2,
    (Tier.PARSED, False): 3,
    (Tier.FACET, False): 4,
    (Tier.DECLARED, True): 5,
    (Tier.DECLARED, False): 5,
    (Tier.INFERRED, True): 6,
    (Tier.INFERRED, False): 6,
}
_COMPLETE = 1
"""Ranks up to this one tell all there is; nothing is inferred beside them."""


def _rank(claim: Claim) -> int:
    return _RANK[claim.tier, claim.precise]
