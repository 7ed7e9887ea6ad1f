"""Expressions that are taken several times: for the elements of a list, or for several columns."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.expressions.flow import Rule, flow
from ingest.sql.lineage import (
    EMPTY,
    NONE,
    Lineage,
    conditioned,
    deciding,
    merged,
    through,
)
from ingest.sql.scope import Scope, clause
from ingest.sql.tree import child


def _lambda(node: Expr, scope: Scope) -> Lineage:
    """Its parameters are elements of the lists beside it, which flow themselves."""
    if _is_json_arrow(node):
        names = [flow(exp.Column(this=name), scope) for name in node.expressions]
        return through(merged([*names, flow(node.this, scope)]), Subtype.TRANSFORMATION)
    return _with_locals(node.expressions, node.this, scope)


def _is_json_arrow(node: Expr) -> bool:
    """`f(doc -> 'key')`: an arrow to what does not take the name is a path into a document."""
    body: object = node.this
    used = {part.name for part in node.this.find_all(Identifier)}
    while isinstance(body, Expr) and not isinstance(body, exp.Literal):
        body = body.this
    names = [part.name for part in node.expressions]
    return isinstance(body, exp.Literal) and len(names) == 1 and names[0] not in used


def _with_locals(names: list[Expr], body: Expr, scope: Scope) -> Lineage:
    outer = scope.locals
    keys = [scope.binding.rules.key(name) for name in names if isinstance(name, Identifier)]
    scope.locals = {**outer, **dict.fromkeys(keys, EMPTY)}
    try:
        return flow(body, scope)
    finally:
        scope.locals = outer


def _comprehension(node: Expr, scope: Scope) -> Lineage:
    """`[f(x) for x in list if condition]`."""
    names = [node.expression]
    value = merged([flow(node.args["iterator"], scope), _with_locals(names, node.this, scope)])
    test = child(node, "condition")
    decides = (
        deciding(_with_locals(names, test, scope), Subtype.CONDITIONAL, clause(scope, test))
        if test
        else NONE
    )
    return conditioned(through(value, Subtype.TRANSFORMATION), decides)


def _spread(node: Expr, scope: Scope) -> Lineage:
    """COLUMNS(…): the column that it stands for in this copy of the expression."""
    if node.args.get("unpack"):
        return merged([column.lineage for column in scope.spread_all])
    return scope.spread.lineage if scope.spread is not None else EMPTY


RULES: dict[type[Expr], Rule | None] = {
    exp.Lambda: _lambda,
    exp.Comprehension: _comprehension,
    exp.Columns: _spread,
}
