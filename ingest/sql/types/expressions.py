"""The type of an expression whose names are bound; what does not mix is told as a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from sqlglot import exp
from sqlglot.expressions import DataType, DType, Expr

from ingest.sql.errors import Code, Problem
from ingest.sql.relation import Column, all_columns
from ingest.sql.scope import Conversion, Scope, members_of, resolve_parts
from ingest.sql.spans import extent, of_name
from ingest.sql.tree import child, children, dotted, listed
from ingest.sql.types import arithmetic
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
    HUGEINT,
    INTEGER,
    INTEGERS,
    MOMENTS,
    NARROW,
    NULL,
    NUMBERS,
    TEXT,
    TEXTS,
    TIMESTAMP,
    WIDEST,
    decimal,
    digits_of,
    element_of,
    kind_of,
    list_of,
    spelled_by,
    spelling,
)
from ingest.sql.types.literals import reads_as
from ingest.sql.types.mixing import all_mixed, mixed

Rule: TypeAlias = Callable[[Expr, Scope], DataType | None]


def type_of(node: Expr, scope: Scope) -> DataType | None:
    """Give the type of an expression whose names are visible in `scope`; None: not known.

    Chains of operators are as long as somebody writes them, so their left spine is unrolled.
    """
    spine: list[Expr] = []
    while isinstance(node, _OPERATORS):
        spine.append(node)
        node = node.this
    found = _once(node, scope)
    for operator in reversed(spine):
        found = scope.binding.types[id(operator)] = _operation(operator, found, scope)
    return found


def _once(node: Expr, scope: Scope) -> DataType | None:
    """Each expression is typed once, but for one that stands for several (COLUMNS)."""
    known = scope.binding.types
    if scope.spread is None and id(node) in known:
        return known[id(node)]
    found = known[id(node)] = _rule_of(type(node))(node, scope)
    return found


def _rule_of(kind: type[Expr]) -> Rule:
    rule = _RULES.get(kind)
    if rule is None:
        rule = next((rule for base, rule in _BY_BASE if issubclass(kind, base)), _told)
        _RULES[kind] = rule
    return rule


def _refuse(node: Expr, scope: Scope, message: str) -> None:
    if scope.binding.rules.types_checked:
        scope.binding.told.problems.append(Problem(extent(node), Code.TYPE, message))


def written(type_: DataType) -> str:
    """Give a type as people write it."""
    return type_.sql("duckdb")


# Operators


def _operation(node: Expr, left: DataType | None, scope: Scope) -> DataType | None:
    right = type_of(node.expression, scope)
    if isinstance(node, _ARITHMETIC):
        return _arithmetic(node, left, right, scope)
    if isinstance(node, _ORDERED) or isinstance(node.expression, (exp.Any, exp.All)):
        _mix([node.this, node.expression], [left, right], scope, node)
    elif isinstance(node, (exp.EQ, exp.NEQ)):
        _convert(node.this, left, right, scope)
        _convert(node.expression, right, left, scope)
    return TEXT if isinstance(node, exp.DPipe) else BOOLEAN


def _arithmetic(
    node: Expr, left: DataType | None, right: DataType | None, scope: Scope
) -> DataType | None:
    if left is None or right is None or _is_text(node.this) or _is_text(node.expression):
        return None
    found = arithmetic.result(
        node,
        _fitting(node.this, left, right),
        _fitting(node.expression, right, left),
        scope.binding.rules,
    )
    if found is None:
        _refuse(node, scope, f"{written(left)} and {written(right)} cannot be calculated with.")
    return found


def _is_text(node: Expr) -> bool:
    """A text as written takes the type of what it meets."""
    return isinstance(node, exp.Literal) and node.is_string


def _fitting(node: Expr, own: DataType, other: DataType) -> DataType:
    """An integer as written is as narrow as what it meets."""
    literal = isinstance(node, exp.Literal) and own is INTEGER
    return other if literal and kind_of(other) in NARROW else own


def _mix(
    nodes: Iterable[Expr], types: Iterable[DataType | None], scope: Scope, place: Expr
) -> DataType | None:
    """The common type of several values."""
    nodes, types = list(nodes), list(types)
    seen = [NULL if _is_text(node) else type_ for node, type_ in zip(nodes, types, strict=True)]
    other = next((type_ for type_ in seen if type_ is not None and type_ is not INTEGER), None)
    if other is not None:
        seen = [
            _fitting(node, type_, other) if type_ is not None else None
            for node, type_ in zip(nodes, seen, strict=True)
        ]
    found, refused = all_mixed(seen)
    if refused:
        names = sorted({written(type_) for type_ in seen if type_ is not None})
        _refuse(place, scope, f"{' and '.join(names)} do not mix without a cast.")
        return None
    if found is NULL and any(_is_text(node) for node in nodes):
        return TEXT
    for node in nodes if found is not None else ():
        if _is_text(node):
            _convert(node, TEXT, found, scope)
    if found is not None and len(nodes) > 1 and kind_of(found) in TEXTS:
        return TEXT  # not all need spell the same
    return found


def _mixed_parts(nodes: list[Expr], scope: Scope, place: Expr) -> DataType | None:
    return _mix(nodes, [type_of(node, scope) for node in nodes], scope, place)


# Names and literals


def _column(node: Expr, scope: Scope) -> DataType | None:
    known = scope.binding.columns.get(id(node))
    if known is not None:
        return known.type
    parts = dotted(node)
    if scope.locals or not parts or isinstance(node.this, exp.Star):
        return None
    before = len(scope.binding.told.problems)
    column = resolve_parts(scope, parts, node)
    del scope.binding.told.problems[before:]  # they are told when the expression itself is bound
    return column.type if column is not None else None


def _literal(node: Expr, _scope: Scope) -> DataType | None:
    text = node.name
    if node.is_string:
        return TEXT
    if text.isdigit():
        number = int(text) if len(text) <= WIDEST else 0
        return next((t for t, bits in _SIZES if number < 1 << bits), HUGEINT)
    whole, _, behind = text.partition(".")
    if "e" in text.lower() or not (whole + behind).isdigit():
        return DOUBLE
    width = len(whole.lstrip("0")) + len(behind)
    return decimal(max(width, 1), len(behind)) if width <= WIDEST else DOUBLE


_SIZES = ((INTEGER, 31), (BIGINT, 63))


def _dotted(node: Expr, scope: Scope) -> DataType | None:
    """`(struct).field`."""
    inner = type_of(node.this, scope)
    members = members_of(inner)
    name = node.expression
    if members is None or not isinstance(name, exp.Identifier):
        return None
    return next((kind for member, kind in members if member.lower() == name.name.lower()), None)


def _bracket(node: Expr, scope: Scope) -> DataType | None:
    inner = type_of(node.this, scope)
    if inner is not None and kind_of(inner) == DType.TEXT:
        return TEXT
    if any(isinstance(part, exp.Slice) for part in node.expressions):
        return inner
    key = node.expressions[0] if node.expressions else None
    members = members_of(inner)
    if members is not None and key is not None and key.is_string:
        return next((kind for name, kind in members if name.lower() == key.name.lower()), None)
    return element_of(inner)


def _element(node: Expr, scope: Scope) -> DataType | None:
    """`explode(list)`, `unnest(list)`."""
    inner = node.this if isinstance(node.this, Expr) else next(iter(node.expressions), None)
    return element_of(type_of(inner, scope)) if inner is not None else None


def _spread(_node: Expr, scope: Scope) -> DataType | None:
    return scope.spread.type if scope.spread is not None else None


def _subquery(node: Expr, scope: Scope) -> DataType | None:
    """A scalar subquery has the type of its only column."""
    relation = scope.binding.values.get(id(node))
    columns = all_columns(relation) if relation is not None else []
    return columns[0].type if len(columns) == 1 else None


# Conversions and choices


def _cast(node: Expr, scope: Scope) -> DataType | None:
    inner = type_of(node.this, scope)
    to = node.args.get("to")
    if not isinstance(to, DataType):
        return None
    if not isinstance(node, exp.TryCast):
        _convert(node.this, inner, to, scope)
    if inner is not None and kind_of(to) in TEXTS and kind_of(inner) not in TEXTS:
        return spelling(inner)
    return to


def _convert(node: Expr, type_: DataType | None, to: DataType | None, scope: Scope) -> None:
    """Note where text is read as something else; what is written down can be read."""
    if type_ is None or to is None or kind_of(type_) not in TEXTS:
        return
    if _is_text(node):
        if not reads_as(node.name, to):
            place = Conversion(of_name(node), node.name, written(to))
            scope.binding.told.conversions.append(place)
        return
    spelled = spelled_by(type_)
    if spelled is not None and mixed(spelled, to) is not None:
        return
    if kind_of(to) in _READ_FROM_TEXT:
        named = isinstance(node, (exp.Column, exp.Identifier))
        name = node.name if named else node.sql(comments=False)
        scope.binding.told.conversions.append(Conversion(of_name(node), name, written(to)))


def mixed_columns(name: Expr, types: list[DataType | None], scope: Scope) -> DataType | None:
    """The type of a column that stands for two of one name."""
    return _mix([name, name], types, scope, name)


def note_comparison(
    name: Expr, left: DataType | None, right: DataType | None, scope: Scope
) -> None:
    """Note that two columns of one name are compared, if only some values allow it."""
    _convert(name, left, right, scope)
    _convert(name, right, left, scope)


def note_conversion(place: Expr, column: Column, to: DataType | None, scope: Scope) -> None:
    """Note that a column is put where another type is wanted, if only some values allow it."""
    type_ = column.type
    if type_ is None or to is None or kind_of(to) in TEXTS:
        return
    if mixed(spelled_by(type_) or type_, to) is not None:
        return
    scope.binding.told.conversions.append(Conversion(of_name(place), column.name, written(to)))


_READ_FROM_TEXT = frozenset({*NUMBERS, *MOMENTS, DType.BOOLEAN, DType.TIME, DType.INTERVAL})


def _case(node: Expr, scope: Scope) -> DataType | None:
    branches = listed(node, "ifs")
    compared = child(node, "this")
    wanted = type_of(compared, scope) if compared is not None else None
    for branch in branches:
        _convert(branch.this, type_of(branch.this, scope), wanted, scope)
    results = [
        result
        for branch in (*branches, node)
        for name in ("true", "false", "default")
        for result in listed(branch, name)
    ]
    return _mixed_parts(results, scope, node)


def _choice(node: Expr, scope: Scope) -> DataType | None:
    """COALESCE, GREATEST, LEAST."""
    return _mixed_parts([*listed(node, "this"), *node.expressions], scope, node)


def _between(node: Expr, scope: Scope) -> DataType | None:
    _mixed_parts([node.this, node.args["low"], node.args["high"]], scope, node)
    return BOOLEAN


def _array(node: Expr, scope: Scope) -> DataType | None:
    found = _mixed_parts(node.expressions, scope, node)
    return list_of(found) if found is not None else None


def _struct(node: Expr, scope: Scope) -> DataType | None:
    fields: list[Expr] = []
    for part in node.expressions:
        name = part.this if isinstance(part, exp.PropertyEQ) else part.args.get("alias")
        inner = type_of(part.expression if isinstance(part, exp.PropertyEQ) else part, scope)
        if inner is None or not isinstance(name, Expr):
            return None
        spelled = exp.to_identifier(name.name)
        fields.append(exp.ColumnDef(this=spelled, kind=inner.copy()))
    return DataType(this=DType.STRUCT, expressions=fields, nested=True)


# Functions


def _told(node: Expr, scope: Scope) -> DataType | None:
    """The parser's table; the arguments are typed for what is wrong in them."""
    types = [type_of(part, scope) for part in children(node) if not isinstance(part, _NO_VALUES)]
    _check_argument(node, types[0] if types else None, scope)
    if isinstance(node, exp.Anonymous):
        named = NAMED_RESULTS.get(node.name.lower())
        return DataType(this=named) if named is not None else None
    return told_results(scope.binding.rules.dialect).get(type(node))


def _check_argument(node: Expr, type_: DataType | None, scope: Scope) -> None:
    wanted = FIRST_ARGUMENT.get(type(node))
    if wanted is None or type_ is None or kind_of(type_) in wanted | _NEVER_REFUSED:
        return
    if _is_text(node.this) or isinstance(node.this, exp.Star):
        return
    name = node.sql_name().lower() if isinstance(node, exp.Func) else node.key.upper()
    _refuse(node, scope, f"{name} does not take {written(type_)}.")


_NEVER_REFUSED = frozenset({DType.UNKNOWN, DType.NULL, DType.USERDEFINED, DType.STRUCT})


def _same(node: Expr, scope: Scope) -> DataType | None:
    parts = [type_of(part, scope) for part in children(node) if not isinstance(part, _NO_VALUES)]
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
    if inner is not None and kind_of(inner) not in wanted | _NEVER_REFUSED and not _is_text(moment):
        _refuse(node, scope, f"extract does not take {written(inner)}.")
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
    _told(node, scope)
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
    return _subquery(inner, scope) if isinstance(inner, exp.Query) else None


def _in(node: Expr, scope: Scope) -> DataType | None:
    query = child(node, "query")
    if query is not None:
        return _in_query(node, query, scope)
    left = type_of(node.this, scope)
    for part in node.expressions:
        right = type_of(part, scope)
        _convert(node.this, left, right, scope)
        _convert(part, right, left, scope)
    return BOOLEAN


def _in_query(node: Expr, query: Expr, scope: Scope) -> DataType | None:
    """What is searched for and what is found must mix."""
    parts: list[Expr] = node.this.expressions if isinstance(node.this, exp.Tuple) else [node.this]
    relation = scope.binding.values.get(id(query))
    columns = all_columns(relation) if relation is not None else []
    for part, column in zip(parts, columns, strict=False):
        _mix([part, query], [type_of(part, scope), column.type], scope, part)
    return BOOLEAN


def _null(_node: Expr, _scope: Scope) -> DataType | None:
    return NULL


def _unknown(_node: Expr, _scope: Scope) -> DataType | None:
    return None


def _truth(node: Expr, scope: Scope) -> DataType | None:
    _told(node, scope)
    return BOOLEAN


_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod)
_ORDERED = (exp.GT, exp.GTE, exp.LT, exp.LTE)
_OPERATORS = (
    *_ARITHMETIC,
    *_ORDERED,
    exp.EQ,
    exp.NEQ,
    exp.NullSafeEQ,
    exp.NullSafeNEQ,
    exp.And,
    exp.Or,
    exp.DPipe,
)
_NO_VALUES = (exp.Identifier, exp.Var, exp.DataType, exp.Star, exp.Query, exp.WindowSpec)
_RULES: dict[type[Expr], Rule] = {
    exp.Column: _column,
    exp.Literal: _literal,
    exp.Null: _null,
    exp.Dot: _dotted,
    exp.Bracket: _bracket,
    exp.Explode: _element,
    exp.Unnest: _element,
    exp.Columns: _spread,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Case: _case,
    exp.If: _case,
    exp.Coalesce: _choice,
    exp.Extract: _extracted,
    exp.Greatest: _choice,
    exp.Least: _choice,
    exp.Between: _between,
    exp.In: _in,
    exp.Any: _quantified,
    exp.All: _quantified,
    exp.Array: _array,
    exp.Struct: _struct,
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
_BY_BASE: tuple[tuple[type[object], Rule], ...] = ((exp.Query, _subquery),)
