"""The term of an expression: what is written in several ways is one term."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias, cast

from sqlglot import exp
from sqlglot.expressions import DataType, DType, Expr, Identifier

from ingest.sql import tree
from ingest.sql.functions import MASKING, absorbs_copies, counts_rows, is_aggregate
from ingest.sql.relation import Column
from ingest.sql.scope import Scope
from ingest.sql.terms.conversion import is_kept, written_form
from ingest.sql.terms.frame import Frame, Rowset
from ingest.sql.terms.term import Term, term, text, unordered
from ingest.sql.tree import child, conjuncts, listed
from ingest.sql.types.kinds import TEXTS, kind_of

Queries: TypeAlias = Callable[[Expr, Frame], tuple[list[Term], Rowset]]
Rule: TypeAlias = Callable[["Reader", Expr], Term]


class Reader:
    """Reads expressions in a frame. `query` values the queries within them."""

    __slots__ = ("frame", "query")

    def __init__(self, frame: Frame, query: Queries) -> None:
        """Read in this frame."""
        self.frame = frame
        self.query = query

    def value(self, node: Expr) -> Term:
        """Give the term of an expression."""
        rule = _rule_of(type(node))
        return rule(self, node)

    def column(self, column: Column) -> Term:
        """Give the value of a column: where it is read, or else as it is made here."""
        found = self.frame.find(column)
        if found is not None:
            return found
        root = column.root
        if root.within is not None:
            return term("field", self.column(root.within), text(root.key))
        if root.node is not None:
            return self.value(root.node)
        sources = sorted(
            f"{source.table.name}.{'.'.join(source.path)}" for source, _, _ in root.lineage.direct
        )
        return term("column", text(root.name), *[text(source) for source in sources])


def _rule_of(kind: type[Expr]) -> Rule:
    rule = _RULES.get(kind)
    if rule is None:
        rule = next((rule for base, rule in _BY_BASE if issubclass(kind, base)), _plain)
        _RULES[kind] = rule
    return rule


def _plain(reader: Reader, node: Expr) -> Term:
    """Any operation: its name, and its arguments by theirs."""
    if is_aggregate(node):
        return _aggregate(reader, node)
    return term(node.key, *_arguments(reader, node))


def _arguments(reader: Reader, node: Expr) -> Iterator[Term]:
    for name, value in sorted(cast("dict[str, object]", node.args).items()):
        if value is None or value is False or value == []:
            continue
        yield text(name)
        for one in cast("list[object]", value) if isinstance(value, list) else [value]:
            yield reader.value(one) if isinstance(one, Expr) else text(str(one))


def _inner(reader: Reader, node: Expr) -> Term:
    return reader.value(node.this)


def _column(reader: Reader, node: Expr) -> Term:
    column = reader.frame.binding.columns.get(id(node))
    return reader.column(column) if column is not None else text(node.sql())


def _identifier(_reader: Reader, node: Expr) -> Term:
    return text(node.name)


def _literal(_reader: Reader, node: Expr) -> Term:
    return term("text literal" if node.is_string else "number", text(node.name))


# Operators that may be written in another order


def _conjunction(reader: Reader, node: Expr) -> Term:
    return unordered("all of", conditions(reader, node))


def conditions(reader: Reader, node: Expr) -> set[Term]:
    """Give the conditions that AND joins; those that always hold are left out."""
    found: set[Term] = set()
    for part in conjuncts(node):
        if isinstance(part, exp.Between) and not part.args.get("symmetric"):
            found.add(_at_most(reader, part.args["low"], part.this, "lte"))
            found.add(_at_most(reader, part.this, part.args["high"], "lte"))
        elif not _always_holds(part):
            found.add(reader.value(part))
    return found


def _always_holds(node: Expr) -> bool:
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    literals = isinstance(node.this, exp.Literal) and isinstance(
        node.args.get("expression"), exp.Literal
    )
    return isinstance(node, exp.EQ) and literals and node.this == node.expression


def _disjunction(reader: Reader, node: Expr) -> Term:
    parts: set[Term] = set()
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, exp.Or):
            stack += [part.this, part.expression]
        elif isinstance(part, exp.Paren):
            stack.append(part.this)
        else:
            parts.add(reader.value(part))
    return unordered("any of", parts)


def _between(reader: Reader, node: Expr) -> Term:
    if node.args.get("symmetric"):
        return term(node.key, *_arguments(reader, node))
    return unordered("all of", conditions(reader, node))


def _symmetric(reader: Reader, node: Expr) -> Term:
    """`a = b` is `b = a`."""
    return unordered(node.key, [reader.value(node.this), reader.value(node.expression)])


def _operation(reader: Reader, node: Expr) -> Term:
    """Arithmetic and `||`: chains of them are deep trees, so their left side is unrolled."""
    spine: list[Expr] = []
    while isinstance(node, _LEFT_DEEP):
        spine.append(node)
        node = node.this
    found = reader.value(node)
    for operator in reversed(spine):
        right = reader.value(operator.expression)
        if isinstance(operator, _COMMUTING):
            found = unordered(operator.key, [found, right])
        else:
            form = _form(reader, operator) if isinstance(operator, _BY_FORM) else []
            found = term(operator.key, found, right, *form)
    return found


def _form(reader: Reader, node: Expr) -> list[Term]:
    """What is made depends on how the operands are written, so on their types."""
    return [written_form(_type(reader, part)) for part in (node.this, node.expression)]


def _type(reader: Reader, node: Expr) -> DType | None:
    type_ = _whole_type(reader, node)
    return kind_of(type_) if type_ is not None else None


def _whole_type(reader: Reader, node: Expr) -> DataType | None:
    while isinstance(node, (exp.Paren, exp.Alias)):
        node = node.this
    if isinstance(node, exp.Column):
        column = reader.frame.binding.columns.get(id(node))
        return column.type if column is not None else None
    return reader.frame.binding.types.get(id(node))


def _compared(reader: Reader, node: Expr) -> Term:
    """`a > b` is `b < a`."""
    if isinstance(node, (exp.GT, exp.GTE)):
        kind = "lt" if isinstance(node, exp.GT) else "lte"
        return _at_most(reader, node.expression, node.this, kind)
    return _at_most(reader, node.this, node.expression, node.key)


def _at_most(reader: Reader, low: Expr, high: Expr, kind: str) -> Term:
    as_text = all(_type(reader, part) in (*TEXTS, None) for part in (low, high))
    return term(kind if as_text else f"{kind} by value", reader.value(low), reader.value(high))


def _in(reader: Reader, node: Expr) -> Term:
    left = reader.value(node.this)
    query = child(node, "query")
    if query is not None:
        columns, rows = reader.query(query, reader.frame)
        return term("in query", left, *columns, rows.members)
    return term("in", left, unordered("list", [reader.value(part) for part in node.expressions]))


def _case(reader: Reader, node: Expr) -> Term:
    """`CASE x WHEN a` is `CASE WHEN x = a`; IF is a CASE."""
    if isinstance(node, exp.If):
        parts = [_branch(reader, None, node)]
        default = child(node, "false")
    else:
        parts = [_branch(reader, child(node, "this"), branch) for branch in listed(node, "ifs")]
        default = child(node, "default")
    if default is None or isinstance(default, exp.Null):
        return term("case", *parts)
    return term("case", *parts, reader.value(default))


def _branch(reader: Reader, compared: Expr | None, branch: Expr) -> Term:
    test = reader.value(branch.this)
    if compared is not None:
        test = unordered("eq", [reader.value(compared), test])
    return term("when", test, reader.value(branch.args["true"]))


# Conversions


def _cast(reader: Reader, node: Expr) -> Term:
    """A cast that keeps the value, whatever its type, is none."""
    inner = reader.value(node.this)
    to = node.args["to"]
    before, after = _type(reader, node.this), kind_of(to)
    if is_kept(_whole_type(reader, node.this), to):
        return inner
    form = written_form(before) if after in TEXTS else b""
    return term("cast", inner, text("text" if after in TEXTS else to.sql()), form)


def _try_cast(reader: Reader, node: Expr) -> Term:
    """What does not convert is lost, so only numbers are kept."""
    before = _type(reader, node.this)
    if before in TEXTS and kind_of(node.args["to"]) not in TEXTS:
        return term("trycast", reader.value(node.this), text(node.args["to"].sql()))
    return _cast(reader, node)


def _spelled(reader: Reader, node: Expr) -> Term:
    """The result tells how the arguments were written: texts joined, hashes."""
    parts = [*listed(node, "this"), *node.expressions]
    forms = [written_form(_type(reader, part)) for part in parts]
    return term(node.key, *_arguments(reader, node), *forms)


# Queries within expressions


def _scalar(reader: Reader, node: Expr) -> Term:
    columns, rows = reader.query(node, reader.frame)
    return term("scalar", *columns, rows.exact)


def _is(reader: Reader, node: Expr) -> Term:
    """`NOT x IS NULL` is `x IS NOT NULL`."""
    there = tree.not_null(node)
    return _plain(reader, node) if there is None else not_null(reader.value(there))


def not_null(value: Term) -> Term:
    """Give the condition that a value is there."""
    return term("not null", value)


def _exists(reader: Reader, node: Expr) -> Term:
    if not isinstance(node.this, exp.Query):
        return _plain(reader, node)
    _, rows = reader.query(node.this, reader.frame)
    return term("exists", rows.members)


# Aggregates and windows


def _aggregate(reader: Reader, node: Expr) -> Term:
    frame = reader.frame
    if counts_rows(node):
        return term("count rows", frame.rows.exact, frame.keys)
    rows = frame.rows.members if absorbs_copies(node) else frame.rows.exact
    ordered = written_form(_type(reader, node.this)) if isinstance(node, _ORDERING) else b""
    return term(node.key, *_arguments(reader, node), rows, frame.keys, ordered)


_ORDERING = (exp.Max, exp.Min)


def _window(reader: Reader, node: Expr) -> Term:
    """The window's keys, its order and frame, and the rows that it goes over."""
    scope = reader.frame.binding.bound.selects.get(id(node.parent_select))
    keys, order, spec = _window_parts(reader, node, scope)
    value = reader.value(node.this)
    return term(
        "window",
        value,
        unordered("partition", keys),
        term("order", *order),
        term("spec", *spec),
        reader.frame.seen.exact,
    )


def _window_parts(
    reader: Reader, node: Expr, scope: Scope | None
) -> tuple[set[Term], list[Term], list[Term]]:
    keys: set[Term] = set()
    order: list[Term] = []
    spec: list[Term] = []
    seen: set[str] = set()
    window: Expr | None = node
    while window is not None:
        keys.update(reader.value(part) for part in listed(window, "partition_by"))
        ordered = child(window, "order")
        order += [order_key(reader, part) for part in (ordered.expressions if ordered else ())]
        frame = child(window, "spec")
        spec += [text(frame.sql())] if frame is not None else []
        base = child(window, "alias")
        name = base.name.lower() if isinstance(base, Identifier) else ""
        known = scope is not None and name not in seen
        window = scope.windows.get(name) if scope is not None and known else None
        seen.add(name)
    return keys, order, spec


def order_key(reader: Reader, node: Expr) -> Term:
    """Give the term of one key of an ORDER BY."""
    if not isinstance(node, exp.Ordered):
        return term("ascending", reader.value(node))
    direction = "descending" if node.args.get("desc") else "ascending"
    nulls = "nulls first" if node.args.get("nulls_first") else ""
    form = written_form(_type(reader, node.this))
    return term(direction, text(nulls), reader.value(node.this), form)


_BY_FORM = (exp.DPipe, exp.IntDiv)
_COMMUTING = (exp.Add, exp.Mul)
_LEFT_DEEP = (*_COMMUTING, exp.Sub, exp.Div, exp.IntDiv, exp.Mod, exp.DPipe)
_RULES: dict[type[Expr], Rule] = {
    exp.Column: _column,
    exp.Identifier: _identifier,
    exp.Literal: _literal,
    exp.Paren: _inner,
    exp.Alias: _inner,
    exp.PivotAlias: _inner,
    exp.And: _conjunction,
    exp.Or: _disjunction,
    exp.Between: _between,
    exp.EQ: _symmetric,
    exp.NEQ: _symmetric,
    exp.NullSafeEQ: _symmetric,
    exp.NullSafeNEQ: _symmetric,
    **dict.fromkeys(_LEFT_DEEP, _operation),
    **dict.fromkeys((exp.GT, exp.GTE, exp.LT, exp.LTE), _compared),
    exp.In: _in,
    exp.Case: _case,
    exp.If: _case,
    exp.Cast: _cast,
    exp.TryCast: _try_cast,
    **dict.fromkeys((exp.Concat, exp.ConcatWs, exp.GroupConcat, *MASKING), _spelled),
    exp.Exists: _exists,
    exp.Not: _is,
    exp.Is: _is,
    exp.Window: _window,
}
_BY_BASE: tuple[tuple[type[object], Rule], ...] = ((exp.Query, _scalar),)
