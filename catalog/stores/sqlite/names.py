"""The stored form of names that are searched."""

from __future__ import annotations

from catalog.stores.codec import dump, load
from ingest.names import FieldPath


def path_text(path: FieldPath) -> str:
    """Encode a path as a JSON array: `.` may be part of a name."""
    return dump(path).decode()


def path_of(text: str) -> FieldPath:
    """Decode a path."""
    return tuple(load(text))


def searchable(text: str) -> str:
    """Give a text as it is compared in a search, in lower case.

    NUL is replaced: it would end the text in SQLite's full-text search.
    """
    return text.lower().replace("\0", "\ufffd")


def sql_key(job: int, run_id: str) -> str:
    """Give the key of the SQL of a run as a witness."""
    return f"sql {job} {run_id}"
