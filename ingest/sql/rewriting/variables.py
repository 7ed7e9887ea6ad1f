"""T-SQL's table variables, which are temporary tables of another name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.rewriting.tokens import made, written


def with_named_variables(tokens: Sequence[Token], said: frozenset[str]) -> Sequence[Token]:
    """`DECLARE @t TABLE (…)` makes a table, which is then called `@t`."""
    if "DECLARE" not in said:
        return tokens
    declared = [at for at, one in enumerate(tokens) if one.token_type is TokenType.DECLARE]
    tables = {tokens[at + 2].text.upper() for at in declared if _declares(tokens[at : at + 4])}
    if not tables:
        return tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if _declares(tokens[at : at + 4]):
            found += written("CREATE TABLE", token)
            found.append(_named(tokens[at + 1], tokens[at + 2]))
            at += 4
        elif _names(tokens[at : at + 2], tables):
            found.append(_named(token, tokens[at + 1]))
            at += 2
        else:
            found.append(token)
            at += 1
    return found


def _declares(tokens: Sequence[Token]) -> bool:
    kinds = [token.token_type for token in tokens]
    wanted = [TokenType.DECLARE, TokenType.PARAMETER, TokenType.VAR, TokenType.TABLE]
    return kinds == wanted


def _names(tokens: Sequence[Token], tables: set[str]) -> bool:
    kinds = [token.token_type for token in tokens]
    return kinds == [TokenType.PARAMETER, TokenType.VAR] and tokens[1].text.upper() in tables


def _named(at: Token, name: Token) -> Token:
    token = made(TokenType.IDENTIFIER, f"@{name.text.lower()}", name)
    return Token(token.token_type, token.text, at.line, at.col, at.start, name.end)
