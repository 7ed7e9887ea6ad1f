"""The statements of a text, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sqlglot import Dialect
from sqlglot.errors import TokenError
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.errors import Span

_UNSEPARATED = frozenset({"tsql", "fabric"})
"""Dialects in which a statement may end without a semicolon."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STARTS = _set(
    "INSERT UPDATE DELETE MERGE SELECT CREATE DROP ALTER TRUNCATE DECLARE SET EXEC EXECUTE IF "
    "BEGIN END PRINT RETURN COMMIT ROLLBACK USE GO"
)
_CONTINUED = _set(
    "UNION ALL EXCEPT INTERSECT AS FOR ON THEN ELSE AFTER OF BEGIN UPDATE BULK GRANT REVOKE DENY "
    "RETURN WITH INNER LEFT RIGHT FULL AND OR NOT , . ("
)
"""Behind these a word goes on with the statement in which they stand."""

_AWAITED = {
    "INSERT": _set("SELECT EXEC EXECUTE"),
    "WITH": _set("SELECT INSERT UPDATE DELETE MERGE"),
    "UPDATE": _set("SET"),
    "CREATE": _set("IF"),
    "DROP": _set("IF"),
    "TRUNCATE": _set("IF"),
    "ALTER": _set("ALTER DROP SET IF"),
    "IF": _STARTS,
}
"""What the first word of a statement leads to, once: no statement begins with it."""

_BLOCK_NAMES = _set("TRY CATCH TRANSACTION TRAN WORK READ ISOLATION IMMEDIATE EXCLUSIVE DEFERRED")
_HEADS = _set("CREATE ALTER IF WHILE ELSE")


def tokens_of(text: str, dialect: Dialect) -> list[Token]:
    """Give the tokens of a text.

    Some dialects take all that follows a first word for one string: its tokens are given instead.

    Raises:
        TokenError: quotes or a comment are not closed.
    """
    found: list[Token] = []
    for token in dialect.tokenize(text):
        if token.token_type is TokenType.STRING and found and _takes_the_rest(found[-1]):
            start = text.index(token.text, found[-1].end)
            found += [_moved(one, start, token) for one in tokens_of(token.text, dialect)]
        else:
            found.append(token)
    return found


def _takes_the_rest(token: Token) -> bool:
    commands = (TokenType.COMMAND, TokenType.REPLACE)
    return token.token_type in commands and token.text.upper() in {"BEGIN", "REPLACE"}


def _moved(token: Token, by: int, outer: Token) -> Token:
    place = (outer.line, outer.col + token.start, token.start + by, token.end + by)
    return Token(token.token_type, token.text, *place)


def chunks(tokens: Sequence[Token], dialect: str = "") -> Iterator[Sequence[Token]]:
    """Cut tokens into statements; nothing between two semicolons is none.

    BEGIN of a block is one by itself, and so is END: what stands between them is read.
    """
    plain = dialect not in _UNSEPARATED and not any(
        token.token_type in _MAY_OPEN for token in tokens
    )
    first = 0
    for place in _semicolons(tokens) if plain else _cuts(tokens, dialect):
        if place > first:
            yield tokens[first:place]
        first = place + 1 if _is_separator(tokens, place) else place
    if first < len(tokens):
        yield tokens[first:]


_MAY_OPEN = (TokenType.BEGIN, TokenType.COMMAND)


def _semicolons(tokens: Sequence[Token]) -> Iterator[int]:
    for place, token in enumerate(tokens):
        if token.token_type is TokenType.SEMICOLON:
            yield place


def _is_separator(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].token_type is TokenType.SEMICOLON


def _cuts(tokens: Sequence[Token], dialect: str) -> Iterator[int]:
    first, depth = 0, 0
    awaited: frozenset[str] = frozenset()
    for place, token in enumerate(tokens):
        word = "" if token.token_type in _QUOTED else token.text.upper()
        if token.token_type is TokenType.SEMICOLON:
            yield place
            first, depth = place + 1, 0
            continue
        inside = depth > 0
        depth += (word in _OPENING) - (word in _CLOSING and inside)
        if place == first or (word == "WITH" and not inside and _names_next(tokens, place)):
            awaited = _AWAITED.get(word, frozenset())
        elif not inside and dialect in _UNSEPARATED and word in _STARTS:
            if word in awaited:
                awaited = _AWAITED.get(word, frozenset()) if word != "IF" else frozenset()
            elif not _goes_on(tokens, first, place):
                yield place
                first, awaited = place, _AWAITED.get(word, frozenset())
        if _opens_block(tokens, first, place):
            yield place + 1
            first = place + 1


def _goes_on(tokens: Sequence[Token], first: int, place: int) -> bool:
    before = tokens[place - 1].text.upper()
    switched = before == "ON" and tokens[first].text.upper() == "SET"  # SET NOCOUNT ON
    return before in _CONTINUED and not switched


def _names_next(tokens: Sequence[Token], place: int) -> bool:
    """Whether WITH names a query: hints and options stand in parentheses."""
    follows = tokens[place + 1 : place + 2]
    return bool(follows) and follows[0].token_type is not TokenType.L_PAREN


_QUOTED = frozenset({TokenType.IDENTIFIER, TokenType.STRING})
_OPENING, _CLOSING = _set("( CASE"), _set(") END")


def _opens_block(tokens: Sequence[Token], first: int, place: int) -> bool:
    """BEGIN, if a statement follows; that of a procedure or of IF stands at the end of its head."""
    if tokens[place].text.upper() != "BEGIN" or place + 1 >= len(tokens):
        return False
    follows = tokens[place + 1]
    starts = place == first or tokens[first].text.upper() in _HEADS
    named = follows.text.upper() in _BLOCK_NAMES
    return starts and not named and follows.token_type is not TokenType.SEMICOLON


def statement_spans(text: str, dialect: str) -> tuple[Span, ...]:
    """Give where each statement stands, without its semicolon and the comments around it.

    A text that the dialect cannot cut into tokens is one statement, for the parser to refuse.

    Raises:
        ValueError: there is no such dialect.
    """
    try:
        tokens = tokens_of(text, Dialect.get_or_raise(dialect))
    except TokenError:
        return (Span(0, len(text)),)
    return tuple(Span(chunk[0].start, chunk[-1].end + 1) for chunk in chunks(tokens, dialect))


def excerpt(text: str, spans: Sequence[Span]) -> str:
    """Give some statements of a text; what is between them is blank, so that places stay."""
    found = text[spans[0].start : spans[0].end]
    for before, span in pairwise(spans):
        found += re.sub(r"[^\s;]", " ", text[before.end : span.start])
        found += text[span.start : span.end]
    return found
