"""Typed access to the parse tree, whose nodes keep their parts in dictionaries of anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier


def child(node: Expr, name: str) -> Expr | None:
    """The part of that name, if it is a node."""
    found: object = node.args.get(name)
    return found if isinstance(found, Expr) else None


def listed(node: Expr, name: str) -> list[Expr]:
    """The parts of that name; one that is no list, as a list of one."""
    found: object = node.args.get(name)
    if isinstance(found, list):
        return [one for one in cast("list[object]", found) if isinstance(one, Expr)]
    return [found] if isinstance(found, Expr) else []


def word(node: Expr, name: str) -> str:
    """The part of that name, if it is a word; else ""."""
    found: object = node.args.get(name)
    return found if isinstance(found, str) else ""


def children(node: Expr) -> Iterator[Expr]:
    """All parts that are nodes."""
    for value in cast("dict[str, object]", node.args).values():
        if isinstance(value, Expr):
            yield value
        elif isinstance(value, list):
            for one in cast("list[object]", value):
                if isinstance(one, Expr):
                    yield one


def dotted(node: Expr) -> list[Identifier]:
    """The identifiers of a column's or table's name, outermost first, without a star."""
    if isinstance(node, (exp.Column, exp.Table)):
        return [one for one in node.parts if isinstance(one, Identifier) and one.this]
    return [node] if isinstance(node, Identifier) else []


def identifier(node: Expr) -> Identifier:
    """The name in a column list, which may tell a type, too."""
    if isinstance(node, Identifier):
        return node
    return node.this if isinstance(node.this, Identifier) else exp.to_identifier(node.name)


def unwrapped(node: Expr) -> Expr:
    """The node within parentheses."""
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def first_of(node: Expr) -> Expr:
    """The first query of a chain of set operations; any other node itself."""
    while isinstance(node, exp.SetOperation):
        node = node.this
    return node


def not_null(node: Expr) -> Expr | None:
    """What `x IS NOT NULL` asks of; dialects have it parsed in two ways."""
    node = unwrapped(node)
    negated = isinstance(node, exp.Not)
    inner = unwrapped(node.this) if negated else node
    asks = isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null)
    return inner.this if asks and negated != bool(inner.args.get("negate")) else None


def is_null(node: Expr) -> Expr | None:
    """What `x IS NULL` asks of."""
    node = unwrapped(node)
    asks = isinstance(node, exp.Is) and isinstance(node.expression, exp.Null)
    return node.this if asks and not node.args.get("negate") else None


def conjuncts(node: Expr) -> Iterator[Expr]:
    """The conditions that AND joins."""
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, exp.And):
            stack += [part.expression, part.this]
        elif isinstance(part, exp.Paren):
            stack.append(part.this)
        else:
            yield part
