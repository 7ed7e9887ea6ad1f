"""A folder of SQL files as statements, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.sql.errors import Span, line_and_column
from ingest.sql.splitting import statement_spans


@dataclass(frozen=True, slots=True)
class SqlFile:
    """A file of SQL; `path` is relative to the folder, with `/` on every system."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class SqlStatement:
    """A statement of a file; `line` and `column` of its first character count from 1."""

    file: SqlFile
    span: Span
    line: int
    column: int

    @property
    def text(self) -> str:
        """Give the statement alone."""
        return self.file.text[self.span.start : self.span.end]


def read_files(folder: Path) -> Iterator[SqlFile]:
    """Give the SQL files below a folder, by path; hidden files and folders are left out.

    Raises:
        OSError: a file cannot be read.
        UnicodeDecodeError: a file is not UTF-8.
    """
    for file in sorted(folder.rglob("*.sql")):
        place = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in place.parts):
            yield SqlFile(place.as_posix(), file.read_text("utf-8-sig"))


def statements(file: SqlFile, dialect: str) -> Iterator[SqlStatement]:
    """Give the statements of a file, in order.

    Raises:
        ValueError: there is no such dialect.
    """
    for span in statement_spans(file.text, dialect):
        yield SqlStatement(file, span, *line_and_column(file.text, span.start))
