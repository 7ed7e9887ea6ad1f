"""Runs and declarations: what they touch, and what they state and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from catalog.model.claim import Claim, SchemaStatement, Via
from catalog.model.reading import SqlOf
from catalog.ports import Changes
from catalog.stores.neo4j.connection import Transaction, rows
from catalog.stores.neo4j.keys import thing_key, witness_key
from catalog.stores.neo4j.queries import queries
from catalog.stores.neo4j.rows import (
    Properties,
    claim_from_property,
    claim_row,
    reading_row,
    run_row,
    schema_from_row,
    schema_row,
    thing_from_row,
)
from catalog.stores.neo4j.statements import Content, Seen, Statement, ends_named
from catalog.stores.neo4j.testimony import Sighting, Testimony, Touch, testimony_of
from catalog.stores.neo4j.things import count_ends, keep_things, use_ends
from ingest.flows import owner_of

_Q = queries("witnesses")


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What is left to do when witnesses were heard.

    `makers`: whose claims may hold otherwise now. `unstated`: what nobody states any more.
    `released`: the keys of things that some witness no longer touches.
    """

    makers: frozenset[Via]
    unstated: Mapping[str, Content]
    released: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Known:
    touches: frozenset[Touch]
    sightings: Mapping[Sighting, Seen]


async def hear(transaction: Transaction, changes: Changes) -> Aftermath:
    """Keep the runs and declarations of some changes, and all that they say."""
    said = testimony_of(changes)
    await keep_things(transaction, said.things)
    await _keep_nodes(transaction, changes)
    known = await _known(transaction, changes)
    released = await _touch(transaction, said, known)
    new = await _state(transaction, said, known)
    revised = await _revise(transaction, said, known)
    unstated = await _recount(transaction, revised)
    return Aftermath(
        makers=frozenset(
            {run.job for run in changes.runs}
            | {one.content.via for one in new if isinstance(one.content, Claim)}
            | await _makers_of(transaction, revised)
        ),
        unstated=unstated,
        released=released,
    )


async def forget(transaction: Transaction, statements: Collection[str]) -> None:
    """Forget what nobody states any more."""
    await rows(transaction, _Q["forget_statements"], keys=sorted(statements))


async def _keep_nodes(transaction: Transaction, changes: Changes) -> None:
    runs = [run_row(fold) for fold in changes.runs.values()]
    declared = [
        {"key": witness_key(one.witness), "record": one.witness}
        for one in changes.contributions
        if isinstance(one.witness, str)
    ]
    readings = [
        reading_row(one, one.witness, witness_key(one.witness))
        for one in changes.contributions
        if isinstance(one.witness, SqlOf)
    ]
    if runs:
        await rows(transaction, _Q["keep_runs"], rows=_by_key(runs))
    if declared:
        await rows(transaction, _Q["keep_declarations"], rows=_by_key(declared))
    if readings:
        await rows(transaction, _Q["keep_readings"], rows=_by_key(readings))


async def _known(transaction: Transaction, changes: Changes) -> _Known:
    keys = {thing_key(run) for run in changes.runs}
    keys |= {witness_key(one.witness) for one in changes.contributions}
    touches: set[Touch] = set()
    sightings: dict[Sighting, Seen] = {}
    for witness, states, touched in await rows(transaction, _Q["known_of"], keys=sorted(keys)):
        touches |= {Touch(witness, *touch) for touch in touched}
        sightings |= {
            Sighting(witness, statement): Seen(seen, tuple(columns), tuple(expressions))
            for statement, seen, columns, expressions in states
        }
    return _Known(frozenset(touches), sightings)


async def _touch(transaction: Transaction, said: Testimony, known: _Known) -> frozenset[str]:
    """Keep what is touched, and give the keys of what no longer is."""
    gone = {one for one in known.touches - said.touches if one.witness in said.whole}
    new = said.touches - known.touches
    if new:
        await rows(transaction, _Q["touch"], rows=[one._asdict() for one in sorted(new)])
    if gone:
        await rows(transaction, _Q["let_go"], rows=[one._asdict() for one in sorted(gone)])
    return frozenset(one.thing for one in gone)


async def _state(transaction: Transaction, said: Testimony, known: _Known) -> list[Statement]:
    """Keep what is stated for the first time by a witness, and give what is wholly new."""
    fresh = {one: seen for one, seen in said.sightings.items() if one not in known.sightings}
    if not fresh:
        return []
    keys = {one.statement for one in fresh}
    [[there]] = await rows(transaction, _Q["known_statements"], keys=sorted(keys))
    new = [said.statements[key] for key in sorted(keys - set(there))]
    if new:
        await _create(transaction, new)
    await rows(transaction, _Q["state"], rows=_sightings(fresh))
    return new


async def _create(transaction: Transaction, new: Iterable[Statement]) -> None:
    named = {one.key: ends_named(one.content) for one in new}
    await keep_things(transaction, {owner_of(end) for ends in named.values() for end in ends})
    claims: list[Properties] = []
    schemas: list[Properties] = []
    for one in new:
        match one.content:
            case Claim() as claim:
                owners = {owner_of(end) for end in named[one.key]}
                joins = [
                    {"type": "INTO" if owner == claim.target else "FROM", "thing": thing_key(owner)}
                    for owner in owners
                ]
                claims.append({**claim_row(claim, one.key, one.body), "joins": joins})
            case SchemaStatement() as stated:
                schemas.append(schema_row(stated, one.key, one.body))
            case _:
                assert_never(one.content)
    if claims:
        await rows(transaction, _Q["create_claims"], rows=claims)
    if schemas:
        await rows(transaction, _Q["create_schemas"], rows=schemas)
    await use_ends(transaction, count_ends(named.values()))


async def _revise(transaction: Transaction, said: Testimony, known: _Known) -> frozenset[str]:
    """Keep what is stated at another moment or no more, and give the statements concerned."""
    moved = {
        one: seen
        for one, seen in said.sightings.items()
        if one in known.sightings and known.sightings[one] != seen
    }
    gone = {
        one: seen
        for one, seen in known.sightings.items()
        if one not in said.sightings and one.witness in said.whole
    }
    if moved:
        await rows(transaction, _Q["state_anew"], rows=_sightings(moved))
    if gone:
        await rows(transaction, _Q["take_back"], rows=_sightings(gone))
    return frozenset(one.statement for one in (*moved, *gone))


async def _recount(transaction: Transaction, revised: Collection[str]) -> Mapping[str, Content]:
    """Set first and last of statements anew, and give those that nobody states any more."""
    if not revised:
        return {}
    left = await rows(transaction, _Q["recount"], keys=sorted(revised))
    return {
        key: claim_from_property(body) if is_claim else schema_from_row([body, last])
        for key, body, last, is_claim in left
    }


async def _makers_of(transaction: Transaction, claims: Collection[str]) -> set[Via]:
    if not claims:
        return set()
    [[makers]] = await rows(transaction, _Q["makers"], keys=sorted(claims))
    return {thing_from_row(maker) for maker in makers}


def _sightings(seen: Mapping[Sighting, Seen]) -> list[Properties]:
    return [
        {**one._asdict(), "seen": seen[one].stamp, "quotes": _quotes(seen[one])}
        for one in sorted(seen)
    ]


def _quotes(seen: Seen) -> Properties:
    """Parallel lists, for those who ask the server themselves."""
    if not seen.of:
        return {"of": None, "expressions": None}
    return {"of": list(seen.of), "expressions": list(seen.expressions)}


def _by_key(found: Iterable[Properties]) -> list[Properties]:
    return sorted(found, key=lambda row: row["key"])
