"""Facet `schema`: the columns of a dataset, nested ones after the one that they lie in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.facts import Field, Notice, Schema, Verbatim
from ingest.names import FieldPath
from ingest.openlineage.facets.reading import DatasetPlace, Reading
from ingest.openlineage.wire import facets as wire


def schema(facet: wire.SchemaFacet, place: DatasetPlace) -> Reading:
    """Read the columns; a schema without any says nothing of the dataset's columns."""
    if not facet.fields:
        notice = Notice("empty_schema", "/fields", "A schema without columns is not read")
        return Reading((Verbatim("schema"),), (notice,))
    return Reading((Schema(tuple(_flat(facet.fields, ())), place.full),))


def _flat(fields: Sequence[wire.SchemaField], parent: FieldPath) -> Iterator[Field]:
    for field in fields:
        path = (*parent, field.name)
        yield Field(path, field.type or None, field.description or None)
        if field.fields:
            yield from _flat(field.fields, path)
