"""Statements that the parser does not know, put in words that it knows, token by token."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.tokenizer_core import Token

from ingest.sql.rewriting import changing, creating
from ingest.sql.rewriting.changing import evolves
from ingest.sql.rewriting.creating import without_options
from ingest.sql.rewriting.rowsets import with_names

__all__ = ["evolves", "rewritten", "told_in", "without_options"]


_WORDS = frozenset(
    {"BULK", "DECLARE", "IDENTIFIER", "INFILE", "OPENROWSET", "OUTFILE", "OUTPUT", "QUERY_TABLE"}
    | {"TABLE"}
)
_NAMING = frozenset({"IDENTIFIER", "OPENROWSET", "QUERY_TABLE", "TABLE"})


def told_in(text: str) -> frozenset[str]:
    """The words that a text holds, of those for which all of its tokens have to be gone through."""
    upper = text.upper()
    return frozenset([word for word in _WORDS if word in upper])


def rewritten(tokens: Sequence[Token], said: frozenset[str]) -> list[Token]:
    """Give a statement as the parser knows it; most are given as they are."""
    found = list(tokens)
    for rules in (creating.REWRITES, changing.REWRITES):
        for rewrite in rules.get(found[0].text.upper(), ()):
            found = rewrite(found)
    return with_names(found) if said & _NAMING else found
