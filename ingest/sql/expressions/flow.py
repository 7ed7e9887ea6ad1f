"""What flows into a value: one rule for what passes values on, and exceptions by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from sqlglot.expressions import Expr

from ingest.flows import Subtype
from ingest.sql.lineage import (
    CLAUSE,
    Lineage,
    Origin,
    Origins,
    Source,
    deciding,
    merged,
    through,
)
from ingest.sql.relation import Relation
from ingest.sql.scope import Scope, clause
from ingest.sql.tree import children, conjuncts

Rule: TypeAlias = Callable[[Expr, Scope], Lineage]

RULES: dict[type[Expr], Rule | None] = {}
"""Kinds of nodes with a rule of their own; None where it is known that there is none."""

BY_BASE: list[tuple[type[object], Rule]] = []
"""Rules of whole families of nodes."""


def flow(node: Expr, scope: Scope) -> Lineage:
    """Give what flows into the value of an expression, and bind the names in it."""
    rule = _rule_of(type(node))
    return rule(node, scope) if rule else transformed(node, scope)


def _rule_of(kind: type[Expr]) -> Rule | None:
    try:
        return RULES[kind]
    except KeyError:
        rule = next((rule for base, rule in BY_BASE if issubclass(kind, base)), None)
        RULES[kind] = rule
        return rule


def transformed(node: Expr, scope: Scope) -> Lineage:
    """The common case: every part's value goes into the value.

    Walks by a stack of its own: sums and conjunctions of thousands of terms are deep trees.
    """
    parts: list[Lineage] = []
    stack = list(children(node))
    while stack:
        part = stack.pop()
        rule = _rule_of(type(part))
        if rule is None:
            stack.extend(children(part))
        else:
            parts.append(rule(part, scope))
    return through(merged(parts), Subtype.TRANSFORMATION)


def condition(node: Expr, scope: Scope, subtype: Subtype) -> Origins:
    """What a condition depends on, all of which decides."""
    return conditions((node,), scope, subtype)


def conditions(nodes: Iterable[Expr], scope: Scope, subtype: Subtype) -> Origins:
    """What several conditions or keys depend on; the first part that names something says so."""
    found: dict[tuple[Source, Subtype, int], Origin] = {}
    for part in (one for node in nodes for one in conjuncts(node)):
        for origin in deciding(flow(part, scope), subtype, clause(scope, part)):
            source, how, marks = origin
            found.setdefault((source, how, marks % CLAUSE), origin)
    return frozenset(found.values())


def rows_deciding(relation: Relation, subtype: Subtype, clause: int) -> Origins:
    """All that decides which rows a relation has, its tables' rows included."""
    return deciding(relation.rows, subtype, clause)
