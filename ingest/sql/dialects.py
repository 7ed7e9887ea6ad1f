"""Names of dialects as producers write them, and as sqlglot does."""

from __future__ import annotations

from functools import cache

from sqlglot import Dialect

_ALSO = {
    "ansi": "",
    "awsathena": "athena",
    "azuresql": "tsql",
    "bigquerysql": "bigquery",
    "generic": "",
    "googlesql": "bigquery",
    "hiveql": "hive",
    "hplsql": "hive",
    "mariadb": "mysql",
    "mssql": "tsql",
    "plpgsql": "postgres",
    "postgresql": "postgres",
    "prestosql": "trino",
    "pyspark": "spark",
    "sparksql": "spark",
    "sqlserver": "tsql",
    "standard": "",
    "synapse": "tsql",
    "transactsql": "tsql",
    "unity": "databricks",
}
"""Other names in use, without spaces, hyphens and underscores."""


@cache
def dialect_called(name: str) -> str | None:
    """Give sqlglot's name of a dialect; None of one that it does not know."""
    plain = "".join(letter for letter in name.casefold() if letter.isalnum())
    called = _ALSO.get(plain, plain)
    return called if not called or Dialect.get(called) else None
