"""Connections to SQLite files, with the settings on which durability and speed depend.

WAL with `synchronous=FULL`: what is committed survives power loss. With `NORMAL` the last commits
may be lost then, never a part of one; that is enough for what is made from a log. Only the writer
checkpoints: in SQLite before 3.51.3 a checkpoint by one connection that races a commit by another
can corrupt the file. Statistics (ANALYZE) are never made: with them SQLite plans frontier queries
badly.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from catalog.errors import Unavailable

BUSY_SECONDS = 10.0
"""How long a connection waits for another's lock."""

CACHE_KIB = 65_536


def connect_writer(path: Path, *, durable: bool) -> sqlite3.Connection:
    """Open the one connection that writes to a file, making the file if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _open(f"{path.absolute().as_uri()}?mode=rwc")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
    connection.execute("PRAGMA wal_autocheckpoint=4000")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """Open a connection that can only read; it never checkpoints."""
    connection = _open(f"{path.absolute().as_uri()}?mode=ro")
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    return connection


def _open(uri: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            uri,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
    except sqlite3.Error as error:
        raise Unavailable(f"{uri}: {error}") from error


@contextmanager
def writing(connection: sqlite3.Connection) -> Generator[None]:
    """Commit what happens within, or, if it fails, nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Generator[None]:
    """See one state of the file throughout."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


@contextmanager
def reported(path: Path) -> Generator[None]:
    """Turn SQLite's errors into ours where the file does not answer now, but may later.

    A statement that is wrong stays wrong: such errors pass.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise
        raise Unavailable(f"{path}: {error}") from error


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one, within the transaction that is open (`executescript` commits)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            with closing(connection.execute(statement)):
                statement = ""
