"""Facet `columnLineage`: what flows into the columns and the rows of one output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import TypeAlias

from ingest.facts import ColumnLineage, Notice
from ingest.flows import Flow, Rows, Subtype
from ingest.names import ColumnName, DatasetName
from ingest.openlineage.facets.field_path import field_path
from ingest.openlineage.facets.reading import DatasetPlace, NestedColumns, Reading
from ingest.openlineage.facets.transformation import (
    IDENTITY,
    MASKED,
    UNTOLD,
    Source,
    Way,
    flows_into,
    ways,
)
from ingest.openlineage.lenient import pointer
from ingest.openlineage.wire import facets as wire

_Columns: TypeAlias = Callable[[str, str, str], ColumnName]


def column_lineage(facet: wire.ColumnLineageFacet, place: DatasetPlace) -> Reading:
    """Read the flows; those of `dataset` go to the rows, not to each of the columns."""
    notices: list[Notice] = []
    columns = cache(partial(_column, place.nested))
    flows: list[Flow] = []
    for name, field in sorted(facet.fields.items()):
        here = pointer("/fields", name)
        untold = _deprecated(field.transformation_type, here, notices)
        sources = _sources(field.input_fields, f"{here}/inputFields", columns, notices, untold)
        target = columns(place.dataset.namespace, place.dataset.name, name)
        flows += flows_into(target, sources)
    sources = _sources(facet.dataset, "/dataset", columns, notices, UNTOLD)
    flows += flows_into(Rows(place.dataset), sources)
    transformations = any(flow.subtype is not Subtype.UNTOLD for flow in flows)
    return Reading((ColumnLineage(tuple(flows), transformations),), tuple(notices))


def _column(nested: NestedColumns, namespace: str, name: str, field: str) -> ColumnName:
    dataset = DatasetName(namespace, name)
    return ColumnName(dataset, field_path(dataset, field, nested))


def _sources(
    inputs: Sequence[wire.InputField],
    path: str,
    columns: _Columns,
    notices: list[Notice],
    untold: Way,
) -> Iterator[Source]:
    for i, told in enumerate(inputs):
        key = (told.namespace, told.name, told.field)
        for way in ways(told.transformations, f"{path}/{i}", notices, untold=untold):
            yield Source(key, columns(*key), way)


def _deprecated(told: str, path: str, notices: list[Notice]) -> Way:
    """Read `transformationType`, which told of all sources of a column at once."""
    way = _DEPRECATED.get(told)
    if way is None:
        message = f"Type {told!r} is not known"
        notices.append(Notice("unknown_transformation", f"{path}/transformationType", message))
        return UNTOLD
    return way


_DEPRECATED: dict[str, Way] = {
    "": UNTOLD,
    "IDENTITY": IDENTITY,
    "MASKED": MASKED,
}
