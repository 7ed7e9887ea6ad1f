"""Which conversions keep a value, and how values of a type are written as text."""

from __future__ import annotations

from sqlglot.expressions import DataType, DType

from ingest.sql.terms.term import Term, text
from ingest.sql.types.kinds import DECIMALS, FLOATS, INTEGERS, MOMENTS, TEXTS, digits_of, kind_of

_WHOLE = frozenset({*INTEGERS, DType.BOOLEAN})
_FRACTIONAL = frozenset({*DECIMALS, *FLOATS})


_WRITTEN_PLAINLY = _WHOLE | {DType.DATE, DType.UUID, DType.ENUM}


def is_kept(before: DataType | None, after: DataType) -> bool:
    """Whether a value of one type is told from its conversion to another.

    Widening keeps it; so does text, which says it in another way. What does not fit fails and
    gives no other value, so narrowing among whole numbers keeps it, too.
    """
    if before is None or loses(before, after):
        return False
    old, new = kind_of(before), kind_of(after)
    if old in {DType.NULL, DType.UNKNOWN}:
        return False
    if new in TEXTS:
        return old in TEXTS or old in _WRITTEN_PLAINLY
    if old == new or old in TEXTS:
        return True
    if new in _FRACTIONAL or new in INTEGERS:
        return old in _WHOLE or old in _FRACTIONAL
    return old in MOMENTS and new in MOMENTS


def written_form(kind: DType | None) -> Term:
    """Give what values of a type look like as text: `1` and `1.0` are written differently."""
    if kind is None:
        return text("")
    for name, kinds in _FORMS:
        if kind in kinds:
            return text(name)
    return text(kind.name)


_FORMS: tuple[tuple[str, frozenset[DType]], ...] = (
    ("", frozenset(TEXTS) | {DType.NULL, DType.UNKNOWN}),
    ("whole", frozenset(INTEGERS)),
    ("decimal", frozenset(DECIMALS)),
    ("floating", frozenset(FLOATS)),
)


def loses(before: DataType | None, after: DataType | None) -> bool:
    """Whether values of one type may be others once they are of another: they are cut or rounded.

    What does not fit at all fails, and gives no other value.
    """
    if before is None or after is None:
        return False
    old, new = kind_of(before), kind_of(after)
    if old in DECIMALS and new in DECIMALS:
        return digits_of(after)[1] < digits_of(before)[1]
    if old in _FRACTIONAL and new in INTEGERS:
        return True
    if old in FLOATS and new in DECIMALS:
        return True
    return old in MOMENTS and new in MOMENTS and MOMENTS.index(new) < MOMENTS.index(old)
