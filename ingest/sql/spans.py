"""Where a part of the parse tree stands in the text.

The parser keeps the place of names, literals, stars and most functions. The whole text of an
expression is told by the tokens: it is an item between the commas of a SELECT list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlglot import exp
from sqlglot.expressions import Expr
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.errors import Span

NOWHERE = Span(0, 0)
OPEN = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE})
CLOSE = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE})
END_OF_ITEM = frozenset(
    {
        TokenType.FROM,
        TokenType.WHERE,
        TokenType.GROUP_BY,
        TokenType.HAVING,
        TokenType.QUALIFY,
        TokenType.WINDOW,
        TokenType.ORDER_BY,
        TokenType.LIMIT,
        TokenType.UNION,
        TokenType.EXCEPT,
        TokenType.INTERSECT,
        TokenType.INTO,
        TokenType.SEMICOLON,
    }
)
_BEFORE_ITEMS = frozenset({TokenType.DISTINCT, TokenType.ALL, TokenType.ON})


def of_name(node: Expr) -> Span:
    """The place of a name, star or literal; else from the first to the last of those within."""
    start, end = node.meta.get("start"), node.meta.get("end")
    if isinstance(start, int) and isinstance(end, int):
        return Span(start, end + 1)
    return extent(node)


def extent(node: Expr) -> Span:
    """Give the place from the first to the last name, literal or function within a node."""
    places = [
        (start, end + 1)
        for part in node.walk()
        if isinstance(start := part.meta.get("start"), int)
        and isinstance(end := part.meta.get("end"), int)
    ]
    return Span(min(places)[0], max(end for _, end in places)) if places else NOWHERE


def select_items(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The items of all SELECT lists, as first and last place among the tokens, inner ones first."""
    items: list[tuple[int, int]] = []
    opened: list[tuple[int, int]] = []  # the depth of a SELECT, and where its current item begins
    depth = 0
    for place, token in enumerate(tokens):
        kind = token.token_type
        depth += (kind in OPEN) - (kind in CLOSE)
        if opened and _ends_item(tokens, place, depth - opened[-1][0]):
            level, first = opened.pop()
            items.append((first, place - 1))
            if kind == TokenType.COMMA:
                opened.append((level, place + 1))
        if kind == TokenType.SELECT:
            opened.append((depth, _after_distinct(tokens, place + 1)))
    items += [(first, len(tokens) - 1) for _, first in reversed(opened)]
    return [(first, last) for first, last in items if first <= last]


def _ends_item(tokens: Sequence[Token], place: int, depth: int) -> bool:
    kind = tokens[place].token_type
    if depth < 0:
        return True
    if depth or kind not in END_OF_ITEM | {TokenType.COMMA}:
        return False
    before = tokens[place - 1].token_type
    return not (kind == TokenType.FROM and before == TokenType.DISTINCT)  # IS DISTINCT FROM


def _after_distinct(tokens: Sequence[Token], place: int) -> int:
    """Step over ALL, DISTINCT and DISTINCT ON (…)."""
    depth = 0
    while place < len(tokens):
        kind = tokens[place].token_type
        on = kind == TokenType.ON or (kind in OPEN and tokens[place - 1].token_type == TokenType.ON)
        if not (depth or on or kind in {TokenType.DISTINCT, TokenType.ALL}):
            break
        depth += (kind in OPEN) - (kind in CLOSE)
        place += 1
    return place


def of_projection(node: Expr, tokens: Sequence[Token], items: list[tuple[int, int]]) -> Span | None:
    """The whole text of an item of a SELECT list without its alias; None if it has no place."""
    place = extent(node)
    if place == NOWHERE:
        return None
    alias = node.parent.args.get("alias") if isinstance(node.parent, exp.Alias) else None
    named = of_name(alias) if isinstance(alias, Expr) else NOWHERE
    holds_query = node.find(exp.Select) is not None
    for first, last in sorted(items, key=lambda item: item[1] - item[0]):
        if tokens[first].start <= place.start and place.end <= tokens[last].end + 1:
            kept = list(_without_alias(tokens[first : last + 1], named))
            if not _is_closed(kept):
                continue  # within the brackets of `* REPLACE (… AS a)`
            if kept and (not holds_query or any(t.token_type == TokenType.SELECT for t in kept)):
                return Span(kept[0].start, kept[-1].end + 1)
    return None


def of_names(
    places: Iterable[Span], tokens: Sequence[Token], items: list[tuple[int, int]]
) -> list[Span]:
    """Those names that an item of a SELECT list begins with and ends in, with what qualifies them.

    `c.id AS customer` is `c.id`; a name in a condition or within an expression is none.
    """
    ends = {place.end: place for place in places}
    found: list[Span] = []
    for first, last in items:
        place = first
        while place + 2 <= last and tokens[place + 1].token_type == TokenType.DOT:
            place += 2
        end = tokens[place].end + 1
        behind = tokens[place + 1] if place < last else None
        if end in ends and (behind is None or behind.token_type in _ALIASING):
            found.append(Span(tokens[first].start, end))
    return found


_ALIASING = frozenset({TokenType.ALIAS, TokenType.VAR, TokenType.IDENTIFIER})


def _is_closed(tokens: Sequence[Token]) -> bool:
    kinds = [token.token_type for token in tokens]
    return sum(kind in OPEN for kind in kinds) == sum(kind in CLOSE for kind in kinds)


def _without_alias(tokens: Sequence[Token], alias: Span) -> Iterator[Token]:
    """`x AS a`, `x a`, and `a: x`."""
    if alias == NOWHERE:
        yield from tokens
    elif tokens[0].start == alias.start:
        yield from tokens[2:]
    else:
        kept = [token for token in tokens if token.start < alias.start]
        yield from kept[:-1] if kept[-1].token_type == TokenType.ALIAS else kept
