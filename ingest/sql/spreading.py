"""What one item of a SELECT list makes several columns of: COLUMNS(…), and structs."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp
from sqlglot.expressions import DataType, Expr

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.expressions import flow
from ingest.sql.fields import member_columns, members_of
from ingest.sql.lineage import deciding, through
from ingest.sql.relation import Column
from ingest.sql.resolution import resolve
from ingest.sql.scope import Scope, clause, problem
from ingest.sql.selected import projected
from ingest.sql.stars import Projection, expand_star, is_qualified_star, like_pattern, star_columns
from ingest.sql.types.expressions import type_of


def spread_columns(scope: Scope, node: Expr, projection: Projection) -> None:
    """An expression with COLUMNS(…) stands once for each column that it matches."""
    call = node.find(exp.Columns)
    columns = _matched(scope, call) if call is not None else []
    scope.spread_all = columns
    if call is not None and call.args.get("unpack") and call.parent not in (None, node.parent):
        projection.columns.append(projected(scope, node))
        return
    for column in columns:
        scope.spread = column
        inner = node.this if isinstance(node, exp.Alias) else node
        if inner is call:
            projection.columns.append(column)
            continue
        copy = projected(scope, node)
        if isinstance(node, exp.Alias):
            name, key = copy.name.replace("\\0", column.name), copy.key
        else:
            name, key = column.name, column.key
        projection.columns.append(Column(name, key, copy.lineage, copy.type, copy.node))
    scope.spread = None


def _matched(scope: Scope, call: Expr) -> list[Column]:
    """COLUMNS takes `*`, `t.*`, a regular expression, a lambda over names, or a list of names."""
    what = call.this
    if isinstance(what, exp.Star) or is_qualified_star(what):
        inner = Projection()
        expand_star(scope, what, inner)
        return inner.columns
    columns = star_columns(scope)
    test = _name_test(scope, what)
    found = [column for column in columns if test(column.name)]
    if not found and what.is_string and not any(item.relation.open for item in scope.items):
        message = f'No column has a name like "{what.name}".'
        problem(scope.binding, Code.UNKNOWN_COLUMN, what, message)
    return found


def _name_test(scope: Scope, what: Expr) -> Callable[[str], bool]:
    if isinstance(what, exp.Literal) and what.is_string:
        try:
            pattern = re.compile(what.name)
        except re.error:
            problem(scope.binding, Code.UNSUPPORTED, what, "This pattern of names cannot be read.")
            return lambda _: False
        return lambda name: bool(pattern.search(name))
    if isinstance(what, exp.Array):
        names = {part.name.lower() for part in what.expressions}
        return lambda name: name.lower() in names
    if isinstance(what, exp.Lambda):
        return _lambda_test(scope, what)
    problem(scope.binding, Code.UNSUPPORTED, what, "This choice of columns cannot be told.")
    return lambda _: False


def _lambda_test(scope: Scope, what: Expr) -> Callable[[str], bool]:
    """`c -> c like 'x%'` and the like; of other tests it cannot be told what they choose."""
    body = what.this
    negated = isinstance(body, exp.Not)
    inner = body.this if negated else body
    if isinstance(inner, (exp.Like, exp.ILike)) and inner.expression.is_string:
        flags = re.IGNORECASE if isinstance(inner, exp.ILike) else 0
        pattern = re.compile(like_pattern(inner.expression.name).pattern, flags | re.DOTALL)
        return lambda name: bool(pattern.fullmatch(name)) != negated
    if isinstance(inner, (exp.EQ, exp.NEQ)) and inner.expression.is_string:
        wanted, differs = inner.expression.name, isinstance(inner, exp.NEQ)
        return lambda name: ((name == wanted) != differs) != negated
    if isinstance(inner, exp.In) and all(part.is_string for part in inner.expressions):
        names = {part.name for part in inner.expressions}
        return lambda name: (name in names) != negated
    problem(scope.binding, Code.UNSUPPORTED, what, "This choice of columns cannot be told.")
    return lambda _: True


def spread_struct(scope: Scope, node: Expr) -> list[Column]:
    """`(expression).*`."""
    inner = node.unnest()
    column = resolve(scope, inner) if isinstance(inner, exp.Column) else None
    if column is None:
        column = Column("*", "", flow(inner, scope), type_of(inner, scope), inner)
    if members_of(column.type) is not None:
        return member_columns(scope, column)
    return [Column("*", "", through(column.lineage, Subtype.TRANSFORMATION), None, inner)]


def unnested_members(scope: Scope, node: Expr) -> list[Column] | None:
    """`unnest(struct)` gives one column for each field; of a list None."""
    parts = [node.this] if isinstance(node.this, Expr) else node.expressions
    if len(parts) != 1:
        return None
    kind = type_of(parts[0], scope)
    recursive = any(
        isinstance(part, exp.PropertyEQ) and part.name.lower() == "recursive"
        for part in node.expressions
    )
    listed = kind is not None and kind.is_type(DataType.Type.ARRAY, DataType.Type.LIST)
    if listed and recursive and kind is not None and kind.expressions:
        element = kind.expressions[0]
        kind = element if isinstance(element, DataType) else None
    if members_of(kind) is None:
        return None
    value = flow(parts[0], scope)
    if listed:
        scope.shaping |= deciding(value, Subtype.FILTER, clause(scope, node))
        value = through(value, Subtype.TRANSFORMATION)
    return member_columns(scope, Column("", "", value, kind, node))
