"""What a reader can assume of a column that it reads."""

from __future__ import annotations

import enum


class Assumption(enum.StrEnum):
    """What is assumed."""

    VALUE = "value"
    """It may have this value: `= 'paid'`, an IN list, a CASE."""
    PATTERN = "pattern"
    """It looks like this: LIKE."""
    BOUND = "bound"
    """It can be compared with this: `<`, BETWEEN."""
    TYPE = "type"
    """It converts to this."""
    PARTNER = "partner"
    """Its values are those of this column of another table."""
