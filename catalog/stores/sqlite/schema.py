"""The shape of the file: made when it is new, checked when it is not."""

from __future__ import annotations

import sqlite3
from importlib.resources import files

from catalog.errors import Mismatch
from catalog.sqlite.connection import run_script

SCHEMA_VERSION = 3
"""Raised with every change of schema.sql, of `ends`, or of what the rows mean."""

TRIGRAMS = (
    "CREATE VIRTUAL TABLE names_by_trigram USING fts5"
    "(lower, content='names', content_rowid='id', tokenize='trigram case_sensitive 1')"
)


def create(connection: sqlite3.Connection, reader: str) -> None:
    """Make the tables in an empty file, within the transaction that is open."""
    script = (files("catalog.stores.sqlite") / "schema.sql").read_text(encoding="utf-8")
    run_script(connection, script)
    meta = {
        "schema": str(SCHEMA_VERSION),
        "reader": reader,
        "trigrams": str(int(_with_trigrams(connection))),
        "cursor": "0",
        "sql_cursor": "0",
    }
    connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", meta.items())


def drop(connection: sqlite3.Connection) -> None:
    """Remove all there is, within the transaction that is open."""
    made = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    virtual = [name for _, name, sql in made if (sql or "").startswith("CREATE VIRTUAL")]
    for name in virtual:
        connection.execute(f'DROP TABLE "{name}"')
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall():
        connection.execute(f'DROP TABLE "{name}"')


def is_empty(connection: sqlite3.Connection) -> bool:
    """Tell whether nothing was ever made in the file."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return tables == 0


def check(connection: sqlite3.Connection, reader: str) -> None:
    """Make sure that this release can go on with the file.

    Raises:
        Mismatch: it was made by another reader, or has another shape.
    """
    found = (_meta(connection, "schema"), _meta(connection, "reader"))
    if found != (str(SCHEMA_VERSION), reader):
        message = (
            f"the graph was made by schema {found[0]} and reader {found[1]!r}, this is schema "
            f"{SCHEMA_VERSION} and reader {reader!r}: `headwater rebuild` makes it anew"
        )
        raise Mismatch(message)


def has_trigrams(connection: sqlite3.Connection) -> bool:
    """Tell whether names are indexed by their trigrams."""
    return _meta(connection, "trigrams") == "1"


def cursor_of(connection: sqlite3.Connection) -> int:
    """Give the position in the log up to which the graph is made."""
    return int(_meta(connection, "cursor") or 0)


def sql_cursor_of(connection: sqlite3.Connection) -> int:
    """Give the position in the log up to which the SQL in it is read."""
    return int(_meta(connection, "sql_cursor") or 0)


def move_cursors(connection: sqlite3.Connection, cursor: int, sql_cursor: int) -> None:
    """Move the cursors forward; never back."""
    connection.executemany(
        "UPDATE meta SET value = max(CAST(value AS INTEGER), ?) WHERE key = ?",
        [(cursor, "cursor"), (sql_cursor, "sql_cursor")],
    )


def _meta(connection: sqlite3.Connection, key: str) -> str | None:
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    except sqlite3.OperationalError:  # a file of another kind
        return None
    return row[0] if row else None


def _with_trigrams(connection: sqlite3.Connection) -> bool:
    """Index names by trigrams where this SQLite can: FTS5 of 3.34 and later."""
    try:
        connection.execute(TRIGRAMS)
    except sqlite3.OperationalError:
        return False
    return True
