"""Numbered migrations: each file runs once, in order, all in one transaction."""

from __future__ import annotations

import sqlite3
from importlib.resources.abc import Traversable

from catalog.errors import Mismatch
from catalog.sqlite.connection import run_script, writing


def migrate(connection: sqlite3.Connection, folder: Traversable) -> None:
    """Bring a file up to the last migration of a folder (`0001_name.sql` and so on).

    Raises:
        Mismatch: a newer release wrote the file.
    """
    files = sorted(
        (one for one in folder.iterdir() if one.name.endswith(".sql")), key=lambda one: one.name
    )
    with writing(connection):
        done = version_of(connection)
        if done > len(files):
            message = f"the file is of version {done}, this release knows {len(files)}: upgrade"
            raise Mismatch(message)
        for script in files[done:]:
            run_script(connection, script.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA user_version={len(files)}")


def version_of(connection: sqlite3.Connection) -> int:
    """Give the number of the last migration that a file went through."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
