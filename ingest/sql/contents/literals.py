"""Conditions that compare with texts that are written."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.contents.content import Literals


def among(node: Expr) -> tuple[Expr, Literals] | None:
    """What is one of some texts that are written: `= 'a'`, an IN list, several of them with OR."""
    node = node.unnest()
    match node:
        case exp.Or():
            one, other = among(node.this), among(node.expression)
            same = one is not None and other is not None and one[0] == other[0]
            return (one[0], one[1] | other[1]) if same and one and other else None
        case exp.In() if node.expressions and all(map(is_text, node.expressions)):
            return node.this, frozenset(one.name for one in node.expressions)
        case exp.EQ():
            return equal_to(node)
        case _:
            return None


def equal_to(node: Expr) -> tuple[Expr, Literals] | None:
    """The two sides of a comparison, if one is a text that is written."""
    for one, other in ((node.this, node.expression), (node.expression, node.this)):
        if is_text(other):
            return one, frozenset({other.name})
    return None


def is_text(node: Expr) -> bool:
    return isinstance(node, exp.Literal) and bool(node.is_string)
