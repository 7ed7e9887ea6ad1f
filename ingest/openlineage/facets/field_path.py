"""The rule by which a column's name in a facet becomes its path.

A name is one name, dots and all, unless the dataset's schema in the event shows otherwise: it has
no column of exactly that name, but a nested one whose path, joined by dots, reads the same.
"""

from __future__ import annotations

from ingest.facts import Schema
from ingest.names import DatasetName, FieldPath
from ingest.openlineage.facets.reading import NestedColumns


def field_path(dataset: DatasetName, text: str, nested: NestedColumns) -> FieldPath:
    """Give the path that a column's name means."""
    if nested and "." in text:
        for path in (path for name, paths in nested if name == dataset for path in paths):
            if ".".join(path) == text:
                return path
    return (text,)


def nested_columns(schema: Schema) -> tuple[FieldPath, ...]:
    """List the paths that a name with dots may mean."""
    plain = {field.path[0] for field in schema.fields if len(field.path) == 1}
    paths = (field.path for field in schema.fields if len(field.path) > 1)
    return tuple(path for path in paths if ".".join(path) not in plain)
