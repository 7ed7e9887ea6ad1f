"""Reduces a statement as long as it still fails in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, cast

import sqlglot
from sqlglot import exp

_OPTIONAL: Final = (
    "where",
    "group",
    "having",
    "qualify",
    "order",
    "limit",
    "offset",
    "distinct",
    "windows",
    "with_",
    "on",
    "using",
    "filter",
)
_TRIES: Final = 600


def shrunk(sql: str, fails: Callable[[str], bool], dialect: str = "duckdb") -> str:
    """A smaller statement that `fails`, at best a smallest; the statement itself if none does."""
    best = _respelled(sql, dialect)
    if best is None or not fails(best):
        return sql
    tries = 0
    again = True
    while again:
        again = False
        for candidate in _smaller(best, dialect):
            tries += 1
            if tries > _TRIES:
                return best
            if len(candidate) < len(best) and fails(candidate):
                best, again = candidate, True
                break
    return best


def _respelled(sql: str, dialect: str) -> str | None:
    tree = _parsed(sql, dialect)
    return None if tree is None else tree.sql(dialect)


def _parsed(sql: str, dialect: str) -> exp.Expr | None:
    try:
        tree = sqlglot.parse_one(sql, dialect=dialect)
    except (sqlglot.ParseError, sqlglot.TokenError):
        return None
    return tree


def _smaller(sql: str, dialect: str) -> Iterator[str]:
    """The statement with one part gone or replaced by a part of itself, large parts first."""
    tree = _parsed(sql, dialect)
    if tree is None:
        return
    for at, node in enumerate(tree.walk()):
        for change in _changes(node):
            copy = tree.copy()
            place = list(copy.walk())[at]
            result = change(copy, place)
            text = _text(result, dialect)
            if text is not None:
                yield text


Change = Callable[[exp.Expr, exp.Expr], exp.Expr | None]


def _text(tree: exp.Expr | None, dialect: str) -> str | None:
    try:
        return None if tree is None else tree.sql(dialect)
    except (sqlglot.ParseError, sqlglot.UnsupportedError, ValueError, AttributeError, TypeError):
        return None


def _changes(node: exp.Expr) -> Iterator[Change]:
    for key in _OPTIONAL:
        if node.args.get(key):
            yield _without(key)
    for key, value in cast(dict[str, object], node.args).items():
        if isinstance(value, list):
            items = len(cast(list[object], value))
            if items > (key == "expressions"):
                yield from (_without_item(key, index) for index in range(items))
        if isinstance(value, exp.Expr) and _may_stand_for(node, value):
            yield _replaced_by(key)
    if isinstance(node, exp.Condition) and not isinstance(node, (exp.Literal, exp.Column)):
        yield _as_number


def _may_stand_for(node: exp.Expr, part: exp.Expr) -> bool:
    if isinstance(node, exp.Query):
        return isinstance(part, exp.Query)
    return isinstance(node, exp.Condition) and isinstance(part, exp.Condition)


def _without(key: str) -> Change:
    def change(tree: exp.Expr, place: exp.Expr) -> exp.Expr:
        place.set(key, None)
        return tree

    return change


def _without_item(key: str, index: int) -> Change:
    def change(tree: exp.Expr, place: exp.Expr) -> exp.Expr:
        place.set(key, [each for at, each in enumerate(place.args[key]) if at != index])
        return tree

    return change


def _replaced_by(key: str) -> Change:
    def change(tree: exp.Expr, place: exp.Expr) -> exp.Expr:
        part = place.args[key]
        if place is tree:
            part.pop()
            return part
        place.replace(part)
        return tree

    return change


def _as_number(tree: exp.Expr, place: exp.Expr) -> exp.Expr | None:
    if place is tree:
        return None
    place.replace(exp.Literal.number(1))
    return tree
