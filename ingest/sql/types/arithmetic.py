"""The types of `+ - * / // %`."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import DataType, DType, Expr

from ingest.sql.rules import Rules
from ingest.sql.types.kinds import (
    BIGINT,
    DATE,
    DECIMAL,
    DECIMALS,
    DOUBLE,
    INTEGERS,
    INTERVAL,
    LISTS,
    MOMENTS,
    NUMBERS,
    TIMESTAMP,
    WIDEST,
    decimal,
    digits_of,
    kind_of,
)
from ingest.sql.types.mixing import mixed

_DAYS = INTEGERS - {DType.BIGINT, DType.INT128, DType.UBIGINT, DType.UINT128}
"""Integers that a date can be moved by."""
_NARROW = 18
"""Decimals of up to so many digits stay so narrow under `+` and `*` (they are 64-bit numbers)."""


def result(node: Expr, left: DataType, right: DataType, rules: Rules) -> DataType | None:
    """The type of an arithmetic operation; None: there is none for these operands."""
    kinds = (kind_of(left), kind_of(right))
    if DType.NULL in kinds:
        return right if kinds[0] == DType.NULL else left
    if kinds[0] in NUMBERS and kinds[1] in NUMBERS:
        return _of_numbers(node, left, right, rules)
    if isinstance(node, (exp.Mul, exp.Div)):
        return _of_intervals(node, kinds)
    if isinstance(node, exp.Add):
        both_lists = kinds[0] in LISTS and kinds[1] in LISTS
        return mixed(left, right) if both_lists else _sum(kinds) or _sum(kinds[::-1])
    return _difference(kinds) if isinstance(node, exp.Sub) else None


def _of_numbers(node: Expr, left: DataType, right: DataType, rules: Rules) -> DataType | None:
    kinds = (kind_of(left), kind_of(right))
    wide = mixed(left, right)
    exact = not {DType.FLOAT, DType.DOUBLE}.intersection(kinds)
    if not exact:
        return wide
    decimals = DECIMALS.intersection(kinds)
    if isinstance(node, exp.Div) and (decimals or not rules.integer_division):
        return DOUBLE if rules.sized_results else DECIMAL
    if not decimals:
        return wide
    if not rules.sized_results:
        return DECIMAL
    if isinstance(node, exp.IntDiv) or (isinstance(node, exp.Mod) and DType.INT128 in kinds):
        return DOUBLE
    return _decimal(node, left, right) if isinstance(node, (exp.Add, exp.Sub, exp.Mul)) else wide


def _decimal(node: Expr, left: DataType, right: DataType) -> DataType:
    (width, scale), (width_2, scale_2) = digits_of(left), digits_of(right)
    if isinstance(node, exp.Mul):
        wanted, behind = width + width_2, scale + scale_2
    else:
        behind = max(scale, scale_2)
        wanted = max(width - scale, width_2 - scale_2) + behind + 1
    most = _NARROW if max(width, width_2) <= _NARROW else WIDEST
    return decimal(max(min(wanted, most), behind), behind)


def _of_intervals(node: Expr, kinds: tuple[DType, DType]) -> DataType | None:
    if kinds[0] == DType.INTERVAL and kinds[1] in NUMBERS:
        return INTERVAL
    swapped = isinstance(node, exp.Mul) and kinds[1] == DType.INTERVAL and kinds[0] in NUMBERS
    return INTERVAL if swapped else None


def _sum(kinds: tuple[DType, ...]) -> DataType | None:
    first, second = kinds
    if first == DType.DATE and second in _DAYS:
        return DATE
    if second == DType.INTERVAL:
        return _moved(first)
    return TIMESTAMP if (first, second) == (DType.DATE, DType.TIME) else None


def _moved(kind: DType) -> DataType | None:
    """A point in time, moved by an interval."""
    if kind == DType.DATE:
        return TIMESTAMP
    movable = (*MOMENTS, DType.TIME, DType.INTERVAL)
    return DataType(this=kind) if kind in movable else None


def _difference(kinds: tuple[DType, DType]) -> DataType | None:
    first, second = kinds
    if first in MOMENTS and second in MOMENTS:
        return BIGINT if first == second == DType.DATE else INTERVAL
    if first == DType.DATE and second in _DAYS:
        return DATE
    return _moved(first) if second == DType.INTERVAL else None
