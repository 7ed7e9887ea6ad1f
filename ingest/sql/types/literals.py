"""Whether a text as written can be read as a value of another type."""

from __future__ import annotations

import re

from sqlglot.expressions import DataType, DType

from ingest.sql.types.kinds import MOMENTS, NUMBERS, kind_of

_NUMBER = re.compile(
    r"\s*[+-]?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*[+-]?(nan|inf(inity)?)\s*", re.IGNORECASE
)
_TRUTHS = frozenset({"true", "false", "t", "f", "yes", "no", "y", "n", "1", "0", "on", "off"})


def reads_as(text: str, type_: DataType) -> bool:
    """Tell whether a text may be a value of a type; of types without a rule, and in doubt: yes."""
    kind = kind_of(type_)
    if kind in NUMBERS:
        return _NUMBER.fullmatch(text) is not None
    if kind == DType.BOOLEAN:
        return text.strip().lower() in _TRUTHS
    if kind in MOMENTS:
        return any(char.isdigit() for char in text) or text.strip().lower() in _SPECIAL_MOMENTS
    return True


_SPECIAL_MOMENTS = frozenset({"infinity", "-infinity", "epoch", "now", "today", "yesterday"})
