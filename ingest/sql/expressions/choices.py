"""What decides about a value: CASE, and subqueries as values, lists and tests."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.expressions.flow import Rule, conditions, flow, rows_deciding, transformed
from ingest.sql.lineage import (
    NONE,
    Lineage,
    absorbed,
    conditioned,
    merged,
    settled,
    through,
)
from ingest.sql.relation import Relation, all_columns, everything
from ingest.sql.scope import (
    Scope,
    clause,
    problem,
)
from ingest.sql.tree import child, listed


def _case(node: Expr, scope: Scope) -> Lineage:
    """Conditions decide, results flow."""
    branches = listed(node, "ifs")
    tests = [branch.this for branch in branches] + listed(node, "this")
    results = [
        result
        for branch in (*branches, node)
        for name in ("true", "false", "default")
        for result in listed(branch, name)
    ]
    value = merged([flow(result, scope) for result in results])
    return conditioned(
        through(value, Subtype.TRANSFORMATION), conditions(tests, scope, Subtype.CONDITIONAL)
    )


def _exists(node: Expr, scope: Scope) -> Lineage:
    if not isinstance(node.this, exp.Query):
        return transformed(node, scope)
    relation = scope.binding.query(node.this, scope)
    rows = rows_deciding(relation, Subtype.FILTER, clause(scope, node))
    return Lineage(NONE, absorbed(rows), NONE)


def _in(node: Expr, scope: Scope) -> Lineage:
    query = child(node, "query")
    if query is None:
        return transformed(node, scope)
    relation = scope.binding.values[id(query)] = scope.binding.query(query, scope)
    width = len(node.this.expressions) if isinstance(node.this, exp.Tuple) else 1
    _check_width(query, relation, width, scope)
    values = _listed(relation, clause(scope, node))
    return through(merged([flow(node.this, scope), values]), Subtype.TRANSFORMATION)


def _quantified(node: Expr, scope: Scope) -> Lineage:
    """`= ANY (query)`; over a list it is an operand as any other."""
    inner = node.this.unnest() if isinstance(node.this, Expr) else None
    if isinstance(inner, exp.Query):
        relation = scope.binding.values[id(inner)] = scope.binding.query(inner, scope)
        return through(_listed(relation, clause(scope, node)), Subtype.TRANSFORMATION)
    return transformed(node, scope)


def _subquery(node: Expr, scope: Scope) -> Lineage:
    """A scalar subquery: its tables and conditions decide for this value alone."""
    relation = scope.binding.values[id(node)] = scope.binding.query(node, scope)
    if not isinstance(node.parent, _COMPARISONS):
        _check_width(node, relation, 1, scope)
    value = _values(relation, clause(scope, node))
    return through(value, Subtype.TRANSFORMATION) if _is_one_text(node) else value


_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Tuple)


def _values(relation: Relation, at: int) -> Lineage:
    """All columns of a subquery as one value."""
    value = settled(everything(relation))
    return conditioned(value, rows_deciding(relation, Subtype.FILTER, at))


def _listed(relation: Relation, at: int) -> Lineage:
    """The columns of a subquery as a list that is searched: copies in it do not matter."""
    value = settled(everything(relation))
    return conditioned(value, absorbed(rows_deciding(relation, Subtype.FILTER, at)))


def _check_width(node: Expr, relation: Relation, width: int, scope: Scope) -> None:
    found = len(all_columns(relation))
    if found != width and not relation.open and not _is_one_text(node):
        problem(
            scope.binding,
            Code.ARITY,
            node,
            f"This subquery has {found} columns where {width} can be compared.",
        )


def _is_one_text(node: Expr) -> bool:
    """FOR JSON and FOR XML make one text of all rows and columns."""
    return node.unnest().args.get("for_") is not None


RULES: dict[type[Expr], Rule | None] = {
    exp.Case: _case,
    exp.If: _case,
    exp.Nvl2: _case,
    exp.Exists: _exists,
    exp.In: _in,
    exp.Any: _quantified,
    exp.All: _quantified,
}
BY_BASE: list[tuple[type[object], Rule]] = [(exp.Query, _subquery)]
