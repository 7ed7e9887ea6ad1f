"""Values of several types in one place: what they become, and where a text is read as another."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp
from sqlglot.expressions import DataType, DType, Expr

from ingest.sql.relation import Column
from ingest.sql.scope import Conversion, Scope
from ingest.sql.spans import of_name
from ingest.sql.tree import child, listed
from ingest.sql.types.kinds import (
    BOOLEAN,
    INTEGER,
    MOMENTS,
    NARROW,
    NULL,
    NUMBERS,
    TEXT,
    TEXTS,
    kind_of,
    spelled_by,
    spelling,
)
from ingest.sql.types.literals import reads_as
from ingest.sql.types.mixing import all_mixed, mixed
from ingest.sql.types.parts import Rule, is_text, refuse, type_of, written


def fitting(node: Expr, own: DataType, other: DataType) -> DataType:
    """An integer as written is as narrow as what it meets."""
    literal = isinstance(node, exp.Literal) and own is INTEGER
    return other if literal and kind_of(other) in NARROW else own


def mix(
    nodes: Iterable[Expr], types: Iterable[DataType | None], scope: Scope, place: Expr
) -> DataType | None:
    """The common type of several values."""
    nodes, types = list(nodes), list(types)
    seen = [NULL if is_text(node) else type_ for node, type_ in zip(nodes, types, strict=True)]
    other = next((type_ for type_ in seen if type_ is not None and type_ is not INTEGER), None)
    if other is not None:
        seen = [
            fitting(node, type_, other) if type_ is not None else None
            for node, type_ in zip(nodes, seen, strict=True)
        ]
    found, refused = all_mixed(seen)
    if refused:
        names = sorted({written(type_) for type_ in seen if type_ is not None})
        refuse(place, scope, f"{' and '.join(names)} do not mix without a cast.")
        return None
    if found is NULL and any(is_text(node) for node in nodes):
        return TEXT
    for node in nodes if found is not None else ():
        if is_text(node):
            convert(node, TEXT, found, scope)
    if found is not None and len(nodes) > 1 and kind_of(found) in TEXTS:
        return TEXT  # not all need spell the same
    return found


def mixed_parts(nodes: list[Expr], scope: Scope, place: Expr) -> DataType | None:
    return mix(nodes, [type_of(node, scope) for node in nodes], scope, place)


def _cast(node: Expr, scope: Scope) -> DataType | None:
    inner = type_of(node.this, scope)
    to = node.args.get("to")
    if not isinstance(to, DataType):
        return None
    if not isinstance(node, exp.TryCast):
        convert(node.this, inner, to, scope)
    if inner is not None and kind_of(to) in TEXTS and kind_of(inner) not in TEXTS:
        return spelling(inner)
    return to


def convert(node: Expr, type_: DataType | None, to: DataType | None, scope: Scope) -> None:
    """Note where text is read as something else; what is written down can be read."""
    if type_ is None or to is None or kind_of(type_) not in TEXTS:
        return
    if is_text(node):
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
    return mix([name, name], types, scope, name)


def note_comparison(
    name: Expr, left: DataType | None, right: DataType | None, scope: Scope
) -> None:
    """Note that two columns of one name are compared, if only some values allow it."""
    convert(name, left, right, scope)
    convert(name, right, left, scope)


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
        convert(branch.this, type_of(branch.this, scope), wanted, scope)
    results = [
        result
        for branch in (*branches, node)
        for name in ("true", "false", "default")
        for result in listed(branch, name)
    ]
    return mixed_parts(results, scope, node)


def _choice(node: Expr, scope: Scope) -> DataType | None:
    """COALESCE, GREATEST, LEAST."""
    return mixed_parts([*listed(node, "this"), *node.expressions], scope, node)


def _between(node: Expr, scope: Scope) -> DataType | None:
    mixed_parts([node.this, node.args["low"], node.args["high"]], scope, node)
    return BOOLEAN


RULES: dict[type[Expr], Rule] = {
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Case: _case,
    exp.If: _case,
    exp.Coalesce: _choice,
    exp.Greatest: _choice,
    exp.Least: _choice,
    exp.Between: _between,
}
