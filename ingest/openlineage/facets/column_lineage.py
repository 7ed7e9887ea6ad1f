"""Facet `columnLineage`: what flows into the columns and the rows of one output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.facts import ColumnLineage, Notice
from ingest.flows import End, Kind, Rows, Subtype
from ingest.names import ColumnName, DatasetName
from ingest.openlineage.facets.field_path import field_path
from ingest.openlineage.facets.reading import DatasetPlace, Reading
from ingest.openlineage.facets.transformation import UNTOLD, Way, flows, ways
from ingest.openlineage.lenient import pointer
from ingest.openlineage.wire import facets as wire


def column_lineage(facet: wire.ColumnLineageFacet, place: DatasetPlace) -> Reading:
    """Read the flows; those of `dataset` go to the rows, not to each of the columns."""
    notices: list[Notice] = []
    told = tuple(_told(facet, place, notices))
    transformations = any(way != UNTOLD for _, _, way in told)
    return Reading((ColumnLineage(flows(told), transformations),), tuple(notices))


def _told(
    facet: wire.ColumnLineageFacet, place: DatasetPlace, notices: list[Notice]
) -> Iterator[tuple[End, End, Way]]:
    target = place.dataset
    for name, field in facet.fields.items():
        here = pointer("/fields", name)
        column = ColumnName(target, field_path(target, name, place.nested))
        deprecated = _deprecated(field.transformation_type, here, notices)
        sources = _sources(field.input_fields, pointer(here, "inputFields"), place, notices)
        for source, way in sources:
            yield source, column, deprecated if way == UNTOLD else way
    for source, way in _sources(facet.dataset, "/dataset", place, notices):
        yield source, Rows(target), way


def _sources(
    inputs: Sequence[wire.InputField], path: str, place: DatasetPlace, notices: list[Notice]
) -> Iterator[tuple[End, Way]]:
    for i, told in enumerate(inputs):
        dataset = DatasetName(told.namespace, told.name)
        source = ColumnName(dataset, field_path(dataset, told.field, place.nested))
        for way in ways(told.transformations, pointer(path, i), notices):
            yield source, way


def _deprecated(told: str, path: str, notices: list[Notice]) -> Way:
    """Read `transformationType`, which told of all sources of a column at once."""
    way = _DEPRECATED.get(told)
    if way is None:
        message = f"Type {told!r} is not known"
        notices.append(Notice("unknown-transformation", f"{path}/transformationType", message))
        return UNTOLD
    return way


_DEPRECATED: dict[str, Way] = {
    "": UNTOLD,
    "IDENTITY": Way(Kind.DIRECT, Subtype.IDENTITY),
    "MASKED": Way(Kind.DIRECT, Subtype.UNTOLD, masking=True),
}
