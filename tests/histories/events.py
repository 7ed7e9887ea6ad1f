"""OpenLineage events as they might come: shaped as the wire's types are, and then damaged."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import strategies as st
from msgspec import Struct, inspect

from ingest.openlineage.facets.reading import Table
from ingest.openlineage.facets.tables import (
    DATASET,
    INPUT,
    JOB,
    OUTPUT,
    RUN,
    STATIC_DATASET,
)
from ingest.openlineage.wire import envelope
from tests.events import JsonObject

WORDS = (
    *("a", "a.b", "b", "DATASET", "JOB", "START", "COMPLETE", "postgres://h:5432", "select", ""),
    *("DIRECT", "INDIRECT", "IDENTITY", "JOIN", "FILTER", "AGGREGATION", "MASKED", "\ud800", "ü~/"),
    *("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.123456789"),
)
TEXTS = st.sampled_from(WORDS) | st.text(max_size=3)
NAMES = st.sampled_from(["a", "b", "a.b", "c"])
EMPTY: list[object] = [{}, []]
ODD: st.SearchStrategy[object] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
    | st.sampled_from(EMPTY)
)


_FACETS: dict[tuple[type[Struct], str], Table[Any]] = {
    (envelope.Run, "facets"): RUN,
    (envelope.Job, "facets"): JOB,
    (envelope.Dataset, "facets"): STATIC_DATASET,
    (envelope.InputDataset, "facets"): DATASET,
    (envelope.InputDataset, "inputFacets"): INPUT,
    (envelope.OutputDataset, "facets"): DATASET,
    (envelope.OutputDataset, "outputFacets"): OUTPUT,
}


def _values(kind: inspect.Type) -> st.SearchStrategy[object]:
    match kind:
        case inspect.StructType():
            return st.deferred(lambda: _objects(kind))
        case inspect.UnionType(types=types):
            return _values(types[-1])
        case inspect.DictType(value_type=inner):
            return st.dictionaries(NAMES, _values(inner), max_size=3)
        case inspect.VarTupleType(item_type=inner):
            return st.lists(_values(inner), max_size=2)
        case inspect.IntType():
            return st.integers(-1, 3)
        case inspect.BoolType():
            return st.booleans()
        case inspect.StrType():
            return TEXTS
        case _:
            return ODD


def _objects(kind: inspect.StructType) -> st.SearchStrategy[JsonObject]:
    fields = {field.encode_name: field for field in kind.fields}
    parts = {
        key: _facets(_FACETS[kind.cls, key]) if (kind.cls, key) in _FACETS else _values(field.type)
        for key, field in fields.items()
    }
    needed = {key: part for key, part in parts.items() if fields[key].required}
    optional = {key: part for key, part in parts.items() if not fields[key].required}
    return st.fixed_dictionaries(needed, optional=optional)


def _facets(table: Table[Any]) -> st.SearchStrategy[object]:
    known = {key: _values(inspect.type_info(how.wire)) for key, how in table.items()}
    return st.fixed_dictionaries({}, optional={**known, "unknown": ODD, "parentRun": ODD})


_KINDS = (envelope.RunEvent, envelope.JobEvent, envelope.DatasetEvent)
EVENTS: st.SearchStrategy[JsonObject] = st.one_of(
    *(cast("st.SearchStrategy[JsonObject]", _values(inspect.type_info(kind))) for kind in _KINDS)
).map(lambda event: {**event, "eventTime": "2026-01-01T00:00:00Z"})
"""Events that have what reading needs, of text that may be anything."""


@st.composite
def damaged_events(draw: st.DrawFn) -> JsonObject:
    """Events of which one or two parts, anywhere, are not what they should be."""
    event: object = draw(EVENTS)
    for _ in range(draw(st.integers(1, 2))):
        event = draw(_damaged(event))
    return cast("JsonObject", event)


@st.composite
def _damaged(draw: st.DrawFn, value: object) -> object:
    if isinstance(value, dict) and value:
        parts = cast("JsonObject", value)
        key = draw(st.sampled_from(sorted(parts)))
        return draw(
            st.just({**parts, "odd": 1})
            | st.just({k: part for k, part in parts.items() if k != key})
            | _damaged(parts[key]).map(lambda part: {**parts, key: part})
        )
    if isinstance(value, list) and value:
        items = cast("list[object]", value)
        return [draw(_damaged(items[0])), *items[1:]]
    return draw(ODD)
