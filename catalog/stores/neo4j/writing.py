"""Applying changes: one transaction, the cursor with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from catalog.model.thing import Thing, ThingSlot
from catalog.ports import Changes
from catalog.stores.neo4j.connection import Transaction, rows
from catalog.stores.neo4j.holding import settle
from catalog.stores.neo4j.keys import slot_key
from catalog.stores.neo4j.queries import queries
from catalog.stores.neo4j.rows import said_from_property, said_row, thing_from_row
from catalog.stores.neo4j.statements import ends_named
from catalog.stores.neo4j.things import count_ends, forget_things, release_ends
from catalog.stores.neo4j.witnesses import Aftermath, forget, hear
from ingest.facts import Symlinks
from ingest.flows import owner_of
from ingest.folds import Said, later

_Q = queries("writing")


async def apply(transaction: Transaction, changes: Changes) -> None:
    """Apply changes.

    The cursor comes first: its node is locked until the end, so that of two writers one waits.
    """
    await rows(transaction, _Q["advance"], cursor=changes.cursor, sqlCursor=changes.sql_cursor)
    after = await hear(transaction, changes)
    await _say(transaction, changes.sayings)
    await settle(transaction, after.makers, after.unstated)
    if after.unstated or after.released:
        await _clean_up(transaction, after)


async def _say(transaction: Transaction, sayings: Mapping[ThingSlot, Said]) -> None:
    """Keep the later one of what was and what is said."""
    if not sayings:
        return
    keyed = {slot_key(slot): slot for slot in sayings}
    stored = await rows(transaction, _Q["known_sayings"], keys=sorted(keyed))
    known = {key: said_from_property(body) for key, body in stored}
    new = [(slot, sayings[slot]) for key, slot in sorted(keyed.items()) if key not in known]
    places = await _placed(transaction, new)
    kept: list[dict[str, object]] = []
    for key, slot in sorted(keyed.items()):
        said = later(known[key], sayings[slot]) if key in known else sayings[slot]
        if said != known.get(key):
            kept.append(said_row(slot, said, places.get(slot)))
    if kept:
        await rows(transaction, _Q["keep_sayings"], rows=kept)


async def _placed(
    transaction: Transaction, new: Sequence[tuple[ThingSlot, Said]]
) -> Mapping[ThingSlot, int]:
    """Give what is told of other names a place each, in the order of hearing."""
    slots = [slot for slot, said in new if isinstance(said.saying, Symlinks)]
    if not slots:
        return {}
    [[last]] = await rows(transaction, _Q["count_symlinks"], more=len(slots))
    return {slot: last - place for place, slot in enumerate(reversed(slots))}


async def _clean_up(transaction: Transaction, after: Aftermath) -> None:
    """Forget what nobody states any more, and whatever was there only for its sake."""
    named = [ends_named(content) for content in after.unstated.values()]
    await forget(transaction, after.unstated)
    await release_ends(transaction, count_ends(named))
    things: set[Thing] = {owner_of(end) for ends in named for end in ends}
    [[released]] = await rows(transaction, _Q["things"], keys=sorted(after.released))
    things |= {thing_from_row(thing) for thing in released}
    await forget_things(transaction, things)
