"""Nothing is dropped silently: what became of every leaf of a record.

Computed on demand, by walking the record beside the types of the wire and the tables of facets:
what those name is a fact, or marked there as unread, with the reason.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, cast

import msgspec
from msgspec import Struct, inspect

from ingest.facts import Deleted, Notice, Verbatim
from ingest.names import DatasetName, JobName
from ingest.openlineage.envelope import Event, opened
from ingest.openlineage.facets.reading import (
    DatasetPlace,
    JobPlace,
    Reading,
    Table,
    read_facet,
    read_lasting_facet,
)
from ingest.openlineage.facets.tables import (
    DATASET,
    INPUT,
    JOB,
    OUTPUT,
    RENAMED,
    RUN,
    STATIC_DATASET,
)
from ingest.openlineage.lenient import pointer
from ingest.openlineage.read import read
from ingest.openlineage.text import readable
from ingest.openlineage.wire import envelope, facets


class Disposition(enum.StrEnum):
    """What became of a leaf."""

    FACT = "FACT"
    """A fact, or the header of the report, holds it."""
    VERBATIM = "VERBATIM"
    """It lies in a facet that is kept as it is."""
    UNREAD = "UNREAD"
    """It is known, and deliberately not read."""
    NOTICED = "NOTICED"
    """It is not read, and a notice says so."""


class Leaf(NamedTuple):
    """A number, text, truth value or null in a record; `path` is a JSON pointer.

    `reason`: the key of the facet (empty in the envelope), the code of the notice, or why not read.
    """

    path: str
    disposition: Disposition
    reason: str


def account(value: object) -> Sequence[Leaf]:
    """Say of every leaf of a record what became of it; empty objects and arrays have none.

    Raises:
        Unreadable: as `read` does.
    """
    notices = read("", value).notices
    content, _ = readable(value, None)
    event, _ = opened(value, content)
    oddities = {
        **_holes(event, notices),
        **{n.path: n.code for n in notices if n.code in _NOT_READ},
    }
    kind = inspect.type_info(type(event))
    return list(_walk(msgspec.json.decode(content), kind, _Where("", "", oddities)))


_NOT_READ = frozenset(
    {
        "contradicting_subtype",
        "field_of_a_job",
        "missing_name",
        "null_value",
        "unknown_event_type",
        "unknown_lineage_type",
        "unknown_subtype",
        "unknown_transformation",
        "unread_property",
        "wrong_type",
    }
)
"""Codes of notices that say: what lies here is not read. Others say how it is read."""


class _Where(NamedTuple):
    """A place in the record; `oddities`: the code of the notice of each path that is not read."""

    path: str
    facet: str
    oddities: Mapping[str, str]

    def under(self, step: str | int) -> _Where:
        return self._replace(path=pointer(self.path, step))


def _holes(event: Event, notices: Sequence[Notice]) -> dict[str, str]:
    """Find the datasets that could not be read: the notice lies somewhere inside them."""
    if isinstance(event, envelope.DatasetEvent):
        return {}
    lists = {"inputs": event.inputs, "outputs": event.outputs}
    holes = [
        f"/{key}/{i}" for key, parts in lists.items() for i, p in enumerate(parts) if p is None
    ]
    return {
        hole: next(n.code for n in notices if f"{n.path}/".startswith(f"{hole}/")) for hole in holes
    }


# --- the walk -------------------------------------------------------------------------------


def _walk(value: object, kind: inspect.Type, where: _Where) -> Iterator[Leaf]:
    if where.path in where.oddities:
        yield from _all(value, where, Disposition.NOTICED, where.oddities[where.path])
        return
    match kind:
        case inspect.Metadata(extra={"unread": str(reason)}):
            yield from _all(value, where, Disposition.UNREAD, reason)
        case inspect.UnionType(types=types):
            [inner] = [inner for inner in types if not isinstance(inner, inspect.NoneType)]
            yield from _walk(value, inner, where)
        case inspect.StructType():
            yield from _walk_object(_parts(value), kind, where)
        case inspect.DictType(value_type=inner):
            for key, part in _parts(value).items():
                yield from _walk(part, inner, where.under(key))
        case inspect.VarTupleType(item_type=inner):
            for i, item in enumerate(cast("list[object]", value)):
                yield from _walk(item, inner, where.under(i))
        case _:
            yield Leaf(where.path, Disposition.FACT, where.facet)


def _walk_object(
    parts: Mapping[str, object], kind: inspect.StructType, where: _Where
) -> Iterator[Leaf]:
    if (
        kind.cls in _OF_LINEAGE
        and parts["type"] == "JOB"
        and not parts.keys() & {"namespace", "name"}
    ):
        yield from _all(parts, where, Disposition.UNREAD, "detail of the event's own job")
        return
    kinds = {field.encode_name: field.type for field in kind.fields}
    for key, part in parts.items():
        slot = _SLOTS.get((kind.cls, key))
        if slot is not None and where.under(key).path not in where.oddities:
            for facet, facet_value in _parts(part).items():
                yield from _walk_facet(facet_value, facet, slot, where.under(key).under(facet))
        else:
            yield from _walk(part, kinds.get(key, inspect.AnyType()), where.under(key))


def _walk_facet(value: object, key: str, slot: _Slot, where: _Where) -> Iterator[Leaf]:
    known = RENAMED.get(key, key)
    sayings = slot.read(known, msgspec.json.encode(value)).sayings
    if sayings == (Verbatim(known),):
        yield from _all(value, where, Disposition.VERBATIM, known)
    elif sayings == (Deleted(known),):
        for leaf in _all(value, where, Disposition.UNREAD, "the facet is deleted"):
            is_flag = leaf.path == where.under("_deleted").path
            yield Leaf(leaf.path, Disposition.FACT, known) if is_flag else leaf
    else:
        kind = inspect.type_info(slot.table[known].wire)
        yield from _walk(value, kind, where._replace(facet=known))


def _all(value: object, where: _Where, disposition: Disposition, reason: str) -> Iterator[Leaf]:
    if isinstance(value, dict):
        for key, part in cast("dict[str, object]", value).items():
            yield from _all(part, where.under(key), disposition, reason)
    elif isinstance(value, list):
        for i, item in enumerate(cast("list[object]", value)):
            yield from _all(item, where.under(i), disposition, reason)
    else:
        yield Leaf(where.path, disposition, reason)


def _parts(value: object) -> Mapping[str, object]:
    return cast("dict[str, object]", value)


# --- where facets stand ---------------------------------------------------------------------


class _Slot(NamedTuple):
    """A table of facets, and how one of them is read; where exactly it stands does not matter."""

    table: Table[Any]
    read: Callable[[str, bytes], Reading]


def _of_run(table: Table[None]) -> _Slot:
    return _Slot(table, partial(read_facet, table))


def _of_dataset(table: Table[DatasetPlace]) -> _Slot:
    place = DatasetPlace(DatasetName("", ""))
    return _Slot(table, partial(read_lasting_facet, table, place=place))


_SLOTS: dict[tuple[type[Struct], str], _Slot] = {
    (envelope.Run, "facets"): _of_run(RUN),
    (envelope.Job, "facets"): _Slot(
        JOB, partial(read_lasting_facet, JOB, place=JobPlace(JobName("", "")))
    ),
    (envelope.Dataset, "facets"): _of_dataset(STATIC_DATASET),
    (envelope.InputDataset, "facets"): _of_dataset(DATASET),
    (envelope.InputDataset, "inputFacets"): _of_run(INPUT),
    (envelope.OutputDataset, "facets"): _of_dataset(DATASET),
    (envelope.OutputDataset, "outputFacets"): _of_run(OUTPUT),
}

_OF_LINEAGE = (facets.LineageEntry, facets.LineageInput)
