"""What the witnesses of some changes say together, under keys. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catalog.model.claim import Contribution
from catalog.model.reading import SqlOf
from catalog.model.thing import Thing
from catalog.ports import Changes
from catalog.stores.neo4j.keys import thing_key, witness_key
from catalog.stores.neo4j.statements import Seen, Statement, statements_of
from ingest.folds import RunFold
from ingest.names import RunKey


class Touch(NamedTuple):
    """A witness reads (READ), writes (WROTE), or otherwise names (NAMES) a thing.

    `told`: an event lists the thing; otherwise lineage alone shows it.
    """

    witness: str
    type: str
    thing: str
    told: bool


class Sighting(NamedTuple):
    """A witness states something."""

    witness: str
    statement: str


@dataclass(frozen=True, slots=True)
class Testimony:
    """All that some witnesses say. `sightings`: with how each was seen.

    `whole`: the witnesses of which this is all; what they said before and not now is taken back.
    """

    things: frozenset[Thing]
    touches: frozenset[Touch]
    statements: Mapping[str, Statement]
    sightings: Mapping[Sighting, Seen]
    whole: frozenset[str]


def testimony_of(changes: Changes) -> Testimony:
    """Gather what the runs and declarations of some changes say."""
    contributions = {witness_key(one.witness): one for one in changes.contributions}
    listed = {thing_key(run): _listed(fold) for run, fold in changes.runs.items()}
    touches = {
        touch: thing
        for witness in {*contributions, *listed}
        for touch, thing in _touches(
            witness, contributions.get(witness), listed.get(witness, frozenset())
        )
    }
    statements: dict[str, Statement] = {}
    sightings: dict[Sighting, Seen] = {}
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


def _touches(
    witness: str, contribution: Contribution | None, listed: frozenset[Thing]
) -> Iterator[tuple[Touch, Thing]]:
    reads = contribution.reads if contribution else ()
    writes = contribution.writes if contribution else ()
    for type_, things in (
        ("READ", reads),
        ("WROTE", writes),
        ("NAMES", listed.difference(reads, writes)),
    ):
        for thing in things:
            yield Touch(witness, type_, thing_key(thing), thing in listed), thing


def _listed(fold: RunFold) -> frozenset[Thing]:
    """Give what the events of a run list beside its job."""
    abouts = {slot.about for slot in fold.said} - {fold.run.job}
    return frozenset(about for about in abouts if not isinstance(about, RunKey))


def _makers(changes: Changes) -> Iterable[Thing]:
    yield from (run.job for run in changes.runs)
    yield from (
        one.witness.run.job for one in changes.contributions if isinstance(one.witness, SqlOf)
    )
    yield from (slot.thing for slot in changes.sayings)
    yield from (claim.via for one in changes.contributions for claim in one.claims)
    yield from (one.dataset for made in changes.contributions for one in made.schemas)
