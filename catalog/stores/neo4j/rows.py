"""How values are written into properties, and read back: the one place that knows both forms."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from catalog.lineage.thing_closure import Link
from catalog.model.claim import (
    Claim,
    Completion,
    Contribution,
    SchemaStatement,
    SeenClaim,
    quotes_of,
)
from catalog.model.edge import Edge
from catalog.model.reading import Reading, SqlOf
from catalog.model.thing import Thing, ThingSlot
from catalog.stores.codec import (
    Json,
    claim_from_json,
    dump,
    end_from_json,
    fold_from_json,
    fold_to_json,
    load,
    owner_from_json,
    reading_from_json,
    reading_to_json,
    said_from_json,
    said_to_json,
    saying_from_json,
    thing_to_json,
)
from catalog.stores.neo4j.connection import Row
from catalog.stores.neo4j.keys import name_key, slot_key, thing_key
from ingest.facts import Schema, Stamp
from ingest.flows import End, Kind, Rows, Subtype, Whole, end_order
from ingest.folds import RunFold, Said
from ingest.names import ColumnName, DatasetName, JobName

Properties: TypeAlias = dict[str, Any]

_FAST = 1
"""Folds and claims repeat themselves: the least effort makes them ten times smaller."""


SEARCHED = 8_000
"""Characters of a name that are searched: the server's text index takes no more than 32 KB."""


def pack(text: bytes) -> bytes:
    """Make a property of canonical JSON."""
    return zlib.compress(text, _FAST)


def unpack(packed: bytes) -> Json:
    """Read JSON that was packed."""
    return load(zlib.decompress(packed))


def time_text(time: datetime) -> str:
    """Write a time so that texts sort as times do; Cypher's `datetime()` reads it."""
    return time.isoformat(timespec="microseconds")


def stamp_text(stamp: Stamp) -> str:
    """Write a stamp so that texts sort as stamps do. It begins with its time."""
    return f"{time_text(stamp.time)} {stamp.phase} {stamp.record_id}"


def stamp_from_text(text: str) -> Stamp:
    """Read a stamp."""
    time, phase, record_id = text.split(" ", 2)
    return Stamp(datetime.fromisoformat(time), int(phase), record_id)


def thing_row(thing: Thing) -> Properties:
    """Give the node of a dataset or a job."""
    label = "Dataset" if isinstance(thing, DatasetName) else "Job"
    node = {"key": thing_key(thing), "namespace": thing.namespace, "name": thing.name}
    return {"label": label, "node": node}


def thing_from_row(value: Row) -> Thing:
    """Read a thing given as a list: is it a job, namespace, name."""
    job, namespace, name = value
    return JobName(namespace, name) if job else DatasetName(namespace, name)


def end_row(end: ColumnName | Rows | Whole, key: str, uses: int) -> Properties:
    """Give the node of an end; `end` is what it is called in full."""
    node: Properties = {"key": key, "end": list(end_order(end)), "uses": uses}
    if isinstance(end, ColumnName):
        return {"label": "Column", "node": {**node, "name": ".".join(end.path)}}
    return {"label": type(end).__name__, "node": node}


def name_row(thing: DatasetName | JobName | ColumnName, searched: str) -> Properties:
    """Give the node of a name; `sort` and `path` are what matches are ordered by."""
    path = thing.path if isinstance(thing, ColumnName) else (thing.name,)
    sort = (DatasetName, JobName, ColumnName).index(type(thing))
    return {
        "key": name_key(thing),
        "node": {"text": searched[:SEARCHED], "sort": sort, "path": list(path)},
    }


def run_row(fold: RunFold) -> Properties:
    """Give the node of a run: what people ask for, and the fold itself."""
    return {
        "key": thing_key(fold.run),
        "job": thing_key(fold.run.job),
        "node": {
            "runId": fold.run.run_id,
            "job": thing_key(fold.run.job),
            "state": fold.state,
            "startedAt": time_text(fold.started_at) if fold.started_at else None,
            "endedAt": time_text(fold.ended_at) if fold.ended_at else None,
            "version": fold.code_version,
            "completed": stamp_text(fold.completed) if fold.completed else None,
            "heard": stamp_text(fold.heard),
            "fold": pack(dump(fold_to_json(fold))),
        },
    }


def fold_from_property(packed: bytes) -> RunFold:
    """Read a fold."""
    return fold_from_json(unpack(packed))


def said_row(slot: ThingSlot, said: Said, place: int | None) -> Properties:
    """Give the node of a saying about a thing; `place`: if it newly tells other names."""
    return {
        "key": slot_key(slot),
        "thing": thing_key(slot.thing),
        "node": {
            **({"place": place} if place is not None else {}),
            "facet": slot.key,
            "producer": slot.producer,
            "kind": type(said.saying).__name__,
            "time": time_text(said.stamp.time),
            "body": dump(said_to_json(said)).decode(),
        },
    }


def said_from_property(body: str) -> Said:
    """Read a saying with its stamp and producer."""
    return said_from_json(load(body))


def claim_row(claim: Claim, key: str, body: bytes) -> Properties:
    """Give the node of a claim that is not yet seen and does not hold."""
    return {
        "via": thing_key(claim.via),
        "node": {
            "key": key,
            "target": thing_to_json(claim.target),
            "tier": claim.tier,
            "producer": claim.producer,
            "version": claim.version,
            "precise": claim.precise,
            "holds": False,
            "body": pack(body),
        },
    }


def claim_from_property(packed: bytes) -> Claim:
    """Read a claim."""
    return claim_from_json(unpack(packed))


def seen_claim_from_row(row: Row) -> SeenClaim:
    """Read a claim and its sightings: body, first, last, what the last reading of SQL came to."""
    body, first, last, packed = row
    claim = claim_from_property(body)
    reading = reading_from_property(packed) if packed is not None else None
    quotes = quotes_of(claim, reading)
    return SeenClaim(claim, datetime.fromisoformat(first), stamp_from_text(last), quotes)


def reading_row(contribution: Contribution, of: SqlOf, key: str) -> Properties:
    """Give the node of our reading of the SQL of a run."""
    reading = contribution.reading
    return {
        "key": key,
        "job": thing_key(of.run.job),
        "run": thing_key(of.run),
        "reading": pack(dump(reading_to_json(reading))) if reading else None,
    }


def reading_from_property(packed: bytes) -> Reading:
    """Read what a reading of SQL came to."""
    return reading_from_json(unpack(packed))


def schema_row(statement: SchemaStatement, key: str, body: bytes) -> Properties:
    """Give the node of a stated schema."""
    return {
        "dataset": thing_key(statement.dataset),
        "node": {
            "key": key,
            "producer": statement.producer,
            "full": statement.schema.full,
            "body": pack(body),
        },
    }


def schema_from_row(row: Row) -> SchemaStatement:
    """Read a stated schema: body, last."""
    body, last = row
    _, dataset, producer, saying = unpack(body)
    schema, owner = saying_from_json(saying), owner_from_json(dataset)
    if not isinstance(schema, Schema) or not isinstance(owner, DatasetName):
        raise TypeError(schema)
    return SchemaStatement(owner, stamp_from_text(last), producer, schema)


def completions_from_rows(rows: Sequence[Row]) -> list[Completion]:
    """Read completed runs: stamp, version, the run's id."""
    return [Completion(stamp_from_text(stamp), version, run_id) for stamp, version, run_id in rows]


def edge_from_row(row: Row) -> Edge:
    """Read an edge: source, target, kind, subtype, via, masking."""
    source, target, kind, subtype, via, masking = row
    return Edge(
        end_from_json(source),
        end_from_json(target),
        Kind(kind),
        Subtype(subtype),
        thing_from_row(via),
        masking,
    )


def links_from_rows(rows: Sequence[Row]) -> list[Link]:
    """Read links: source, target and via, each a thing."""
    return [Link(*(thing_from_row(thing) for thing in row)) for row in rows]


def ends_from_rows(values: Sequence[Json]) -> list[End]:
    """Read ends."""
    return [end_from_json(value) for value in values]
