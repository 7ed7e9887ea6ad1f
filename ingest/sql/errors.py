"""What is wrong with a statement, as values: a binder does not raise, it goes on and tells."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple


class Code(enum.StrEnum):
    """Why a statement, or a name in it, could not be bound."""

    SYNTAX = "syntax"
    UNKNOWN_TABLE = "unknown_table"
    UNKNOWN_COLUMN = "unknown_column"
    AMBIGUOUS = "ambiguous"
    ARITY = "arity"
    TYPE = "type"
    UNSUPPORTED = "unsupported"
    TOO_DEEP = "too_deep"
    TIMEOUT = "timeout"


class Span(NamedTuple):
    """A piece of the original text, in code points: from `start` up to, not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at its place, in words that a person understands.

    `titles`: an output column is called by the name at this place.
    """

    span: Span
    code: Code
    message: str
    titles: bool = False


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Both from 1, in code points; a line ends with a line feed."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
