"""What a reader assumes of the columns that it reads: values, types, partners in a join.

They answer "who relies on this value?".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.assumption import Assumption
from ingest.sql.errors import Span
from ingest.sql.relation import Column
from ingest.sql.scope import Binding
from ingest.sql.spans import extent, of_name
from ingest.sql.tree import identifier, listed


class Expectation(NamedTuple):
    """One assumption about a stored column, and where it is written."""

    span: Span
    table: str
    path: tuple[str, ...]
    assumption: Assumption
    value: str  # a literal as written, without quotes; a type; `table.column`


def expectations(node: Expr, binding: Binding) -> Iterator[Expectation]:
    """Give what a bound statement assumes of the tables that it reads, in no order."""
    for part in node.walk():
        rule = _RULES.get(type(part))
        if rule is not None:
            yield from rule(part, binding)


def _stored(node: object, binding: Binding) -> tuple[str, tuple[str, ...]] | None:
    """The stored column that an expression names, through whatever only renames it."""
    while isinstance(node, (exp.Paren, exp.Alias)):
        node = node.this
    column = binding.columns.get(id(node)) if isinstance(node, exp.Column) else None
    return _source(column.root) if column is not None else None


def _source(column: Column) -> tuple[str, tuple[str, ...]] | None:
    if column.node is not None or len(column.lineage.direct) != 1:
        return None
    ((source, _, _),) = column.lineage.direct
    return (source.table.name, source.path) if source.table.name and source.path else None


def _compared(node: Expr, binding: Binding) -> Iterator[Expectation]:
    """A column beside a literal, or beside another column."""
    assumption = _ASSUMPTION[type(node)]
    for one, other in ((node.this, node.expression), (node.expression, node.this)):
        known = _stored(one, binding)
        if known is None:
            continue
        if isinstance(other, (exp.Literal, exp.Boolean)):
            yield Expectation(extent(node), *known, assumption, _text(other))
        partner = _stored(other, binding) if isinstance(node, exp.EQ) else None
        if partner is not None and partner[0] != known[0]:
            named = f"{partner[0]}.{'.'.join(partner[1])}"
            yield Expectation(extent(node), *known, Assumption.PARTNER, named)


def _text(node: Expr) -> str:
    return str(node.this).lower() if isinstance(node, exp.Boolean) else node.name


def _in(node: Expr, binding: Binding) -> Iterator[Expectation]:
    known = _stored(node.this, binding)
    if known is None:
        return
    for value in node.expressions:
        if isinstance(value, exp.Literal):
            yield Expectation(of_name(value), *known, Assumption.VALUE, _text(value))


def _between(node: Expr, binding: Binding) -> Iterator[Expectation]:
    known = _stored(node.this, binding)
    if known is None:
        return
    for name in ("low", "high"):
        value = node.args[name]
        if isinstance(value, exp.Literal):
            yield Expectation(of_name(value), *known, Assumption.BOUND, _text(value))


def _case(node: Expr, binding: Binding) -> Iterator[Expectation]:
    """`CASE column WHEN 'a'`."""
    known = _stored(node.args.get("this"), binding)
    if known is None:
        return
    for branch in listed(node, "ifs"):
        if isinstance(branch.this, exp.Literal):
            yield Expectation(of_name(branch.this), *known, Assumption.VALUE, _text(branch.this))


def _cast(node: Expr, binding: Binding) -> Iterator[Expectation]:
    known = _stored(node.this, binding)
    to = node.args.get("to")
    if known is not None and isinstance(to, exp.DataType):
        written = to.sql(binding.rules.dialect)
        yield Expectation(extent(node), *known, Assumption.TYPE, written)


def _joined(node: Expr, binding: Binding) -> Iterator[Expectation]:
    """USING names a column of both sides."""
    for name in listed(node, "using"):
        span = of_name(identifier(name))
        sides = [
            known
            for one in binding.told.references
            if one.span == span and (known := _source(one.column.root)) is not None
        ]
        for known in sides:
            for partner in sides:
                if partner[0] != known[0]:
                    named = f"{partner[0]}.{'.'.join(partner[1])}"
                    yield Expectation(span, *known, Assumption.PARTNER, named)


_ASSUMPTION: dict[type[Expr], Assumption] = {
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.NullSafeEQ), Assumption.VALUE),
    **dict.fromkeys((exp.GT, exp.GTE, exp.LT, exp.LTE), Assumption.BOUND),
    **dict.fromkeys((exp.Like, exp.ILike), Assumption.PATTERN),
}
_RULES = {
    **dict.fromkeys(_ASSUMPTION, _compared),
    exp.In: _in,
    exp.Between: _between,
    exp.Case: _case,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Join: _joined,
}
