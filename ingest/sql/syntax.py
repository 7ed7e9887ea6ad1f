"""What is wrong with a text that is not SQL of its dialect, in words for people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlglot.errors import ParseError, TokenError
from sqlglot.tokenizer_core import Token

from ingest.sql.errors import Code, Problem, Span

_UNCLOSED = re.compile(r"Missing (.+) from \d+:(\d+)")
_INSTEAD = re.compile(r"(.+?) but got <Token .*?text: (.*), line: ", re.DOTALL)
_LACKING = re.compile(r"Required keyword: '\w+' missing for <class '.*?(\w+)'>")
_END = "SENTINEL"
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def unreadable(error: TokenError, text: str) -> Problem:
    """A text that has no tokens: quotes or a comment that nothing closes."""
    found = _UNCLOSED.match(str(error.__context__))
    if found is not None and int(found[2]) < len(text):
        return _syntax(f"Nothing closes the {found[1]} here.", Span(int(found[2]), len(text)))
    start = max(0, text.rfind("/*"))
    return _syntax("A comment or a string is not closed.", Span(start, len(text)))


def unparsed(error: ParseError, tokens: Sequence[Token]) -> Problem:
    """A statement that the parser does not know, at the token at which it gave up."""
    details = error.errors[0] if error.errors else {}
    place = (details.get("line"), details.get("col"))
    token = next((one for one in tokens if (one.line, one.col) == place), tokens[0])
    message = _worded(str(details.get("description") or error), token)
    return _syntax(message, Span(token.start, token.end + 1))


def _worded(description: str, token: Token) -> str:
    """The parser's description, which speaks of its own classes, as a sentence."""
    if description.startswith("Invalid expression"):
        return f'"{token.text}" is not expected here.'
    if instead := _INSTEAD.match(description):
        got = "the statement ends" if instead[2] == _END else f'there is "{instead[2]}"'
        return f"{instead[1]}, but {got} here."
    if lacking := _LACKING.match(description):
        return f"{_WORD.sub(' ', lacking[1]).upper()} is not complete."
    return description.replace("Expecting", "Expected", 1).rstrip(".") + "."


def _syntax(message: str, span: Span) -> Problem:
    return Problem(span, Code.SYNTAX, message)
