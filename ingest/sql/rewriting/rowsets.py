"""Tables whose name stands in a string: `OPENROWSET(BULK 'file')`, `IDENTIFIER('t')`."""

from __future__ import annotations

from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.rewriting.tokens import closing, made, words

_BULK = ["OPENROWSET", "(", "BULK"]


def with_names(tokens: list[Token]) -> list[Token]:
    """The statement with names in the places of those strings."""
    return _with_plain_names(_with_named_files(tokens))


def _with_plain_names(tokens: list[Token]) -> list[Token]:
    """`IDENTIFIER('s.t')`, and `TABLE('s.t')` of FROM, are names."""
    told = words(tokens)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        called = told[at] in _NAMING or (told[at] == "TABLE" and told[at - 1] in _BEFORE)
        text = tokens[at + 2 : at + 3]
        if called and text and text[0].token_type is TokenType.STRING and told[at + 3] == ")":
            for part in text[0].text.split("."):
                found += [made(TokenType.VAR, part, text[0]), made(TokenType.DOT, ".", text[0])]
            found.pop()
            at += 4
        else:
            found.append(tokens[at])
            at += 1
    return found


_NAMING = frozenset({"IDENTIFIER", "QUERY_TABLE"})
_BEFORE = frozenset({"FROM", "JOIN", ","})


def _with_named_files(tokens: list[Token]) -> list[Token]:
    """What is told of the file's format is left out, and so is a list of its columns."""
    told = words(tokens)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        if told[at : at + 3] != _BULK or at + 3 == len(tokens):
            found.append(tokens[at])
            at += 1
            continue
        found.append(made(TokenType.IDENTIFIER, tokens[at + 3].text, tokens[at + 3]))
        at = closing(tokens, at + 1) + 1
        if told[at : at + 2] == ["WITH", "("]:
            at = closing(tokens, at + 1) + 1
    return found
