"""What functions take and give, as far as the parser's own table does not tell it."""

from __future__ import annotations

from functools import cache
from typing import cast

from sqlglot import Dialect, exp
from sqlglot.expressions import DataType, DType, Expr

from ingest.sql.types.kinds import DECIMALS, FLOATS, INTEGERS, LISTS, MOMENTS, NUMBERS, TEXTS

_TEXT = frozenset({*TEXTS, DType.ENUM, DType.JSON, DType.NULL})
_SIZED = frozenset({*_TEXT, *LISTS, DType.MAP, DType.VARBINARY, DType.BIT})
_BYTES = frozenset({*_TEXT, DType.VARBINARY})
_NUMBER = frozenset({*NUMBERS, DType.NULL})
_SUMMED = frozenset({*NUMBERS, DType.BOOLEAN, DType.NULL})
_AVERAGED = frozenset({*NUMBERS, *MOMENTS, DType.TIME, DType.INTERVAL, DType.NULL})
_MOMENT = frozenset({*MOMENTS, DType.NULL})
DATED = frozenset({*_MOMENT, DType.INTERVAL})
"""What has a year."""

FIRST_ARGUMENT: dict[type[Expr], frozenset[DType]] = {
    **dict.fromkeys((exp.Upper, exp.Lower, exp.Trim, exp.Left, exp.Right), _TEXT),
    **dict.fromkeys((exp.Replace, exp.Initcap, exp.Pad, exp.StartsWith, exp.EndsWith), _TEXT),
    **dict.fromkeys((exp.RegexpLike, exp.RegexpExtract, exp.RegexpReplace, exp.SplitPart), _TEXT),
    **dict.fromkeys((exp.Like, exp.ILike, exp.SimilarTo, exp.Ascii, exp.StrToTime), _TEXT),
    **dict.fromkeys((exp.MD5, exp.Substring), _BYTES),
    exp.Length: _SIZED,
    **dict.fromkeys((exp.Abs, exp.Round, exp.Floor, exp.Ceil, exp.Sqrt, exp.Ln), _NUMBER),
    **dict.fromkeys((exp.Exp, exp.Pow, exp.Sign, exp.Log, exp.Stddev, exp.StddevSamp), _NUMBER),
    **dict.fromkeys((exp.StddevPop, exp.Variance, exp.VariancePop), _NUMBER),
    exp.Sum: _SUMMED,
    exp.Avg: _AVERAGED,
    **dict.fromkeys((exp.LogicalOr, exp.LogicalAnd), frozenset({DType.BOOLEAN, DType.NULL})),
    **dict.fromkeys((exp.Year, exp.Month, exp.Day, exp.Quarter, exp.Week), DATED),
    **dict.fromkeys((exp.DayOfWeek, exp.DayOfMonth, exp.DayOfYear, exp.DayOfWeekIso), DATED),
    **dict.fromkeys((exp.Hour, exp.Minute, exp.Second), frozenset({*DATED, DType.TIME})),
    **dict.fromkeys((exp.TimeToStr, exp.LastDay, exp.Monthname, exp.Dayname), _MOMENT),
    **dict.fromkeys((exp.DateDiff, exp.TimestampDiff), frozenset({*_MOMENT, DType.TIME})),
    **dict.fromkeys((exp.DateTrunc, exp.TimestampTrunc), frozenset({*_MOMENT, DType.INTERVAL})),
}
"""Functions that take only some types: the kinds that their first argument may have."""

SAME = (
    exp.Max,
    exp.Min,
    exp.AnyValue,
    exp.First,
    exp.Last,
    exp.ArgMax,
    exp.ArgMin,
    exp.Mode,
    exp.Lag,
    exp.Lead,
    exp.FirstValue,
    exp.LastValue,
    exp.NthValue,
    exp.Nullif,
    exp.Abs,
    exp.Neg,
    exp.Filter,
    exp.WithinGroup,
    exp.IgnoreNulls,
    exp.RespectNulls,
    exp.Distinct,
    exp.Order,
    exp.Limit,
    exp.Paren,
    exp.Alias,
    exp.PivotAlias,
    exp.Ordered,
    exp.Collate,
)
"""What has the type of its first argument."""

TEXT_RESULT = (
    exp.Left,
    exp.Right,
    exp.Replace,
    exp.RegexpExtract,
    exp.RegexpReplace,
    exp.SplitPart,
    exp.Pad,
    exp.JSONExtractScalar,
)
_RESULTS: tuple[tuple[DType, tuple[type[Expr], ...]], ...] = (
    (DType.TEXT, TEXT_RESULT),
    (DType.BIGINT, (exp.Grouping, exp.GroupingId)),
    (DType.BOOLEAN, (exp.ArrayContains, exp.Exists)),
    (DType.JSON, (exp.JSONExtract,)),
)
NAMED_RESULTS = {
    **dict.fromkeys(("printf", "format", "concat", "list_aggr", "monthname"), DType.TEXT),
    **dict.fromkeys(("date_part", "datepart", "strlen", "epoch_ms", "isodow"), DType.BIGINT),
    **dict.fromkeys(("isfinite", "isnan", "list_has_any", "regexp_full_match"), DType.BOOLEAN),
    **dict.fromkeys(("date_add", "make_timestamp", "to_timestamp"), DType.TIMESTAMPNTZ),
    "hash": DType.UBIGINT,
    "epoch": DType.DOUBLE,
    "make_date": DType.DATE,
    "product": DType.DOUBLE,
}
"""Results of functions that the parser does not know, by their names."""
EXACT = frozenset({*INTEGERS, *DECIMALS})
"""Kinds of numbers that are no floats."""
FLOATING = frozenset(FLOATS)


@cache
def told_results(dialect: str) -> dict[type[Expr], DataType]:
    """Result types that do not depend on the arguments, as the parser knows them."""
    own = {kind: DataType(this=made) for made, kinds in _RESULTS for kind in kinds}
    table = cast(
        "dict[type[Expr], dict[str, object]]", Dialect.get_or_raise(dialect).EXPRESSION_METADATA
    )
    return {
        kind: DataType(this=DType.TEXT if found == DType.VARCHAR else found)
        for kind, entry in table.items()
        if isinstance(found := entry.get("returns"), DType)
    } | own
