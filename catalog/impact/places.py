"""Where a place of SQL stands in the file that somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from catalog.model.project import Definition
from ingest.sql.errors import Span, line_and_column


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file. Line and column count from 1; `text` is the line.

    `shift`: how much farther right the text of the SQL stands in the file; None if the line reads
    otherwise there.
    """

    file: str
    line: int
    column: int
    text: str
    shift: int | None = 0


@dataclass(frozen=True, slots=True)
class _Line:
    file: str
    number: int
    text: str


def spot(definition: Definition, span: Span) -> Spot:
    """Find a span of a definition's SQL in what it was made from.

    SQL that a template made is laid beside the template, line by line; a line that stands in it
    only in other words is still found by what is around it.
    """
    line, column = line_and_column(definition.sql, span.start)
    text = _line(definition.sql, line)
    if not definition.written:
        place = definition.place
        before = place.column - 1 if line == 1 else 0  # other statements stand before it
        told = " " * before + text
        at = column + before
        return Spot(place.file, place.line + line - 1, at, told, None if before else 0)
    found = _written(definition, line)
    if found.text.strip() == text.strip():
        shift = _indent(found.text) - _indent(text)
        return Spot(found.file, found.number, column + shift, found.text, shift)
    named = re.search(rf"(?<!\w){re.escape(_word(definition.sql, span))}(?!\w)", found.text)
    at = named.start() if named is not None else _indent(found.text)
    return Spot(found.file, found.number, at + 1, found.text, None)


def _line(text: str, number: int) -> str:
    return text.split("\n")[number - 1]


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _word(sql: str, span: Span) -> str:
    """The last part of a name, without quotes."""
    return sql[span.start : span.end].strip().rpartition(".")[2].strip('"`[]')


def _written(definition: Definition, line: int) -> _Line:
    """The line of the texts of which a line of the SQL was made."""
    before = [one for one in _lines(definition) if one.text.strip()]
    after = [
        (number, text) for number, text in enumerate(definition.sql.split("\n"), 1) if text.strip()
    ]
    place = next((at for at, (number, _) in enumerate(after) if number == line), 0)
    matcher = SequenceMatcher(
        None,
        [one.text.strip() for one in before],
        [text.strip() for _, text in after],
        autojunk=False,
    )
    for _, start, end, first, last in matcher.get_opcodes():
        if first <= place < last and start < end:
            if end - start == last - first:
                return before[start + place - first]
            return _most_alike(before[start:end], after[place][1])
    own = definition.written[-1]
    return _Line(own.file, own.line, _line(own.text, 1))


def _lines(definition: Definition) -> Iterator[_Line]:
    for one in definition.written:
        for number, text in enumerate(one.text.split("\n"), one.line):
            yield _Line(one.file, number, text)


def _most_alike(lines: Sequence[_Line], text: str) -> _Line:
    return max(lines, key=lambda one: SequenceMatcher(None, one.text, text).ratio())
