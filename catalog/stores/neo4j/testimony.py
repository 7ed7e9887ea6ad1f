"""What the witnesses of some changes say together, under keys. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catalog.lineage.thing_closure import Thing
from catalog.model.claim import Contribution
from catalog.ports import Changes
from catalog.stores.neo4j.keys import thing_key, witness_key
from catalog.stores.neo4j.statements import Statement, statements_of
from ingest.folds import RunFold
from ingest.names import RunKey


class Touch(NamedTuple):
    """A witness reads (READ), writes (WROTE), or otherwise names (NAMES) a thing."""

    witness: str
    type: str
    thing: str


class Sighting(NamedTuple):
    """A witness states something."""

    witness: str
    statement: str


@dataclass(frozen=True, slots=True)
class Testimony:
    """All that some witnesses say. `sightings`: with the stamp of each.

    `whole`: the witnesses of which this is all; what they said before and not now is taken back.
    """

    things: frozenset[Thing]
    touches: frozenset[Touch]
    statements: Mapping[str, Statement]
    sightings: Mapping[Sighting, str]
    whole: frozenset[str]


def testimony_of(changes: Changes) -> Testimony:
    """Gather what the runs and declarations of some changes say."""
    contributions = {witness_key(one.witness): one for one in changes.contributions}
    touches = dict(_traffic(contributions))
    touches |= {
        touch: thing
        for fold in changes.runs.values()
        for touch, thing in _mentions(fold, contributions.get(thing_key(fold.run)))
    }
    statements: dict[str, Statement] = {}
    sightings: dict[Sighting, str] = {}
    for witness, contribution in contributions.items():
        for statement, seen in statements_of(contribution):
            statements[statement.key] = statement
            sighting = Sighting(witness, statement.key)
            sightings[sighting] = max(seen, sightings.get(sighting, seen))
    return Testimony(
        things=frozenset({*touches.values(), *_makers(changes)}),
        touches=frozenset(touches),
        statements=statements,
        sightings=sightings,
        whole=frozenset(contributions),
    )


def _traffic(contributions: Mapping[str, Contribution]) -> Iterator[tuple[Touch, Thing]]:
    for witness, contribution in contributions.items():
        for dataset in contribution.reads:
            yield Touch(witness, "READ", thing_key(dataset)), dataset
        for dataset in contribution.writes:
            yield Touch(witness, "WROTE", thing_key(dataset)), dataset


def _mentions(fold: RunFold, contribution: Contribution | None) -> Iterator[tuple[Touch, Thing]]:
    touched = {*contribution.reads, *contribution.writes} if contribution else set[Thing]()
    for about in {slot.about for slot in fold.said} - touched - {fold.run.job}:
        if not isinstance(about, RunKey):
            yield Touch(thing_key(fold.run), "NAMES", thing_key(about)), about


def _makers(changes: Changes) -> Iterable[Thing]:
    yield from (run.job for run in changes.runs)
    yield from (slot.thing for slot in changes.sayings)
    yield from (claim.via for one in changes.contributions for claim in one.claims)
    yield from (one.dataset for made in changes.contributions for one in made.schemas)
