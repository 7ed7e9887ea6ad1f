"""Queries over one schema, as they lie in a folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

FOLDER = Path(os.environ.get("HEADWATER_BENCH_CORPORA", "~/.cache/headwater/bench")).expanduser()
_NOT_QUERIES = frozenset({"schema.sql", "fkindexes.sql"})

Tables = dict[str, dict[str, str]]
"""Tables by the name that the queries call them by, with their columns' types."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Queries that DuckDB binds over one schema."""

    name: str
    connection: duckdb.DuckDBPyConnection
    tables: Tables
    queries: tuple[str, ...]


def folders() -> list[Path]:
    """All corpora that are there."""
    return [one for one in sorted(FOLDER.glob("*")) if (one / "schema.sql").exists()]


def corpus(folder: Path) -> Corpus:
    """Read a folder; whatever else ends with .sql counts as a query."""
    connection = duckdb.connect()
    connection.execute((folder / "schema.sql").read_text())
    files = sorted(file for file in folder.glob("*.sql") if file.name not in _NOT_QUERIES)
    queries = tuple(file.read_text().strip().rstrip(";") for file in files)
    return Corpus(folder.name, connection, _tables(connection), queries)


def _tables(connection: duckdb.DuckDBPyConnection) -> Tables:
    rows = connection.execute(
        "SELECT database_name, schema_name, table_name, column_name, data_type "
        "FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    found: Tables = {}
    for database, schema, table, column, type_ in rows:
        plain = (database, schema) == ("memory", "main")
        name = table if plain else f"{database}.{schema}.{table}"
        found.setdefault(str(name), {})[str(column)] = str(type_)
    return found
