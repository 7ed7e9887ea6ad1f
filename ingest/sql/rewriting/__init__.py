"""Statements that the parser does not know, put in words that it knows, token by token."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.tokenizer_core import Token

from ingest.sql.rewriting import changing, creating
from ingest.sql.rewriting.changing import evolves
from ingest.sql.rewriting.creating import without_options
from ingest.sql.rewriting.rowsets import with_named_files, with_plain_names

__all__ = ["evolves", "rewritten", "without_options"]


def rewritten(tokens: Sequence[Token]) -> list[Token]:
    """Give a statement as the parser knows it; most are given as they are."""
    found = list(tokens)
    for rules in (creating.REWRITES, changing.REWRITES):
        for rewrite in rules.get(found[0].text.upper(), ()):
            found = rewrite(found)
    return with_plain_names(with_named_files(found))
