"""The code version of a job's SQL: a hash that changes when the logic does.

Comments, hints, white space and trailing semicolons are dropped; literals become `?`, since
schedulers write dates and batch ids into the text; runs of six and more digits in names become
`#`, since partitions and temporary tables are named so. Case is kept: dialects differ on it.

Where the tokenizer gives up (an open quote, an unknown character), the same is done by regular
expressions over the text, which know `--` and `/* */`, single quotes and numbers alone.
"""

from __future__ import annotations

import hashlib
import re

from sqlglot import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

_LITERALS = frozenset(
    {
        TokenType.STRING,
        TokenType.NUMBER,
        TokenType.BIT_STRING,
        TokenType.HEX_STRING,
        TokenType.BYTE_STRING,
        TokenType.NATIONAL_STRING,
        TokenType.NATIONAL_RAW_STRING,
        TokenType.RAW_STRING,
        TokenType.UNICODE_STRING,
    }
)
_NAMES = frozenset({TokenType.IDENTIFIER, TokenType.VAR})
_BODIES = frozenset({TokenType.HEREDOC_STRING, TokenType.RAW_STRING})
_LONG_DIGITS = re.compile(r"[0-9]{6,}")
_COMMENT = re.compile(r"--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_LITERAL = re.compile(r"'(?:[^']|'')*(?:'|\Z)|\b[0-9]+(?:\.[0-9]+)?\b")

_DEPTH = 3
"""How deep text within text is read as code: a command's words, a body in dollar quotes."""


def fingerprint(sql: str, dialect: str | None) -> str:
    """Hash the masked text of a statement or script; an unknown dialect is read as generic."""
    text = masked(sql, dialect)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def masked(sql: str, dialect: str | None) -> str:
    """Give the text that is hashed; total over any text."""
    try:
        return _of_tokens(sql, _dialect(dialect), _DEPTH)
    except (SqlglotError, ValueError, LookupError, TypeError, AttributeError):
        return _of_text(sql)


def _dialect(name: str | None) -> Dialect:
    try:
        return Dialect.get_or_raise(name or "")
    except ValueError:
        return Dialect.get_or_raise("")


def _of_tokens(sql: str, dialect: Dialect, depth: int) -> str:
    commands = dialect.tokenizer_class.COMMANDS
    words: list[str] = []
    before: TokenType | None = None
    for token in dialect.tokenize(sql):
        kind = token.token_type
        command = kind == TokenType.STRING and before in commands
        if command or (kind in _BODIES and sql[token.start] == "$"):
            words.append(_of_tokens(token.text, dialect, depth - 1) if depth else "?")
        elif kind in _LITERALS:
            words.append("?")
        elif kind != TokenType.HINT:
            words.append(_LONG_DIGITS.sub("#", _written(token, sql)))
        before = kind
    return " ".join(words).rstrip("; ")


def _written(token: Token, sql: str) -> str:
    """Quotes are part of a name's text; keywords come in one case."""
    return sql[token.start : token.end + 1] if token.token_type in _NAMES else token.text.upper()


def _of_text(sql: str) -> str:
    bare = _LITERAL.sub("?", _COMMENT.sub(" ", sql))
    return _LONG_DIGITS.sub("#", " ".join(bare.split())).rstrip("; ")
