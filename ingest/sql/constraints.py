"""What a table's declaration demands of its rows."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.sql.errors import Span
from ingest.sql.rules import Rules, rules_of
from ingest.sql.schema import found_by
from ingest.sql.spans import of_name
from ingest.sql.tree import child, conjuncts, identifier, listed, not_null
from ingest.sql.writes import into


class Demand(enum.Enum):
    """What a constraint demands."""

    NOT_NULL = "NOT NULL"
    UNIQUE = "UNIQUE"
    VALUES = "CHECK"  # a column has one of the values that are written
    BOUNDS = "CHECK of bounds"  # a column is more or less than what is written
    PARTNER = "REFERENCES"  # another table has these


@dataclass(frozen=True, slots=True)
class Constraint:
    """One demand, and where it is written. `name`: if it has one.

    `values`: of bounds with their operator, as `>= 0`. `partner`: what the other table is found
    by; `there`: its columns, none for its key.
    """

    span: Span
    demand: Demand
    columns: tuple[str, ...]
    name: str | None = None
    values: tuple[str, ...] = ()
    partner: str = ""
    there: tuple[str, ...] = ()


def constraints_of(node: Expr, dialect: str) -> Iterator[Constraint]:
    """Give what a declaration demands, of a column and of the table."""
    rules = rules_of(dialect)
    for one in listed(node, "expressions"):
        if isinstance(one, exp.ColumnDef):
            for constraint in listed(one, "constraints"):
                kind = child(constraint, "kind")
                if kind is not None:
                    name = constraint.this.name if isinstance(constraint.this, Expr) else None
                    yield from _of(rules, kind, [identifier(one)], name)
        elif isinstance(one, exp.Constraint):
            for kind in listed(one, "expressions"):
                yield from _of(rules, kind, [], one.name, one.this)
        else:
            yield from _of(rules, one, [], None)


def fills(node: Expr) -> bool:
    """Whether a column has a value where none is given."""
    kinds = [child(one, "kind") for one in listed(node, "constraints")]
    kind = child(node, "kind")
    type_: object = kind.this if isinstance(kind, exp.DataType) else None
    serial = isinstance(type_, exp.DType) and "SERIAL" in type_.name
    return serial or any(isinstance(one, _FILLING) for one in kinds)


def _of(
    rules: Rules,
    kind: Expr,
    columns: list[Identifier],
    name: str | None,
    place: Expr | None = None,
) -> Iterator[Constraint]:
    where = of_name(place or (columns[0] if columns else kind))
    names = tuple(one.name for one in columns)
    match kind:
        case exp.NotNullColumnConstraint() if not kind.args.get("allow_null"):
            yield Constraint(where, Demand.NOT_NULL, names, name)
        case exp.PrimaryKeyColumnConstraint():
            yield Constraint(where, Demand.UNIQUE, names, name)
            yield Constraint(where, Demand.NOT_NULL, names)
        case exp.PrimaryKey():
            names = _names(kind)
            yield Constraint(where, Demand.UNIQUE, names, name)
            yield from (Constraint(where, Demand.NOT_NULL, (one,)) for one in names)
        case exp.UniqueColumnConstraint():
            inner = kind.this if isinstance(kind.this, exp.Schema) else kind
            yield Constraint(where, Demand.UNIQUE, _names(inner) or names, name)
        case exp.CheckColumnConstraint():
            yield from _checked(kind, where, name)
        case exp.ForeignKey():
            reference = child(kind, "reference")
            if reference is not None:
                yield _referring(rules, reference, where, _names(kind), name)
        case exp.Reference():
            yield _referring(rules, kind, where, names, name)
        case _:
            return


def _names(node: Expr) -> tuple[str, ...]:
    parts = [part.find(Identifier) for part in listed(node, "expressions")]
    return tuple(one.name for one in parts if one is not None)


def _checked(kind: Expr, where: Span, name: str | None) -> Iterator[Constraint]:
    bounds: dict[str, list[str]] = {}
    for part in conjuncts(kind.this):
        there = not_null(part)
        if isinstance(there, exp.Column):
            yield Constraint(where, Demand.NOT_NULL, (there.name,), name)
        told = _values(part)
        if told is not None:
            column, values = told
            yield Constraint(where, Demand.VALUES, (column,), name, values)
        for column, bound in _bounds(part):
            bounds.setdefault(column, []).append(bound)
    for column, found in bounds.items():
        yield Constraint(where, Demand.BOUNDS, (column,), name, tuple(found))


def _bounds(node: Expr) -> Iterator[tuple[str, str]]:
    """The column and the bounds of `x > 0`, `0 < x`, `x BETWEEN 0 AND 9`: as `>= 0`, `<= 9`."""
    node = node.unnest()
    sides: list[tuple[str, Expr, Expr]] = []
    if isinstance(node, exp.Between):
        sides = [(">=", node.this, node.args["low"]), ("<=", node.this, node.args["high"])]
    elif type(node) in _COMPARED:
        sign, turned = _COMPARED[type(node)]
        sides = [(sign, node.this, node.expression), (turned, node.expression, node.this)]
    for operator, column, value in sides:
        text = _constant(value)
        if isinstance(column, exp.Column) and text is not None:
            yield column.name, f"{operator} {text}"


def _constant(node: Expr) -> str | None:
    """A number, a text, or a date as it is written; None for what is calculated."""
    if isinstance(node, exp.Neg) and isinstance(node.this, exp.Literal):
        return f"-{node.this.name}"
    inner = node.this if isinstance(node, exp.Cast) else node
    return inner.name if isinstance(inner, exp.Literal) else None


_COMPARED: dict[type[Expr], tuple[str, str]] = {
    exp.GT: (">", "<"),
    exp.GTE: (">=", "<="),
    exp.LT: ("<", ">"),
    exp.LTE: ("<=", ">="),
}


def _values(node: Expr) -> tuple[str, tuple[str, ...]] | None:
    """The column and the values of `x IN ('a', 'b')`, `x = 'a' OR x = 'b'`."""
    node = node.unnest()
    if isinstance(node, exp.Or):
        one, other = _values(node.this), _values(node.expression)
        same = one is not None and other is not None and one[0] == other[0]
        return (one[0], (*one[1], *other[1])) if same and one and other else None
    if not isinstance(node, exp.In | exp.EQ) or not isinstance(node.this, exp.Column):
        return None
    written: list[Expr] = node.expressions if isinstance(node, exp.In) else [node.expression]
    if not written or not all(isinstance(one, exp.Literal) for one in written):
        return None
    return node.this.name, tuple(one.name for one in written)


def _referring(
    rules: Rules, reference: Expr, where: Span, columns: tuple[str, ...], name: str | None
) -> Constraint:
    table, there = into(reference.this)
    partner = found_by(table, rules)
    named = tuple(one.name for one in there)
    return Constraint(where, Demand.PARTNER, columns, name, partner=partner, there=named)


_FILLING = (
    exp.DefaultColumnConstraint,
    exp.AutoIncrementColumnConstraint,
    exp.GeneratedAsIdentityColumnConstraint,
    exp.ComputedColumnConstraint,
)
