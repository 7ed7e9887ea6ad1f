"""The schema in force: what the statements about a dataset's columns say together. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from catalog.model.claim import SchemaStatement
from catalog.model.reading import OURSELVES
from ingest.facts import Field
from ingest.names import FieldPath


@dataclass(frozen=True, slots=True)
class SchemaInForce:
    """Columns of a dataset, in order. `full`: there are no others. `since`: of the last word."""

    fields: tuple[Field, ...]
    full: bool
    since: datetime | None


def schema_in_force(
    statements: Iterable[SchemaStatement], at: datetime | None = None, *, derived: bool = True
) -> SchemaInForce:
    """Give what the statements say of the columns at a time; None: by now.

    The latest full statement by then with what partial ones added since; else the earliest full
    one after it; else all partial ones. A partial statement never takes a column away. What we
    derived from SQL counts where nobody states all columns; if not `derived`, not even there.
    """
    ordered = sorted(statements, key=lambda one: (one.stamp, one.producer))
    told = [one for one in ordered if one.producer != OURSELVES]
    ours = [one for one in ordered if one.producer == OURSELVES]
    ordered = told if stated_whole(told) or not (ours and derived) else ours
    by_then = [one for one in ordered if at is None or one.stamp.time <= at]
    fulls = [place for place, one in enumerate(by_then) if one.schema.full]
    later = [one for one in ordered if one.schema.full][:1]
    relevant = by_then[fulls[-1] :] if fulls else later or ordered
    fields: dict[FieldPath, Field] = {}
    for statement in relevant:
        for field in statement.schema.fields:
            known = fields.get(field.path)
            fields[field.path] = _combined(known, field) if known else field
    since = relevant[-1].stamp.time if relevant else None
    return SchemaInForce(tuple(fields.values()), full=bool(fulls or later), since=since)


def stated_whole(statements: Iterable[SchemaStatement]) -> bool:
    """Tell whether somebody states, at some time, all columns; what we derived does not count."""
    return any(one.schema.full and one.producer != OURSELVES for one in statements)


def _combined(known: Field, told: Field) -> Field:
    return Field(known.path, told.type or known.type, told.description or known.description)
