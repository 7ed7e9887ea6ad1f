"""Reading evidence: claims and schemas, with when they were seen."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from catalog.model.claim import Claim, SchemaStatement, SeenClaim, Via
from catalog.model.thing import Thing, ThingSlot
from catalog.stores.codec import load, said_from_json, stamp_from_json, statement_order
from catalog.stores.sqlite.ends import meant_by
from catalog.stores.sqlite.reading.values import Values, find_things, listed
from catalog.stores.sqlite.times import moment
from ingest.facts import Schema, Stamp
from ingest.flows import Flow, Tier
from ingest.folds import Said
from ingest.names import DatasetName


def claims_of(
    connection: sqlite3.Connection, vias: Collection[Via]
) -> Mapping[Via, Sequence[SeenClaim]]:
    """Give every claim of these makers."""
    found: dict[Via, list[SeenClaim]] = {via: [] for via in vias}
    values = Values(connection)
    for key, via in find_things(connection, vias).items():
        found[via] = list(seen_claims(connection, key, values))
    return found


def seen_claims(connection: sqlite3.Connection, maker: int, values: Values) -> Iterator[SeenClaim]:
    """Give every claim of one maker."""
    rows = connection.execute(
        "SELECT id, via, target, tier, producer, version, schemas, precise, flows FROM claims"
        " WHERE via = ? AND uses > 0",
        (maker,),
    ).fetchall()
    for key, *row in rows:
        yield SeenClaim(
            _claim(row, values), first_seen(connection, key), last_seen(connection, key)
        )


def first_seen(connection: sqlite3.Connection, claim: int) -> datetime:
    """Tell when a claim was first seen."""
    (time,) = connection.execute(
        "SELECT min((SELECT min(time) FROM sightings WHERE sightings.moment = 0"
        " AND sightings.testimony = testimony_claims.testimony))"
        " FROM testimony_claims WHERE claim = ?",
        (claim,),
    ).fetchone()
    return moment(time)


def last_seen(connection: sqlite3.Connection, claim: int) -> Stamp:
    """Tell when a claim was last seen."""
    told = [
        (testimony, 0)
        for (testimony,) in connection.execute(
            "SELECT testimony FROM testimony_claims WHERE claim = ?", (claim,)
        )
    ]
    return _latest(connection, told)


def schemas_of(
    connection: sqlite3.Connection, datasets: Collection[DatasetName]
) -> Mapping[DatasetName, Sequence[SchemaStatement]]:
    """Give each distinct schema stated of a dataset, with its latest statement."""
    found: dict[DatasetName, list[SchemaStatement]] = {}
    for key, dataset in find_things(connection, datasets).items():
        if isinstance(dataset, DatasetName) and (stated := _statements(connection, key, dataset)):
            found[dataset] = stated
    return found


def sayings_of(
    connection: sqlite3.Connection, things: Collection[Thing]
) -> Mapping[Thing, Mapping[ThingSlot, Said]]:
    """Give what is said about things apart from runs; things that nobody names are missing."""
    found: defaultdict[Thing, dict[ThingSlot, Said]] = defaultdict(dict)
    ids = find_things(connection, things)
    known = connection.execute(
        "SELECT things.id FROM json_each(?) CROSS JOIN things ON things.id = json_each.value"
        " WHERE named OR uses > 0",
        (listed(ids),),
    ).fetchall()
    for (key,) in known:
        thing = ids[key]
        rows = connection.execute("SELECT producer, key, said FROM sayings WHERE thing = ?", (key,))
        found[thing] = {
            ThingSlot(thing, producer, key): said_from_json(load(said))
            for producer, key, said in rows
        }
    return dict(found)


def _statements(
    connection: sqlite3.Connection, key: int, dataset: DatasetName
) -> list[SchemaStatement]:
    rows = connection.execute(
        "SELECT id, producer, content FROM statements WHERE dataset = ? AND uses > 0", (key,)
    ).fetchall()
    contents = Values(connection).contents({content for *_, content in rows})
    stated = [
        SchemaStatement(dataset, _last_stated(connection, statement), producer, schema)
        for statement, producer, content in rows
        if isinstance(schema := contents[content], Schema)
    ]
    return sorted(stated, key=statement_order)


def _last_stated(connection: sqlite3.Connection, statement: int) -> Stamp:
    told = connection.execute(
        "SELECT testimony, moment FROM testimony_statements WHERE statement = ?", (statement,)
    ).fetchall()
    return _latest(connection, told)


def _latest(connection: sqlite3.Connection, told: Sequence[tuple[int, int]]) -> Stamp:
    """Give the last stamp of what these testimonies say at these of their moments."""
    stamps: list[Stamp] = []
    for testimony, place in told:
        rows = connection.execute(
            "SELECT stamps FROM sightings CROSS JOIN witnesses ON witnesses.id = witness"
            " WHERE sightings.testimony = :testimony AND moment = :moment AND time = (SELECT"
            " max(time) FROM sightings WHERE testimony = :testimony AND moment = :moment)",
            {"testimony": testimony, "moment": place},
        )
        stamps += [stamp_from_json(load(texts)[place]) for (texts,) in rows]
    return max(stamps)


def _claim(row: Sequence[Any], values: Values) -> Claim:
    via, target, tier, producer, version, schemas, precise, flows = row
    rows = load(flows)
    ends = values.ends({end for source, target, _ in rows for end in (source, target)})
    things = values.things({via, target})
    return Claim(
        via=things[via],
        target=things[target],
        tier=Tier(tier),
        producer=producer,
        version=version,
        schemas=schemas,
        precise=bool(precise),
        flows=tuple(Flow(ends[one], ends[other], *meant_by(how)) for one, other, how in rows),
    )
