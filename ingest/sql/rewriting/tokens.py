"""Pieces of a statement as tokens: their words, and names that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlglot import exp
from sqlglot.expressions import Expr
from sqlglot.tokenizer_core import Token, TokenType

Rewrite = Callable[[list[Token]], list[Token]]

QUERY = frozenset({"SELECT", "WITH", "("})
"""What a query begins with."""


def words(tokens: Sequence[Token]) -> list[str]:
    """The tokens' texts in upper case."""
    return [token.text.upper() for token in tokens]


def made(kind: TokenType, text: str, beside: Token) -> Token:
    """A token that the text does not have, at the place of one that it has."""
    return Token(kind, text, beside.line, beside.col, beside.start, beside.end)


def written(text: str, beside: Token) -> list[Token]:
    """Keywords that the text does not have."""
    return [made(_KEYWORDS[word], word, beside) for word in text.split()]


_KEYWORDS = {
    "*": TokenType.STAR,
    "AND": TokenType.AND,
    "BY": TokenType.VAR,
    "CREATE": TokenType.CREATE,
    "DELETE": TokenType.DELETE,
    "FROM": TokenType.FROM,
    "INSERT": TokenType.INSERT,
    "INTO": TokenType.INTO,
    "MATCHED": TokenType.VAR,
    "SELECT": TokenType.SELECT,
    "TABLE": TokenType.TABLE,
    "THEN": TokenType.THEN,
    "UPDATE": TokenType.UPDATE,
    "WHEN": TokenType.WHEN,
}


def end_of_name(tokens: Sequence[Token], first: int) -> int:
    """Where the dotted name that begins there ends."""
    end = first + 1
    while end + 1 < len(tokens) and tokens[end].token_type is TokenType.DOT:
        end += 2
    return end


def closing(tokens: Sequence[Token], opening: int) -> int:
    """Where the bracket that opens there is closed; the end, if nowhere."""
    depth = 0
    for place in range(opening, len(tokens)):
        depth += tokens[place].token_type is TokenType.L_PAREN
        depth -= tokens[place].token_type is TokenType.R_PAREN
        if not depth:
            return place
    return len(tokens)


def outermost(tokens: Sequence[Token]) -> list[int]:
    """The places outside all brackets."""
    found: list[int] = []
    depth = 0
    for place, token in enumerate(tokens):
        depth -= token.token_type is TokenType.R_PAREN
        if not depth:
            found.append(place)
        depth += token.token_type is TokenType.L_PAREN
    return found


def table_of(tokens: Sequence[Token]) -> exp.Table:
    """The table that a dotted name names."""
    parts = [name_of(token) for token in tokens[::2]]
    return exp.Table(**dict(zip(("this", "db", "catalog"), reversed(parts), strict=False)))


def name_of(token: Token) -> Expr:
    """A name, with its place."""
    name = exp.to_identifier(token.text, quoted=token.token_type is TokenType.IDENTIFIER)
    name.update_positions(token)
    return name
