"""Seeds: tables whose rows come with the project, as CSV files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from catalog.impact.binding import digest
from catalog.model.project import Content, Place, Table


def seed(name: str, file: Path, place: Place, types: Mapping[str, str], delimiter: str) -> Table:
    """Read a seed: its columns are those of its file; a type is known if it is told.

    Raises:
        OSError: the file cannot be read.
        UnicodeDecodeError: it is not UTF-8.
        csv.Error: it is no CSV.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines, delimiter=delimiter) or [[]]
    known = {column.lower(): type_ for column, type_ in types.items()}
    columns = tuple((column, known.get(column.lower(), "")) for column in header)
    return Table(name, columns, place, content=_content(header, [row for row in rows if row]))


def _content(header: list[str], rows: list[list[str]]) -> Content:
    values = {
        name: digest(*[row[place] if place < len(row) else "" for row in rows])
        for place, name in enumerate(header)
    }
    lines = sorted("\x1f".join(row) for row in rows)
    return Content(len(rows), digest(*lines), tuple(values.items()))
