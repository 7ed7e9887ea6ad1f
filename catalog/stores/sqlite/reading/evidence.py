"""Reading evidence: claims and schemas, with when they were seen."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from catalog.model.claim import (
    Claim,
    DatasetAt,
    SchemaStatement,
    SeenClaim,
    Via,
    quotes_of,
)
from catalog.model.reading import Quote, Reading
from catalog.model.thing import Thing, ThingSlot
from catalog.stores.codec import (
    in_statement_order,
    load,
    reading_from_json,
    said_from_json,
    stamp_from_json,
)
from catalog.stores.sqlite.ends import meant_by
from catalog.stores.sqlite.names import sql_key
from catalog.stores.sqlite.reading.values import Values, find_things, listed
from catalog.stores.sqlite.times import moment, ticks
from ingest.facts import Schema, Stamp
from ingest.flows import Flow, Tier
from ingest.folds import Said
from ingest.names import DatasetName, JobName, RunKey


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
        claim, last = _claim(row, values), _sighted(connection, key)
        yield SeenClaim(
            claim, first_seen(connection, key), last.stamp, _quotes(connection, claim, last)
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
    return _sighted(connection, claim).stamp


def _sighted(connection: sqlite3.Connection, claim: int) -> _Said:
    told = connection.execute(
        "SELECT testimony, 0 FROM testimony_claims WHERE claim = ?", (claim,)
    ).fetchall()
    return _latest(connection, told)


def _quotes(connection: sqlite3.Connection, claim: Claim, last: _Said) -> tuple[Quote, ...]:
    if claim.tier is not Tier.PARSED:
        return ()
    (reading,) = connection.execute(
        "SELECT reading FROM testimonies WHERE id = ?", (last.testimony,)
    ).fetchone()
    return quotes_of(claim, reading_from_json(load(reading)) if reading else None)


def readings_of(
    connection: sqlite3.Connection, runs: Collection[RunKey]
) -> Mapping[RunKey, Reading]:
    """Give what our reading of the SQL of runs came to."""
    jobs = {job: key for key, job in find_things(connection, {run.job for run in runs}).items()}
    found: dict[RunKey, Reading] = {}
    for run in runs:
        if run.job in jobs:
            row = connection.execute(
                "SELECT reading FROM witnesses CROSS JOIN testimonies"
                " ON testimonies.id = witnesses.testimony WHERE key = ?",
                (sql_key(jobs[run.job], run.run_id),),
            ).fetchone()
            if row and row[0] is not None:
                found[run] = reading_from_json(load(row[0]))
    return found


def named_in(
    connection: sqlite3.Connection, datasets: Collection[DatasetName]
) -> Mapping[DatasetName, Collection[JobName]]:
    """Give the jobs with a run whose SQL depends on these datasets."""
    values = Values(connection)
    found: dict[DatasetName, Collection[JobName]] = {}
    for key, dataset in find_things(connection, datasets).items():
        jobs = [
            job
            for (job,) in connection.execute(
                "SELECT job FROM named WHERE thing = ? AND uses > 0", (key,)
            )
        ]
        if jobs and isinstance(dataset, DatasetName):
            named = values.things(jobs)
            found[dataset] = {one for job in jobs if isinstance(one := named[job], JobName)}
    return found


def schemas_of(
    connection: sqlite3.Connection, datasets: Collection[DatasetName]
) -> Mapping[DatasetName, Sequence[SchemaStatement]]:
    """Give each distinct schema stated of a dataset, with its latest statement."""
    return {
        dataset: stated
        for key, dataset in find_things(connection, datasets).items()
        if isinstance(dataset, DatasetName)
        if (stated := _statements(connection, dataset, _distinct(connection, key), None))
    }


def schemas_at(
    connection: sqlite3.Connection, asked: Collection[DatasetAt]
) -> Mapping[DatasetAt, Sequence[SchemaStatement]]:
    """Give each distinct schema stated of a dataset, with its latest statement by a time."""
    found = find_things(connection, {one.dataset for one in asked})
    distinct = {name: _distinct(connection, key) for key, name in found.items()}
    return {
        one: stated
        for one in asked
        if one.dataset in distinct
        if (stated := _statements(connection, one.dataset, distinct[one.dataset], one.at))
    }


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


def _distinct(connection: sqlite3.Connection, dataset: int) -> list[tuple[int, str, Schema]]:
    """Give each distinct schema stated of a dataset: its key, its producer, what it says."""
    rows = connection.execute(
        "SELECT id, producer, content FROM statements WHERE dataset = ? AND uses > 0", (dataset,)
    ).fetchall()
    contents = Values(connection).contents({content for *_, content in rows})
    return [
        (key, producer, schema)
        for key, producer, content in rows
        if isinstance(schema := contents[content], Schema)
    ]


def _statements(
    connection: sqlite3.Connection,
    dataset: DatasetName,
    distinct: Iterable[tuple[int, str, Schema]],
    at: datetime | None,
) -> list[SchemaStatement]:
    return in_statement_order(
        SchemaStatement(dataset, _stated(connection, key, at), producer, schema)
        for key, producer, schema in distinct
    )


def _stated(connection: sqlite3.Connection, statement: int, at: datetime | None) -> Stamp:
    """Give the latest statement by a time; of what is only stated afterwards the earliest."""
    told = connection.execute(
        "SELECT testimony, moment FROM testimony_statements WHERE statement = ?", (statement,)
    ).fetchall()
    if at is None:
        return _latest(connection, told).stamp
    by_then = _sightings(connection, told, _LAST_BY, ticks(at))
    if by_then:
        return max(by_then).stamp
    return min(_sightings(connection, told, _FIRST, None)).stamp


class _Said(NamedTuple):
    stamp: Stamp
    testimony: int


def _latest(connection: sqlite3.Connection, told: Sequence[tuple[int, int]]) -> _Said:
    """Give the last of what these testimonies say at these of their moments."""
    return max(_sightings(connection, told, _LAST, None))


_SIGHTED = "SELECT {} FROM sightings WHERE testimony = :testimony AND moment = :moment"
_LAST = _SIGHTED.format("max(time)")
_LAST_BY = f"{_LAST} AND time <= :at"
_FIRST = _SIGHTED.format("min(time)")


def _sightings(
    connection: sqlite3.Connection, told: Sequence[tuple[int, int]], time: str, at: int | None
) -> list[_Said]:
    """Give what each of these testimonies says at one of its moments, at the time that is told."""
    found: list[_Said] = []
    for testimony, place in told:
        rows = connection.execute(
            "SELECT stamps FROM sightings CROSS JOIN witnesses ON witnesses.id = witness"
            " WHERE sightings.testimony = :testimony AND moment = :moment"
            f" AND time = ({time})",
            {"testimony": testimony, "moment": place, "at": at},
        )
        found += [_Said(stamp_from_json(load(texts)[place]), testimony) for (texts,) in rows]
    return found


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
