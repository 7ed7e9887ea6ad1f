"""The schema in force: what the statements about a dataset's columns say together. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from catalog.model.claim import SchemaStatement
from ingest.facts import Field
from ingest.names import FieldPath


@dataclass(frozen=True, slots=True)
class SchemaInForce:
    """Columns of a dataset, in order. `full`: there are no others. `since`: of the last word."""

    fields: tuple[Field, ...]
    full: bool
    since: datetime | None


def schema_in_force(statements: Iterable[SchemaStatement]) -> SchemaInForce:
    """Give the latest full statement with what partial ones added since; else all partial ones.

    A partial statement never takes a column away.
    """
    ordered = sorted(statements, key=lambda one: (one.stamp, one.producer))
    fulls = [place for place, one in enumerate(ordered) if one.schema.full]
    relevant = ordered[fulls[-1] :] if fulls else ordered
    fields: dict[FieldPath, Field] = {}
    for statement in relevant:
        for field in statement.schema.fields:
            known = fields.get(field.path)
            fields[field.path] = _combined(known, field) if known else field
    since = relevant[-1].stamp.time if relevant else None
    return SchemaInForce(tuple(fields.values()), full=bool(fulls), since=since)


def _combined(known: Field, told: Field) -> Field:
    return Field(known.path, told.type or known.type, told.description or known.description)
