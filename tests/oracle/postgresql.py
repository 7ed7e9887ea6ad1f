"""PostgreSQL as the judge of binding: it parses and describes statements over empty tables."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import LiteralString, Self, cast

import psycopg
from psycopg.pq import DiagnosticField, ExecStatus
from psycopg.pq.abc import PGresult

from tests.oracle.database import Bound, ErrorClass, Refused
from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.schema import Kind, Schema, Table, quoted

TYPES: dict[Kind, str] = {
    Kind.STRUCT: "book",
    Kind.STRUCTS: "book[]",
    Kind.MAP: "jsonb",
}
"""What a stored column is called here, where it is called otherwise than in DuckDB."""

FOREIGN = frozenset(
    {
        Construct.SEMI_JOIN,
        Construct.ANTI_JOIN,
        Construct.ASOF_JOIN,
        Construct.BY_NAME,
        Construct.QUALIFY,
        Construct.GROUP_BY_ALL,
        Construct.PIVOT_CLAUSE,
        Construct.PIVOT_STATEMENT,
        Construct.UNPIVOT_CLAUSE,
        Construct.UNPIVOT_STATEMENT,
        Construct.STAR_EXCLUDE,
        Construct.STAR_REPLACE,
        Construct.STAR_RENAME,
        Construct.COLUMNS,
        Construct.LAMBDA,
    }
)
"""What PostgreSQL has no words for."""

_HOME = "headwater_oracle"
_BY_STATE = {
    "42703": ErrorClass.UNKNOWN_COLUMN,
    "42P01": ErrorClass.UNKNOWN_COLUMN,  # a qualifier that no FROM item has
    "42702": ErrorClass.AMBIGUOUS,
    "42P09": ErrorClass.AMBIGUOUS,
    "42P10": ErrorClass.ARITY,
    "42804": ErrorClass.TYPE,
}
_COUNTED = ("same number of columns", "has more", "only one column", "too many columns")


class PostgreSQL:
    """The tables of a schema, without rows, in a schema of their own that goes with the object."""

    def __init__(self, uri: str, schema: Schema) -> None:
        self._connection = psycopg.connect(uri, autocommit=True)
        self._schema = schema
        self.run(f"CREATE SCHEMA {_HOME}")
        self.run(f"SET search_path = {_HOME}")
        self.run("CREATE TYPE book AS (lang varchar, size integer)")
        for table in schema.tables:
            self.run(ddl(table))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.run(f"DROP SCHEMA {_HOME} CASCADE")
        self._connection.close()

    def bind(self, sql: str) -> Bound | Refused:
        """What it says to the statement without running it; no outputs for a write."""
        server = self._connection.pgconn
        prepared = server.prepare(b"", sql.encode())
        if prepared.status != ExecStatus.COMMAND_OK:
            return _refused(prepared)
        described = server.describe_prepared(b"")
        return Bound(
            tuple(
                ((described.fname(at) or b"").decode(), self._type(described, at))
                for at in range(described.nfields)
            )
        )

    @contextmanager
    def redefined(self, table: Table) -> Generator[None]:
        """The table of that name has these columns instead."""
        self._recreate(table)
        try:
            yield
        finally:
            self._recreate(self._schema.table(table.name))

    def _recreate(self, table: Table) -> None:
        self.run(f"DROP TABLE {quoted(table.name)}")
        self.run(ddl(table))

    def run(self, sql: str) -> None:
        """Execute a statement."""
        self._connection.execute(cast("LiteralString", sql))

    def _type(self, described: PGresult, at: int) -> str:
        row = self._connection.execute(
            "SELECT format_type(%s, %s)", (described.ftype(at), described.fmod(at))
        ).fetchone()
        return str(row[0]) if row else ""


def as_request(schema: Schema) -> dict[str, dict[str, str]]:
    """The `schema` of a lineage request, with the types as PostgreSQL calls them."""
    return {
        table.name: {column.name: _type(column.kind) for column in table.columns}
        for table in schema.tables
    }


def ddl(table: Table) -> str:
    """The statement that makes the table."""
    columns = ", ".join(f"{quoted(each.name)} {_type(each.kind)}" for each in table.columns)
    return f"CREATE TABLE {quoted(table.name)} ({columns})"


def _type(kind: Kind) -> str:
    return TYPES.get(kind, str(kind))


def _refused(told: PGresult) -> Refused:
    state = (told.error_field(DiagnosticField.SQLSTATE) or b"").decode()
    message = (told.error_field(DiagnosticField.MESSAGE_PRIMARY) or b"").decode()
    if any(words in message for words in _COUNTED):
        return Refused(ErrorClass.ARITY, message)
    if state == "42601":
        return Refused(ErrorClass.SYNTAX, message)
    return Refused(_BY_STATE.get(state, ErrorClass.OTHER), f"{state} {message}")
