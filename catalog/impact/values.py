"""Which values a column can have, where its query writes all of them."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.impact.binding import BoundProject
from catalog.impact.graph import Key
from ingest.flows import Subtype
from ingest.sql.expectations import Assumption
from ingest.sql.meaning import Field, Use


def values_of(bound: BoundProject, key: Key, column: str) -> frozenset[str] | None:
    """Follow a column to the query that writes its values; None if there is none such."""
    seen: set[tuple[Key, str]] = set()
    while (key, column) not in seen:
        seen.add((key, column))
        field = _field(bound, key, column)
        if field is None:
            return None
        if field.values is not None:
            return frozenset(field.values)
        copied = _copied(field)
        if copied is None or copied.table is None:
            return None
        key, column = copied.table.lower(), copied.path[0].lower()
    return None


def stems_from(bound: BoundProject, key: Key, column: str, source: Key) -> bool:
    """Whether a column is, as it is, that of another relation, over any number of queries."""
    seen: set[tuple[Key, str]] = set()
    while (key, column) not in seen:
        seen.add((key, column))
        field = _field(bound, key, column)
        copied = _copied(field) if field is not None else None
        if copied is None or copied.table is None:
            return False
        key, column = copied.table.lower(), copied.path[0].lower()
        if key == source:
            return True
    return False


def _field(bound: BoundProject, key: Key, column: str) -> Field | None:
    """The column of a relation that one statement makes."""
    meanings = bound.meanings.get(key, ())
    if len(meanings) != 1 or len(meanings[0].results) != 1:
        return None
    return next((one for one in meanings[0].results[0].fields if one.key.lower() == column), None)


def _copied(field: Field) -> Use | None:
    """The column of another relation that this one is as it is."""
    if len(field.direct) == 1 and field.direct[0].subtype is Subtype.IDENTITY:
        return field.direct[0] if len(field.direct[0].path) == 1 else None
    return None


def unmatched(base: BoundProject, head: BoundProject, key: Key) -> Iterator[str]:
    """Say which literals in a node's statements matched a value before and match none now."""
    told: set[tuple[str, str, str]] = set()
    for meaning in head.meanings.get(key, ()):
        for one in meaning.expectations:
            if one.assumption is not Assumption.VALUE or len(one.path) != 1:
                continue
            about = (one.table, one.path[0], one.value)
            if about not in told and _is_lost(base, head, *about):
                told.add(about)
                name = head.project.names.get(one.table, one.table)
                yield f"{name}.{one.path[0]} is never '{one.value}' any more"


def _is_lost(base: BoundProject, head: BoundProject, table: str, column: str, value: str) -> bool:
    before = values_of(base, table.lower(), column.lower())
    after = values_of(head, table.lower(), column.lower())
    return before is not None and after is not None and value in before - after
