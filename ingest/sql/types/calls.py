"""The types of what functions give, and what they do not take; also of IN, ANY and the like."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import DataType, DType, Expr

from ingest.sql.relation import all_columns
from ingest.sql.scope import Scope
from ingest.sql.tree import child, children, listed
from ingest.sql.types.conversions import convert, mix
from ingest.sql.types.functions import (
    DATED,
    EXACT,
    FIRST_ARGUMENT,
    FLOATING,
    NAMED_RESULTS,
    SAME,
    told_results,
)
from ingest.sql.types.kinds import (
    BIGINT,
    BOOLEAN,
    DECIMAL,
    DOUBLE,
    INTEGERS,
    MOMENTS,
    TEXT,
    TIMESTAMP,
    WIDEST,
    decimal,
    digits_of,
    kind_of,
    list_of,
)
from ingest.sql.types.names import of_subquery
from ingest.sql.types.parts import NO_VALUES, Rule, is_text, refuse, type_of, written


def told(node: Expr, scope: Scope) -> DataType | None:
    """The parser's table; the arguments are typed for what is wrong in them."""
    types = [type_of(part, scope) for part in children(node) if not isinstance(part, NO_VALUES)]
    _check_argument(node, types[0] if types else None, scope)
    if isinstance(node, exp.Anonymous):
        named = NAMED_RESULTS.get(node.name.lower())
        return DataType(this=named) if named is not None else None
    return told_results(scope.binding.rules.dialect).get(type(node))


def _check_argument(node: Expr, type_: DataType | None, scope: Scope) -> None:
    wanted = FIRST_ARGUMENT.get(type(node))
    if wanted is None or type_ is None or kind_of(type_) in wanted | _NEVER_REFUSED:
        return
    if is_text(node.this) or isinstance(node.this, exp.Star):
        return
    name = node.sql_name().lower() if isinstance(node, exp.Func) else node.key.upper()
    refuse(node, scope, f"{name} does not take {written(type_)}.")


_NEVER_REFUSED = frozenset({DType.UNKNOWN, DType.NULL, DType.USERDEFINED, DType.STRUCT})


def _same(node: Expr, scope: Scope) -> DataType | None:
    parts = [type_of(part, scope) for part in children(node) if not isinstance(part, NO_VALUES)]
    first = parts[0] if parts else None
    _check_argument(node, first, scope)
    return first


def _sum(node: Expr, scope: Scope) -> DataType | None:
    inner = type_of(node.this, scope)
    _check_argument(node, inner, scope)
    if inner is None:
        return None
    kind, rules = kind_of(inner), scope.binding.rules
    if kind in FLOATING:
        return DOUBLE
    if kind == DType.DECIMAL:
        return decimal(WIDEST, digits_of(inner)[1]) if rules.sized_results else DECIMAL
    if kind not in EXACT and kind != DType.BOOLEAN:
        return None
    return DataType(this=rules.sums[kind in _WIDE])


_WIDE = frozenset({DType.BIGINT, DType.UINT, DType.UBIGINT, DType.INT128, DType.UINT128})


def _average(node: Expr, scope: Scope) -> DataType | None:
    inner = type_of(node.this, scope)
    _check_argument(node, inner, scope)
    if inner is None:
        return None
    kind = kind_of(inner)
    if kind == DType.DATE:
        return TIMESTAMP
    if kind in _LASTING:
        return DataType(this=kind)
    return DECIMAL if kind in EXACT and scope.binding.rules.exact_averages else DOUBLE


_LASTING = frozenset({*MOMENTS, DType.TIME, DType.INTERVAL})


def _rounded(node: Expr, scope: Scope) -> DataType | None:
    """ROUND keeps the type; FLOOR and CEIL make integers to floats."""
    inner = _same(node, scope)
    if inner is None:
        return None
    kind = kind_of(inner)
    if kind == DType.DECIMAL:
        width, scale = digits_of(inner)
        places = child(node, "decimals")
        kept = int(places.name) if places is not None and places.name.isdigit() else 0
        return decimal(width, min(kept, scale))
    if isinstance(node, exp.Round) or kind in FLOATING:
        return inner
    return DOUBLE


def _truncated(node: Expr, scope: Scope) -> DataType | None:
    inner = type_of(node.this, scope)
    _check_argument(node, inner, scope)
    return TIMESTAMP if inner is not None and kind_of(inner) == DType.DATE else inner


def _extracted(node: Expr, scope: Scope) -> DataType | None:
    """`extract(part from moment)`."""
    moment = node.expression
    inner = type_of(moment, scope)
    wanted = _TIMED if node.name.upper() in _CLOCK else DATED
    if inner is not None and kind_of(inner) not in wanted | _NEVER_REFUSED and not is_text(moment):
        refuse(node, scope, f"extract does not take {written(inner)}.")
    return BIGINT


_CLOCK = frozenset({"HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND", "EPOCH"})


_TIMED = DATED | {DType.TIME}


def _shifted(node: Expr, scope: Scope) -> DataType | None:
    """`date_add(moment, interval)`."""
    inner = type_of(node.this, scope)
    if inner is None:
        return None
    return TIMESTAMP if kind_of(inner) == DType.DATE else inner


def _halved(node: Expr, scope: Scope) -> DataType | None:
    """A median may lie between two values."""
    inner = type_of(node.this, scope)
    if inner is None:
        return None
    kind = kind_of(inner)
    return DOUBLE if kind in INTEGERS else TIMESTAMP if kind == DType.DATE else inner


def _split(node: Expr, scope: Scope) -> DataType | None:
    told(node, scope)
    return list_of(TEXT)


def _series(node: Expr, scope: Scope) -> DataType | None:
    start = type_of(node.args["start"], scope)
    whole = start is not None and kind_of(start) in INTEGERS
    return list_of(BIGINT) if whole else list_of(start) if start is not None else None


def _gathered(node: Expr, scope: Scope) -> DataType | None:
    inner = type_of(node.this, scope)
    return list_of(inner) if inner is not None else None


def _count(node: Expr, scope: Scope) -> DataType | None:
    for part in children(node):
        if not isinstance(part, exp.Star):
            type_of(part, scope)
    return BIGINT


def _window(node: Expr, scope: Scope) -> DataType | None:
    order = child(node, "order")
    for key in (*listed(node, "partition_by"), *(order.expressions if order is not None else ())):
        type_of(key, scope)
    return type_of(node.this, scope)


def _quantified(node: Expr, scope: Scope) -> DataType | None:
    """`ANY (query)` stands for each of its values."""
    inner = node.this.unnest() if isinstance(node.this, Expr) else None
    return of_subquery(inner, scope) if isinstance(inner, exp.Query) else None


def _in(node: Expr, scope: Scope) -> DataType | None:
    query = child(node, "query")
    if query is not None:
        return _in_query(node, query, scope)
    left = type_of(node.this, scope)
    for part in node.expressions:
        right = type_of(part, scope)
        convert(node.this, left, right, scope)
        convert(part, right, left, scope)
    return BOOLEAN


def _in_query(node: Expr, query: Expr, scope: Scope) -> DataType | None:
    """What is searched for and what is found must mix."""
    parts: list[Expr] = node.this.expressions if isinstance(node.this, exp.Tuple) else [node.this]
    relation = scope.binding.values.get(id(query))
    columns = all_columns(relation) if relation is not None else []
    for part, column in zip(parts, columns, strict=False):
        mix([part, query], [type_of(part, scope), column.type], scope, part)
    return BOOLEAN


def _unknown(_node: Expr, _scope: Scope) -> DataType | None:
    return None


def _truth(node: Expr, scope: Scope) -> DataType | None:
    told(node, scope)
    return BOOLEAN


RULES: dict[type[Expr], Rule] = {
    exp.Extract: _extracted,
    exp.In: _in,
    exp.Any: _quantified,
    exp.All: _quantified,
    exp.Sum: _sum,
    exp.Avg: _average,
    exp.Round: _rounded,
    exp.Floor: _rounded,
    exp.Ceil: _rounded,
    exp.DateTrunc: _truncated,
    exp.TimestampTrunc: _truncated,
    exp.DateAdd: _shifted,
    exp.DateSub: _shifted,
    exp.ArrayAgg: _gathered,
    exp.Median: _halved,
    exp.Split: _split,
    exp.GenerateSeries: _series,
    exp.Count: _count,
    exp.Window: _window,
    exp.Lambda: _unknown,
    **dict.fromkeys((exp.Like, exp.ILike, exp.SimilarTo, exp.Is, exp.Not), _truth),
    **dict.fromkeys(SAME, _same),
}
