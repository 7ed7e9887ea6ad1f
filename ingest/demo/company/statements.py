"""The company's SQL, one statement a file, by the repository it belongs to."""

from __future__ import annotations

from importlib.resources import files


def statement(repository: str, name: str) -> str:
    """Give the text of a statement, without the line end after it."""
    return (files("ingest.demo") / "sql" / repository / f"{name}.sql").read_text("utf-8").strip()
