"""Which type values of two types have together, and which do not mix without a cast."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot.expressions import DataType, DType

from ingest.sql.types.kinds import (
    DECIMALS,
    FLOATS,
    INTEGERS,
    LISTS,
    MOMENTS,
    NUMBERS,
    SIGNED,
    TEXTS,
    WIDEST,
    decimal,
    digits_of,
    element_of,
    kind_of,
    list_of,
)

_UNSIGNED_AS = {
    DType.UTINYINT: DType.SMALLINT,
    DType.USMALLINT: DType.INT,
    DType.UINT: DType.BIGINT,
    DType.UBIGINT: DType.INT128,
    DType.UINT128: DType.DOUBLE,
}
_STRONGER = (
    DType.BOOLEAN,
    *SIGNED,
    *DECIMALS,
    *FLOATS,
    DType.TIME,
    *MOMENTS,
    DType.INTERVAL,
    DType.ENUM,
    *TEXTS,
    DType.VARBINARY,
    DType.UUID,
    DType.STRUCT,
    *LISTS,
    DType.JSON,
)
_STRENGTH = {kind: place for place, kind in enumerate(_STRONGER)}


def mixed(one: DataType, other: DataType) -> DataType | None:
    """The type that holds both, as COALESCE, CASE, BETWEEN and `<` want it; None: they refuse."""
    first, second = kind_of(one), kind_of(other)
    if first == second and first not in (*DECIMALS, *LISTS):
        return one
    for here, there, type_ in ((first, second, other), (second, first, one)):
        if here in {DType.NULL, DType.UNKNOWN} or there == DType.JSON:
            return type_
        if here == DType.BOOLEAN and there in INTEGERS:
            return type_
        if here == DType.ENUM and there in TEXTS:
            return type_
    if first in NUMBERS and second in NUMBERS:
        return _number(one, other)
    if first in MOMENTS and second in MOMENTS:
        return one if MOMENTS.index(first) >= MOMENTS.index(second) else other
    if first in TEXTS and second in TEXTS:
        return one
    return _mixed_lists(one, other)


def _mixed_lists(one: DataType, other: DataType) -> DataType | None:
    inner, outer = element_of(one), element_of(other)
    if inner is None or outer is None:
        return None
    element = mixed(inner, outer)
    return list_of(element) if element is not None else None


def _number(one: DataType, other: DataType) -> DataType:
    """The wider of two numbers; a float beats a decimal beats an integer."""
    kinds = (kind_of(one), kind_of(other))
    for kind in reversed(FLOATS):
        if kind in kinds:
            return DataType(this=kind)
    if DECIMALS.intersection(kinds):
        (width, scale), (width_2, scale_2) = digits_of(one), digits_of(other)
        behind = max(scale, scale_2)
        return decimal(min(WIDEST, max(width - scale, width_2 - scale_2) + behind), behind)
    if kinds[0] in SIGNED and kinds[1] in SIGNED:
        return one if SIGNED.index(kinds[0]) >= SIGNED.index(kinds[1]) else other
    signed = [DataType(this=_UNSIGNED_AS.get(kind, kind)) for kind in kinds]
    return one if kinds[0] == kinds[1] else _number(signed[0], signed[1])


def forced(one: DataType, other: DataType) -> DataType:
    """The type that `=`, IN and set operations convert both to: they refuse nothing."""
    found = mixed(one, other)
    if found is not None:
        return found
    strength = [_STRENGTH.get(kind_of(type_), len(_STRONGER)) for type_ in (one, other)]
    return one if strength[0] >= strength[1] else other


def all_forced(types: Iterable[DataType | None]) -> DataType | None:
    """The type that all are converted to; None if one of them is not known."""
    result: DataType | None = None
    for type_ in types:
        if type_ is None:
            return None
        result = type_ if result is None else forced(result, type_)
    return result


def all_mixed(types: Iterable[DataType | None]) -> tuple[DataType | None, bool]:
    """The type that holds all; and whether two that are known refuse each other."""
    result: DataType | None = None
    known = True
    for type_ in types:
        if type_ is None:
            known = False
        elif result is None:
            result = type_
        else:
            found = mixed(result, type_)
            if found is None:
                return None, True
            result = found
    return (result if known else None), False
