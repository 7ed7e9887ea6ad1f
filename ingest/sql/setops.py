"""UNION, EXCEPT and INTERSECT: by position or by name."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.expressions import DataType, Expr

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.lineage import Lineage, Origins, absorbed, deciding, merged
from ingest.sql.relation import Column, Relation, all_columns, everything, find, of_columns
from ingest.sql.scope import Scope, clause, problem
from ingest.sql.spans import of_name
from ingest.sql.tree import identifier, listed, word
from ingest.sql.types.conversions import note_conversion
from ingest.sql.types.kinds import TEXT, spelled_by
from ingest.sql.types.mixing import forced


def bind_set_operation(node: Expr, scope: Scope) -> Relation:
    """Bind a chain of set operations; long ones are deep trees, so they are unrolled first."""
    chain: list[Expr] = []
    first = node
    while isinstance(first, exp.SetOperation) and (first is node or _plain(first)):
        chain.append(first)
        first = first.this
    relation = scope.binding.query(first, scope)
    for operation in reversed(chain):
        other = scope.binding.query(operation.expression, scope)
        relation = _combined(operation, relation, other, scope)
        scope.binding.bound.queries[id(operation)] = relation
    return relation


def _plain(node: Expr) -> bool:
    return not any(node.args.get(name) for name in ("with_", "order", "limit", "offset"))


def _combined(node: Expr, left: Relation, right: Relation, scope: Scope) -> Relation:
    if isinstance(node, exp.Union):
        return _union(node, left, right, scope)
    _check_widths(node, left, right, scope)
    at = clause(scope, node)
    compared = _compared(left, right, at)
    from_right = deciding(right.rows, Subtype.GROUP_BY, at)
    rows = Lineage(
        absorbed(left.rows.direct), left.rows.indirect | compared | from_right, left.rows.given
    )
    others = {id(one): other for one, other in _pairs(node, left, right)}
    columns = [
        _of_common_type(one, others[id(one)]) if id(one) in others else one
        for one in all_columns(left)
    ]
    return _result(columns, rows, left)


def _compared(left: Relation, right: Relation, at: int) -> Origins:
    """Rows that are equal are told by all columns."""
    return deciding(everything(left), Subtype.GROUP_BY, at) | deciding(
        everything(right), Subtype.GROUP_BY, at
    )


def _of_common_type(one: Column, other: Column) -> Column:
    """The values of one, as what both are compared as."""
    type_ = _common_type(one, other)
    if type_ is None or type_ == one.type:
        return one
    return Column(one.name, one.key, one.lineage, type_, one.node, origin=one)


def _union(node: Expr, left: Relation, right: Relation, scope: Scope) -> Relation:
    if node.args.get("by_name"):
        columns = _by_name(node, left, right, scope)
    else:
        _check_widths(node, left, right, scope)
        columns = _by_position(left, right)
    for one, other in _pairs(node, left, right):
        if one.type is not None and other.type is not None:
            wanted = forced(one.type, other.type)
            note_conversion(node.expression, one, wanted, scope)
            note_conversion(node.expression, other, wanted, scope)
    rows = merged([left.rows, right.rows])
    if node.args.get("distinct"):
        compared = _compared(left, right, clause(scope, node))
        rows = Lineage(absorbed(rows.direct), rows.indirect | compared, rows.given)
    return _result(columns, rows, left, right)


def _pairs(node: Expr, left: Relation, right: Relation) -> Iterator[tuple[Column, Column]]:
    """The columns that stand above each other."""
    if node.args.get("by_name"):
        for column in all_columns(left):
            for other in find(right, column.key)[:1]:
                yield column, other
        return
    yield from zip(all_columns(left), all_columns(right), strict=False)


def _result(columns: list[Column], rows: Lineage, *parts: Relation) -> Relation:
    result = of_columns(columns, rows)
    result.opens = tuple(opened for part in parts for opened in _opened(part))
    result.hidden = frozenset[str]().union(*[part.hidden for part in parts])
    return result


def _opened(relation: Relation) -> tuple[Relation, ...]:
    return relation.opens or ((relation,) if relation.open else ())


def _by_position(left: Relation, right: Relation) -> list[Column]:
    others = all_columns(right)
    return [
        _both(column, others[place]) if place < len(others) else column
        for place, column in enumerate(all_columns(left))
    ]


def _by_name(node: Expr, left: Relation, right: Relation, scope: Scope) -> list[Column]:
    """INNER leaves the names that both sides have, LEFT those of the left, ON those listed."""
    kind, side = word(node, "kind").upper(), word(node, "side").upper()
    columns = [
        _both(column, found[0]) if (found := find(right, column.key)) else column
        for column in all_columns(left)
        if kind != "INNER" or find(right, column.key)
    ]
    if kind != "INNER" and side != "LEFT":
        known = {column.key for column in columns}
        columns += [column for column in all_columns(right) if column.key not in known]
    wanted = {scope.binding.rules.key(identifier(name)) for name in listed(node, "on")}
    return [column for column in columns if not wanted or column.key in wanted]


def _both(one: Column, other: Column) -> Column:
    lineage = merged([one.lineage, other.lineage])
    return Column(one.name, one.key, lineage, _common_type(one, other), one.node)


def _common_type(one: Column, other: Column) -> DataType | None:
    type_ = forced(one.type, other.type) if one.type and other.type else None
    if type_ is not None and spelled_by(type_) is not None:
        return TEXT  # the others need not spell the same
    return type_


def _check_widths(node: Expr, left: Relation, right: Relation, scope: Scope) -> None:
    one, other = len(all_columns(left)), len(all_columns(right))
    if one != other and not (left.open or right.open) and not _unsound(node, scope):
        message = f"{node.key.upper()} of {one} and {other} columns."
        problem(scope.binding, Code.ARITY, node.expression, message)


def _unsound(node: Expr, scope: Scope) -> bool:
    """What could not be bound within an operand may be why its columns are too few."""
    extent = of_name(node)
    return any(extent.start <= one.span.start < extent.end for one in scope.binding.told.problems)
