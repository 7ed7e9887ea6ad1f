"""The stored form of values: canonical JSON, the same in every store.

What is encoded decodes to an equal value, and equal values encode to the same bytes: the digest
and the ids of claims are hashes of these bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import msgspec

from catalog.model.claim import Claim, SchemaStatement, Via
from catalog.model.reading import Quote, Reading, Trouble
from ingest.facts import (
    Acceptance,
    Assertions,
    ColumnLineage,
    DatasetType,
    DbtNode,
    DeclaredLineage,
    Deleted,
    Documentation,
    EventType,
    ExplicitLineage,
    Failure,
    Incomplete,
    JobType,
    Lifecycle,
    NominalTime,
    Ownership,
    Parent,
    Role,
    Saying,
    Schema,
    SourceCode,
    SourceLocation,
    Sql,
    Stamp,
    Statistics,
    Symlinks,
    Tags,
    Touched,
    Verbatim,
)
from ingest.flows import End, Flow, Kind, Rows, Subtype, Tier, Whole, end_order
from ingest.folds import RunFold, Said, Slot
from ingest.names import ColumnName, DatasetName, JobName, RunKey

Json: TypeAlias = Any
"""What `msgspec.json` writes and reads; only this file takes it apart."""

_PLAIN: dict[str, type[Saying]] = {
    kind.__name__: kind
    for kind in (
        Acceptance,
        Assertions,
        DatasetType,
        DbtNode,
        Deleted,
        Documentation,
        Failure,
        Incomplete,
        JobType,
        Lifecycle,
        NominalTime,
        Ownership,
        Parent,
        Schema,
        SourceCode,
        SourceLocation,
        Sql,
        Statistics,
        Symlinks,
        Tags,
        Touched,
        Verbatim,
    )
}


def dump(value: Json) -> bytes:
    """Write JSON."""
    return msgspec.json.encode(value)


def load(data: bytes | str) -> Json:
    """Read JSON."""
    return msgspec.json.decode(data)


def hash_of(data: bytes) -> str:
    """Give the short hash under which content is kept: 128 bits, hexadecimal."""
    return hashlib.sha256(data).hexdigest()[:32]


def end_to_json(end: End) -> Json:
    """Encode an end as a list that begins with its sort."""
    return list(end_order(end))


def end_from_json(value: Json) -> End:
    """Decode an end."""
    match value:
        case ["column", namespace, name, *path]:
            return ColumnName(DatasetName(namespace, name), tuple(path))
        case ["rows", namespace, name]:
            return Rows(DatasetName(namespace, name))
        case ["whole", namespace, name]:
            return Whole(DatasetName(namespace, name))
        case ["job", namespace, name]:
            return JobName(namespace, name)
        case _:
            raise ValueError(value)


def thing_to_json(thing: DatasetName | JobName | RunKey) -> Json:
    """Encode a name as a list that begins with its sort."""
    match thing:
        case DatasetName(namespace, name):
            return ["dataset", namespace, name]
        case JobName(namespace, name):
            return ["job", namespace, name]
        case RunKey(run_id, JobName(namespace, name)):
            return ["run", namespace, name, run_id]


def thing_from_json(value: Json) -> DatasetName | JobName | RunKey:
    """Decode a name."""
    match value:
        case ["dataset", namespace, name]:
            return DatasetName(namespace, name)
        case ["job", namespace, name]:
            return JobName(namespace, name)
        case ["run", namespace, name, run_id]:
            return RunKey(run_id, JobName(namespace, name))
        case _:
            raise ValueError(value)


def owner_from_json(value: Json) -> Via:
    """Decode the name of a dataset or a job."""
    thing = thing_from_json(value)
    if isinstance(thing, RunKey):
        raise ValueError(value)
    return thing


def stamp_to_json(stamp: Stamp) -> Json:
    """Encode a stamp; the texts of stamps sort as the stamps do only within one length."""
    return [stamp.time.isoformat(), stamp.phase, stamp.record_id]


def stamp_from_json(value: Json) -> Stamp:
    """Decode a stamp."""
    time, phase, record_id = value
    return Stamp(datetime.fromisoformat(time), phase, record_id)


def flows_to_json(flows: Sequence[Flow]) -> Json:
    """Encode flows over a table of their ends: each end is written once."""
    places: dict[End, int] = {}
    known: dict[int, int] = {}

    def place(end: End) -> int:  # by identity first: flows share ends, and hashing them costs
        found = known.get(id(end))
        if found is None:
            found = known[id(end)] = places.setdefault(end, len(places))
        return found

    rows = [
        [
            place(flow.source),
            place(flow.target),
            flow.kind,
            flow.subtype,
            int(flow.masking),
        ]
        for flow in flows
    ]
    return {"ends": [end_to_json(end) for end in places], "flows": rows}


def flows_from_json(value: Json) -> tuple[Flow, ...]:
    """Decode flows."""
    ends: list[End] = [end_from_json(end) for end in value["ends"]]
    rows: list[tuple[int, int, str, str, int]] = value["flows"]
    return tuple(
        Flow(ends[source], ends[target], Kind(kind), Subtype(subtype), bool(masking))
        for source, target, kind, subtype, masking in rows
    )


def saying_to_json(saying: Saying) -> Json:
    """Encode a saying as a pair: its sort, its content."""
    match saying:
        case ColumnLineage(flows, transformations):
            return ["ColumnLineage", [flows_to_json(flows), transformations]]
        case ExplicitLineage(target, flows, closed):
            content = [thing_to_json(target), flows_to_json(flows), closed]
            return ["ExplicitLineage", content]
        case DeclaredLineage(target, flows):
            return ["DeclaredLineage", [thing_to_json(target), flows_to_json(flows)]]
        case _:
            return [type(saying).__name__, msgspec.to_builtins(saying)]


def saying_from_json(value: Json) -> Saying:
    """Decode a saying."""
    match value:
        case ["ColumnLineage", [flows, transformations]]:
            return ColumnLineage(flows_from_json(flows), transformations)
        case ["ExplicitLineage", [target, flows, closed]]:
            return ExplicitLineage(owner_from_json(target), flows_from_json(flows), closed)
        case ["DeclaredLineage", [target, flows]]:
            return DeclaredLineage(owner_from_json(target), flows_from_json(flows))
        case [sort, content]:
            return msgspec.convert(content, _PLAIN[sort])
        case _:
            raise ValueError(value)


def in_statement_order(statements: Iterable[SchemaStatement]) -> list[SchemaStatement]:
    """Put stated schemas into the order of statement, and ties into a fixed one.

    One run can state two schemas of a dataset: as its input, and as its output.
    """
    listed = list(statements)
    return listed if len(listed) == 1 else sorted(listed, key=_statement_order)


def _statement_order(statement: SchemaStatement) -> tuple[object, ...]:
    return (statement.stamp, statement.producer, dump(saying_to_json(statement.schema)))


def said_to_json(said: Said) -> Json:
    """Encode a saying with its stamp and producer."""
    return [stamp_to_json(said.stamp), said.producer, saying_to_json(said.saying)]


def said_from_json(value: Json) -> Said:
    """Decode a saying with its stamp and producer."""
    stamp, producer, saying = value
    return Said(stamp_from_json(stamp), producer, saying_from_json(saying))


def fold_to_json(fold: RunFold) -> Json:
    """Encode the fold of a run."""
    said = [
        [thing_to_json(slot.about), slot.role, slot.key, said_to_json(one)]
        for slot, one in fold.said.items()
    ]
    return {
        "run": thing_to_json(fold.run),
        "first": {kind: stamp_to_json(fold.first[kind]) for kind in sorted(fold.first)},
        "last": {kind: stamp_to_json(fold.last[kind]) for kind in sorted(fold.last)},
        "starts": [stamp_to_json(stamp) for stamp in fold.starts],
        "said": sorted(said, key=lambda row: row[:3]),
    }


def fold_from_json(value: Json) -> RunFold:
    """Decode the fold of a run."""
    run = thing_from_json(value["run"])
    if not isinstance(run, RunKey):
        raise ValueError(value["run"])
    return RunFold(
        run,
        first=_stamps(value["first"]),
        last=_stamps(value["last"]),
        starts=tuple(stamp_from_json(stamp) for stamp in value["starts"]),
        said={
            Slot(thing_from_json(about), Role(role), key): said_from_json(one)
            for about, role, key, one in value["said"]
        },
    )


def _stamps(value: Json) -> Mapping[EventType, Stamp]:
    return {EventType(kind): stamp_from_json(stamp) for kind, stamp in value.items()}


def reading_to_json(reading: Reading) -> Json:
    """Encode what a reading of SQL came to."""
    trouble = reading.trouble
    return [
        reading.bound,
        [thing_to_json(name) for name in reading.reads],
        [thing_to_json(name) for name in reading.writes],
        [trouble.code, trouble.message, trouble.line, trouble.column] if trouble else None,
        list(reading.unmatched),
        quotes_to_json(reading.quotes),
    ]


def reading_from_json(value: Json) -> Reading:
    """Decode what a reading of SQL came to."""
    bound, reads, writes, trouble, unmatched, quotes = value
    return Reading(
        bound=bound,
        reads=tuple(map(_dataset, reads)),
        writes=tuple(map(_dataset, writes)),
        trouble=Trouble(*trouble) if trouble else None,
        unmatched=tuple(unmatched),
        quotes=quotes_from_json(quotes),
    )


def quotes_to_json(quotes: Sequence[Quote]) -> Json:
    """Encode quotes over tables of their ends and of their texts: each is written once."""
    if not quotes:
        return []
    ends: dict[End, int] = {}
    texts: dict[tuple[int, str], int] = {}
    rows = [
        [
            ends.setdefault(one.source, len(ends)),
            ends.setdefault(one.target, len(ends)),
            one.subtype,
            texts.setdefault((one.start, one.text), len(texts)),
        ]
        for one in quotes
    ]
    return [[end_to_json(end) for end in ends], list(texts), rows]


def quotes_from_json(value: Json) -> tuple[Quote, ...]:
    """Decode quotes."""
    if not value:
        return ()
    ends: list[End] = [end_from_json(end) for end in value[0]]
    texts: list[tuple[int, str]] = value[1]
    rows: list[tuple[int, int, str, int]] = value[2]
    return tuple(
        Quote(ends[source], ends[target], Subtype(subtype), *texts[text])
        for source, target, subtype, text in rows
    )


def _dataset(value: Json) -> DatasetName:
    thing = thing_from_json(value)
    if not isinstance(thing, DatasetName):
        raise TypeError(value)
    return thing


def claim_to_json(claim: Claim) -> Json:
    """Encode a claim."""
    return {
        "via": thing_to_json(claim.via),
        "target": thing_to_json(claim.target),
        "tier": claim.tier,
        "producer": claim.producer,
        "version": claim.version,
        "schemas": claim.schemas,
        "precise": claim.precise,
        **flows_to_json(claim.flows),
    }


def claim_from_json(value: Json) -> Claim:
    """Decode a claim."""
    return Claim(
        via=owner_from_json(value["via"]),
        target=owner_from_json(value["target"]),
        tier=Tier(value["tier"]),
        producer=value["producer"],
        version=value["version"],
        schemas=value["schemas"],
        precise=value["precise"],
        flows=flows_from_json(value),
    )
