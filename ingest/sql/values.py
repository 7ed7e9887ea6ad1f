"""Which values an expression can have, where all of them are written in it."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.tree import listed


def written_values(node: Expr | None) -> tuple[str, ...] | None:
    """Give the literals that a value is one of, sorted; None if it can be something else.

    `CASE … WHEN 'P' THEN 'paid' ELSE 'open' END` is `open` or `paid`. NULL is none of them.
    """
    found: set[str] = set()
    return tuple(sorted(found)) if node is not None and _add(node, found) and found else None


def _add(node: Expr, found: set[str]) -> bool:
    """Add what a node can be; False if that is not all written."""
    match node:
        case exp.Literal():
            found.add(node.name)
            return True
        case exp.Null():
            return True
        case exp.Paren() | exp.Alias():
            return _add(node.this, found)
        case exp.Case() | exp.If():
            branches = listed(node, "ifs") if isinstance(node, exp.Case) else [node]
            results = [branch.args["true"] for branch in branches]
            other = node.args.get("default") or node.args.get("false")
            return all(_add(one, found) for one in [*results, *([other] if other else [])])
        case _:
            return False
