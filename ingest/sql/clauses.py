"""Which part of a text says that something decides: each by a number, which origins carry.

Finding their places takes a walk, so it is done for what is told, not while binding.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlglot import exp
from sqlglot.expressions import Expr
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.errors import Span
from ingest.sql.lineage import CLAUSE
from ingest.sql.spans import CLOSE, END_OF_ITEM, NOWHERE, OPEN, extent

Clause: TypeAlias = Sequence[Expr]
"""Parts of the tree that stand side by side in the text."""


@dataclass(slots=True, eq=False)
class Clauses:
    """The clauses of a script. A node that is bound again, as in a recursion, is the same one."""

    _all: list[Clause] = field(default_factory=list[Clause])
    _marks: dict[int, int] = field(default_factory=dict[int, int])

    def mark(self, first: Expr, *others: Expr) -> int:
        """Give the mark for origins that decide by this clause."""
        known = self._marks.get(id(first))
        if known is None:
            self._all.append((first, *others))  # keeps the node, so that its id stays its own
            known = self._marks[id(first)] = len(self._all) * CLAUSE
        return known

    def find(self, marks: int) -> Clause:
        """Give the clause by which an origin decides; nothing if none was noted."""
        number = marks // CLAUSE
        return self._all[number - 1] if number else ()


def place_of(clause: Clause, tokens: Sequence[Token]) -> Span | None:
    """The whole text of a clause: from the keyword or comma before it to that behind it.

    The parser keeps the place of names and literals alone, so the tokens beside them are taken in.
    """
    places = [place for node in clause if (place := extent(node)) != NOWHERE]
    found = _tokens_at(tokens, places) if places else None
    if found is None:
        return None
    if all(isinstance(node, exp.Table) for node in clause):
        return _span(tokens, *_balanced(tokens, *found))
    parts = [part for node in clause for part in node.walk()]
    queries = sum(isinstance(part, exp.Select) for part in parts)
    found = _grown(tokens, *_with_queries(tokens, *found, queries))
    around = [part for part in parts if isinstance(part, exp.Paren) and part is not clause[0]]
    for _ in range(sum(extent(part) == places[0] for part in around)):
        found = _grown(tokens, *_within_brackets(tokens, *found))
    return _span(tokens, *found)


def _tokens_at(tokens: Sequence[Token], places: Sequence[Span]) -> tuple[int, int] | None:
    start, end = min(places).start, max(place.end for place in places)
    first = bisect_right(tokens, start, key=_start) - 1
    last = bisect_right(tokens, end - 1, key=_start) - 1
    return (first, last) if 0 <= first <= last else None


def _start(token: Token) -> int:
    return token.start


def _span(tokens: Sequence[Token], first: int, last: int) -> Span:
    return Span(tokens[first].start, tokens[last].end + 1)


def _balanced(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Take in the brackets that are opened or closed within."""
    depth = lowest = 0
    for token in tokens[first : last + 1]:
        depth += (token.token_type in _OPEN) - (token.token_type in _CLOSE)
        lowest = min(lowest, depth)
    while lowest < 0 and first > 0:
        first -= 1
        step = (tokens[first].token_type in _OPEN) - (tokens[first].token_type in _CLOSE)
        depth += step
        lowest += step
    while depth > 0 and last + 1 < len(tokens):
        last += 1
        depth += (tokens[last].token_type in _OPEN) - (tokens[last].token_type in _CLOSE)
    return first, last


def _with_queries(tokens: Sequence[Token], first: int, last: int, queries: int) -> tuple[int, int]:
    """Take in the word SELECT of each query, and the brackets around them."""
    first, last = _balanced(tokens, first, last)
    if not queries:
        return first, last
    missing = queries - sum(
        token.token_type == TokenType.SELECT for token in tokens[first : last + 1]
    )
    while missing > 0 and first > 0:
        first -= 1
        missing -= tokens[first].token_type == TokenType.SELECT
    return _within_brackets(tokens, *_grown(tokens, *_balanced(tokens, first, last)))


def _within_brackets(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    around = first > 0 and last + 1 < len(tokens)
    if around and tokens[first - 1].token_type in _OPEN and tokens[last + 1].token_type in _CLOSE:
        return first - 1, last + 1
    return first, last


def _grown(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Take in what stands beside, up to where another clause begins or ends."""
    while first > 0 and not _ends(tokens, first - 1, _OPEN):
        first, last = _balanced(tokens, first - 1, last)
    while last + 1 < len(tokens) and not _ends(tokens, last + 1, _CLOSE):
        first, last = _balanced(tokens, first, last + 1)
    return first, last


def _ends(tokens: Sequence[Token], place: int, brackets: frozenset[TokenType]) -> bool:
    kind = tokens[place].token_type
    if kind in _SIDES:  # a join's, not the function of that name
        following = tokens[place + 1 : place + 2]
        return not following or following[0].token_type != TokenType.L_PAREN
    return kind in _BOUNDS or kind in brackets


_OPEN = frozenset({*OPEN, TokenType.CASE})
_CLOSE = frozenset({*CLOSE, TokenType.END})
_SIDES = frozenset({TokenType.LEFT, TokenType.RIGHT})
_BOUNDS = END_OF_ITEM | {
    TokenType.ALIAS,
    TokenType.AND,
    TokenType.COMMA,
    TokenType.CROSS,
    TokenType.ELSE,
    TokenType.FETCH,
    TokenType.FULL,
    TokenType.INNER,
    TokenType.JOIN,
    TokenType.LATERAL,
    TokenType.NATURAL,
    TokenType.OFFSET,
    TokenType.ON,
    TokenType.OUTER,
    TokenType.PARTITION_BY,
    TokenType.RANGE,
    TokenType.RETURNING,
    TokenType.ROWS,
    TokenType.SELECT,
    TokenType.SET,
    TokenType.THEN,
    TokenType.USING,
    TokenType.VALUES,
    TokenType.WHEN,
    TokenType.WITH,
}
