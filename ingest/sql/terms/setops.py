"""UNION, EXCEPT and INTERSECT."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.relation import Column, Relation
from ingest.sql.terms.frame import Frame, Rowset, Source, Valued
from ingest.sql.terms.term import Term, term, unordered


def set_operation(node: Expr, outer: Frame, depth: int) -> Valued:
    relation = outer.binding.bound.queries[id(node)]
    chain: list[Expr] = []
    first: Expr = node
    while isinstance(first, exp.SetOperation) and (first is node or _same_kind(first, node)):
        chain.append(first)
        first = first.this
    branches = [
        outer.query(one, outer, Source(depth=depth))
        for one in (first, *[one.expression for one in chain[::-1]])
    ]
    tables = frozenset[str]().union(*[one.tables for one in branches])
    if not isinstance(node, exp.Union):
        return _compared(node, relation, branches, tables)
    columns = _united(node, relation, branches)
    members = unordered("union", [one.rows.members for one in branches])
    if node.args.get("distinct"):
        exact = term("distinct", members, unordered("values", [value for _, value in columns]))
    else:
        exact = unordered("union", [one.rows.exact for one in branches])
    rows = Rowset(exact, members)
    return Valued(columns, rows, tables, core=rows)


def _same_kind(one: Expr, other: Expr) -> bool:
    alike = type(one) is type(other) and isinstance(other, exp.Union)
    same = all(one.args.get(name) == other.args.get(name) for name in ("distinct", "by_name"))
    plain = not any(one.args.get(name) for name in ("with_", "order", "limit", "offset"))
    return alike and same and plain


def _united(node: Expr, relation: Relation, branches: list[Valued]) -> list[tuple[Column, Term]]:
    """A column of a union is that of one branch or another."""
    if node.args.get("by_name"):
        by_key = [{column.key: value for column, value in one.columns} for one in branches]
        return [
            (
                column,
                unordered("either", [found[column.key] for found in by_key if column.key in found]),
            )
            for column in relation.columns
        ]
    return [
        (
            column,
            unordered(
                "either",
                [one.columns[place][1] for one in branches if place < len(one.columns)],
            ),
        )
        for place, column in enumerate(relation.columns)
    ]


def _compared(
    node: Expr, relation: Relation, branches: list[Valued], tables: frozenset[str]
) -> Valued:
    """EXCEPT and INTERSECT."""
    parts = [
        term("branch", one.rows.members, *[value for _, value in one.columns]) for one in branches
    ]
    made = term(node.key, *parts)
    left = branches[0].columns
    columns = [(column, value) for column, (_, value) in zip(relation.columns, left, strict=False)]
    rows = Rowset(made, made)
    return Valued(columns, rows, tables, core=rows)
