"""Types as the rules see them: which there are, and which family they belong to."""

from __future__ import annotations

from functools import cache

from sqlglot.expressions import DataType, DataTypeParam, DType, Literal

BOOLEAN = DataType(this=DType.BOOLEAN)
INTEGER = DataType(this=DType.INT)
BIGINT = DataType(this=DType.BIGINT)
HUGEINT = DataType(this=DType.INT128)
FLOAT = DataType(this=DType.FLOAT)
DOUBLE = DataType(this=DType.DOUBLE)
DECIMAL = DataType(this=DType.DECIMAL)
TEXT = DataType(this=DType.TEXT)
DATE = DataType(this=DType.DATE)
TIME = DataType(this=DType.TIME)
TIMESTAMP = DataType(this=DType.TIMESTAMPNTZ)
TIMESTAMPTZ = DataType(this=DType.TIMESTAMPTZ)
INTERVAL = DataType(this=DType.INTERVAL)
JSON = DataType(this=DType.JSON)
NULL = DataType(this=DType.NULL)

SIGNED = (DType.TINYINT, DType.SMALLINT, DType.INT, DType.BIGINT, DType.INT128)
_UNSIGNED = (DType.UTINYINT, DType.USMALLINT, DType.UINT, DType.UBIGINT, DType.UINT128)
INTEGERS = frozenset({*SIGNED, *_UNSIGNED})
NARROW = frozenset({DType.TINYINT, DType.SMALLINT})
FLOATS = (DType.FLOAT, DType.DOUBLE)
DECIMALS = frozenset({DType.DECIMAL, DType.BIGDECIMAL, DType.DECIMAL32, DType.DECIMAL64})
NUMBERS = frozenset({*INTEGERS, *FLOATS, *DECIMALS})
TEXTS = frozenset(
    {DType.TEXT, DType.VARCHAR, DType.CHAR, DType.NCHAR, DType.NVARCHAR, DType.NAME, DType.BPCHAR}
)
MOMENTS = (DType.DATE, DType.TIMESTAMPNTZ, DType.TIMESTAMPTZ)
"""Points in time, from narrow to wide."""
TIMESTAMPS = frozenset({DType.TIMESTAMP, DType.DATETIME, DType.TIMESTAMPNTZ})
LISTS = frozenset({DType.ARRAY, DType.LIST})
DIGITS = {
    DType.TINYINT: 3,
    DType.UTINYINT: 3,
    DType.SMALLINT: 5,
    DType.USMALLINT: 5,
    DType.INT: 10,
    DType.UINT: 10,
    DType.BIGINT: 19,
    DType.UBIGINT: 20,
    DType.INT128: 38,
    DType.UINT128: 38,
}
"""How many decimal digits an integer type holds."""
WIDEST = 38
"""Digits of the widest decimal."""


def kind_of(type_: DataType) -> DType:
    """Give what the rules tell types by; the many names of one timestamp are one."""
    kind: object = type_.this
    if kind in TIMESTAMPS:
        return DType.TIMESTAMPNTZ
    return kind if isinstance(kind, DType) else DType.USERDEFINED


def same_kind(one: DataType | None, other: DataType | None) -> bool:
    """Whether two types are the same but for their sizes, as far as they are known."""
    if one is None or other is None:
        return True
    kinds = {kind_of(type_) for type_ in (one, other)}
    return len(kinds) == 1 or kinds <= TEXTS or kinds <= DECIMALS


@cache
def decimal(width: int, scale: int) -> DataType:
    """Give DECIMAL(width, scale)."""
    sizes = [DataTypeParam(this=Literal.number(size)) for size in (width, scale)]
    return DataType(this=DType.DECIMAL, expressions=sizes)


def digits_of(type_: DataType) -> tuple[int, int]:
    """Give all digits and those behind the point, of a decimal or integer type."""
    kind = kind_of(type_)
    if kind in DIGITS:
        return DIGITS[kind], 0
    sizes = [int(part.name) for part in type_.expressions if part.name.isdigit()]
    return (sizes[0], sizes[1] if len(sizes) > 1 else 0) if sizes else (18, 3)


def spelling(type_: DataType) -> DataType:
    """Give the type of texts that spell values of another type, and so convert back to it."""
    made = TEXT.copy()
    made.meta["spells"] = type_
    return made


def spelled_by(type_: DataType) -> DataType | None:
    """Give the type whose values the texts of a type are known to spell."""
    found: object = type_.meta.get("spells")
    return found if isinstance(found, DataType) else None


def list_of(type_: DataType) -> DataType:
    """Give the type of a list of such elements."""
    return DataType(this=DType.ARRAY, expressions=[type_.copy()], nested=True)


def element_of(type_: DataType | None) -> DataType | None:
    """Give the type of a list's elements."""
    if type_ is None or kind_of(type_) not in LISTS:
        return None
    inner = type_.expressions[0] if type_.expressions else None
    return inner if isinstance(inner, DataType) else None
