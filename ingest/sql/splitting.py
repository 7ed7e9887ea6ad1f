"""The statements of a text, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlglot import Dialect
from sqlglot.errors import TokenError
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.errors import Span


def chunks(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Cut tokens at semicolons; nothing between two of them is no statement."""
    first = 0
    for place, token in enumerate(tokens):
        if token.token_type == TokenType.SEMICOLON:
            if place > first:
                yield tokens[first:place]
            first = place + 1
    if first < len(tokens):
        yield tokens[first:]


def statement_spans(text: str, dialect: str) -> tuple[Span, ...]:
    """Give where each statement stands, without its semicolon and the comments around it.

    A text that the dialect cannot cut into tokens is one statement, for the parser to refuse.

    Raises:
        ValueError: there is no such dialect.
    """
    try:
        tokens = Dialect.get_or_raise(dialect).tokenize(text)
    except TokenError:
        return (Span(0, len(text)),)
    return tuple(Span(chunk[0].start, chunk[-1].end + 1) for chunk in chunks(tokens))
