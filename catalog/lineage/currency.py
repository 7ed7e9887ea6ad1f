"""Which claims hold: by the version of the code that shows them, and by the tier of the evidence.

The one place where currency and precedence are decided. Nothing here depends on "now" but
`status`, which only marks: what is unconfirmed is still answered.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalog.model.claim import Claim, Completion, SeenClaim
from catalog.model.reading import OURSELVES
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


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a claim decides whether it holds.

    `target` is compared with the others' only; `in_job`: it is a job. `last`: when it was seen
    last, of a declaration (`version` None).
    """

    version: str | None
    target: Hashable
    in_job: bool
    tier: Tier
    precise: bool
    producer: str
    last: Stamp | None


def holds(standings: Sequence[Standing], completions: Sequence[Completion]) -> Sequence[bool]:
    """Tell of each claim of one maker whether it holds: in force, and of the tier that counts.

    `completions`: its newest completed runs, the newest first.
    """
    groups: defaultdict[tuple[str | None, Hashable], list[int]] = defaultdict(list)
    for place in _in_force(standings, completions):
        groups[standings[place].version, standings[place].target].append(place)
    held = {
        place
        for group in groups.values()
        for place in _authoritative([(place, standings[place]) for place in group])
    }
    into_datasets = {
        standings[place].version
        for group in groups.values()
        for place in group[:1]
        if not standings[place].in_job
    }
    return [
        place in held
        and not (one.tier is Tier.INFERRED and one.in_job and one.version in into_datasets)
        for place, one in enumerate(standings)
    ]


def holding(claims: Iterable[SeenClaim], completions: Sequence[Completion]) -> frozenset[Claim]:
    """Give the claims of one maker that hold; see `holds`."""
    seen = list(claims)
    verdicts = holds([_standing(one) for one in seen], completions)
    return frozenset(one.claim for one, held in zip(seen, verdicts, strict=True) if held)


def outranked(claims: Iterable[SeenClaim], completions: Sequence[Completion]) -> frozenset[Claim]:
    """Give the claims that are in force and do not hold, since better evidence says otherwise.

    Not those that only infer from inputs and outputs, which say nothing of their own.
    """
    seen = list(claims)
    standings = [_standing(one) for one in seen]
    held = holds(standings, completions)
    return frozenset(
        seen[place].claim
        for place in _in_force(standings, completions)
        if not held[place] and seen[place].claim.tier is not Tier.INFERRED
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


def _in_force(standings: Sequence[Standing], completions: Sequence[Completion]) -> Iterator[int]:
    """Give the places of those of a version in force, and of the latest declarations."""
    versions = in_force(completions)
    declared = _latest_declarations(standings)
    for place, one in enumerate(standings):
        if one.version in versions or (one.version is None and one.last == declared[one.producer]):
            yield place


def _standing(seen: SeenClaim) -> Standing:
    claim = seen.claim
    return Standing(
        version=claim.version,
        target=claim.target,
        in_job=isinstance(claim.target, JobName),
        tier=claim.tier,
        precise=claim.precise,
        producer=claim.producer,
        last=seen.last if claim.version is None else None,
    )


def _latest_declarations(standings: Iterable[Standing]) -> Mapping[str, Stamp]:
    """Tell when each producer declared last."""
    latest: dict[str, Stamp] = {}
    for one in standings:
        if one.version is None and one.last is not None:
            known = latest.get(one.producer)
            latest[one.producer] = max(one.last, known) if known else one.last
    return latest


def _authoritative(group: Sequence[tuple[int, Standing]]) -> Iterator[int]:
    """Give the places of what is of the best tier, and of what is inferred beside it.

    Inferred claims that are not `precise` are a product of inputs and outputs: they stand only
    where nothing better does.
    """
    best = min((one for _, one in group), key=_rank)
    complete = _rank(best) <= _COMPLETE
    for place, one in group:
        beside = one.tier is Tier.INFERRED and one.precise and not complete
        if _rank(one) == _rank(best) or (beside and _beside(one) is best.tier):
            yield place


def _beside(inferred: Standing) -> Tier:
    """Tell what an inferred claim completes: our own reading of SQL, or a producer's facet."""
    return Tier.PARSED if inferred.producer == OURSELVES else Tier.FACET


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


def _rank(one: Standing) -> int:
    return _RANK[one.tier, one.precise]
