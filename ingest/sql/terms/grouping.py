"""GROUP BY: the rows that are told by its keys."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.functions import is_aggregate
from ingest.sql.relation import Relation
from ingest.sql.scope import Scope
from ingest.sql.terms.frame import Rowset, narrowed
from ingest.sql.terms.term import Term, term, unordered
from ingest.sql.terms.values import Reader, conditions
from ingest.sql.tree import child, listed, unwrapped


def is_grouped(node: Expr, scope: Scope) -> bool:
    clauses = (child(node, "group"), child(node, "having"))
    return scope.aggregated or any(clause is not None for clause in clauses)


def grouped_rows(node: Expr, here: Reader, relation: Relation) -> Rowset:
    """The rows of GROUP BY are told by its keys; copies of its input make no difference."""
    group, having = child(node, "group"), child(node, "having")
    here.frame.keys = _keys(here, group, node, relation) if group is not None else term("one row")
    told = [here.frame.rows.members] if group is not None else []
    made = term("grouped", *told, here.frame.keys)
    found = Rowset(made, made)
    return narrowed(found, conditions(here, having.this)) if having is not None else found


def _keys(here: Reader, group: Expr, node: Expr, relation: Relation) -> Term:
    if group.args.get("all"):
        plain = [
            here.value(one.unalias())
            for one in node.expressions
            if not _aggregates(one) and not one.is_star
        ]
        return unordered("keys", plain)
    keys = unordered("keys", {_key(here, part, relation) for part in group.expressions})
    sets = [
        term(name, *[_key(here, part, relation) for one in _parts(group, name) for part in one])
        for name in ("rollup", "cube", "grouping_sets")
        if group.args.get(name)
    ]
    return term("keys", keys, *sets)


def _parts(group: Expr, name: str) -> Iterator[list[Expr]]:
    for one in listed(group, name):
        yield [one, *one.expressions]


def _key(here: Reader, node: Expr, relation: Relation) -> Term:
    node = unwrapped(node)
    if isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit():
        place = int(node.name)
        if 1 <= place <= len(relation.columns):
            return here.column(relation.columns[place - 1])
    if isinstance(node, (exp.Rollup, exp.Cube, exp.GroupingSets, exp.Tuple)):
        inner = [_key(here, part, relation) for part in node.expressions]
        return term(node.key, *inner)
    return here.value(node)


def _aggregates(node: Expr) -> bool:
    return any(is_aggregate(part) for part in node.find_all(exp.Func))
