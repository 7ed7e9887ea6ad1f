"""DuckDB as the judge: it binds and runs statements over a world, or a world with one change."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import duckdb

from tests.oracle.grammar.data import Rows
from tests.oracle.grammar.schema import Table, quoted
from tests.oracle.grammar.statement import Statement, World


class ErrorClass(StrEnum):
    """The codes of a lineage answer, and one for what binding alone does not see."""

    SYNTAX = "syntax"
    UNKNOWN_TABLE = "unknown_table"
    UNKNOWN_COLUMN = "unknown_column"
    AMBIGUOUS = "ambiguous"
    ARITY = "arity"
    TYPE = "type"
    OTHER = "other"


@dataclass(frozen=True)
class Refused:
    """The statement does not bind."""

    error: ErrorClass
    message: str


@dataclass(frozen=True)
class Bound:
    """The statement binds; names and types of a query's outputs, none for a write."""

    outputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outcome:
    """What a query yields, or what a write leaves in its target."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_CLASSES: tuple[tuple[str, ErrorClass], ...] = (
    ("Ambiguous reference", ErrorClass.AMBIGUOUS),
    ("possible matches", ErrorClass.AMBIGUOUS),
    ("Could not find key", ErrorClass.UNKNOWN_COLUMN),
    ("Cannot extract field", ErrorClass.UNKNOWN_COLUMN),
    ("referenced in UNPIVOT", ErrorClass.UNKNOWN_COLUMN),
    ("referenced that exists in the SELECT", ErrorClass.UNKNOWN_COLUMN),
    ("not found in FROM clause", ErrorClass.UNKNOWN_COLUMN),
    ("Referenced table", ErrorClass.UNKNOWN_COLUMN),
    ("does not have a column", ErrorClass.UNKNOWN_COLUMN),
    ("does not exist on", ErrorClass.UNKNOWN_COLUMN),
    ("Referenced update column", ErrorClass.UNKNOWN_COLUMN),
    ("No matching columns", ErrorClass.UNKNOWN_COLUMN),
    ("NATURAL JOIN", ErrorClass.UNKNOWN_COLUMN),
    ("columns available but", ErrorClass.ARITY),
    ("same number of result columns", ErrorClass.ARITY),
    ("values were supplied", ErrorClass.ARITY),
    ("expected 1", ErrorClass.ARITY),
    ("out of range", ErrorClass.ARITY),
    ("No function matches", ErrorClass.TYPE),
    ("Cannot compare", ErrorClass.TYPE),
    ("explicit cast", ErrorClass.TYPE),
    ("Cannot mix", ErrorClass.TYPE),
    ("Unimplemented type for cast", ErrorClass.TYPE),
    ("Table with name", ErrorClass.UNKNOWN_TABLE),
)


def refused(error: duckdb.Error) -> Refused:
    """DuckDB's error, by its class."""
    message = str(error).split("\n", 1)[0]
    if isinstance(error, duckdb.ParserException):
        return Refused(ErrorClass.SYNTAX, message)
    found = next((kind for words, kind in _CLASSES if words in message), ErrorClass.OTHER)
    return Refused(found, message)


class Database:
    """One in-memory DuckDB with a world's tables and rows."""

    def __init__(self, world: World) -> None:
        self._connection = duckdb.connect(config={"threads": 1})
        self._world = world
        for table in world.schema.tables:
            self._connection.execute(table.ddl())
            self._fill(table, world.rows[table.name])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def bind(self, statement: Statement) -> Bound | Refused:
        try:
            if statement.target is not None:
                self._connection.execute(f"EXPLAIN {statement.sql}")
                return Bound(())
            rows = self._connection.execute(f"DESCRIBE {statement.sql}").fetchall()
        except duckdb.Error as error:
            return refused(error)
        return Bound(tuple((str(row[0]), str(row[1])) for row in rows))

    def run(self, statement: Statement) -> Outcome | None:
        """None where it fails on these data (a cast, an overflow); leaves no trace."""
        try:
            if statement.target is None:
                return self._outcome(statement.sql)
            with self._undone():
                self._connection.execute(statement.sql)
                return self._outcome(f"FROM {quoted(statement.target)}")
        except duckdb.Error:
            return None

    def plan(self, statement: Statement) -> str:
        """The bound plan before optimisation, as JSON."""
        row = self._connection.execute(
            "SELECT json_serialize_plan(?::VARCHAR, optimize := false)", [statement.sql]
        ).fetchone()
        return "" if row is None else str(row[0])

    @contextmanager
    def redefined(self, table: Table) -> Generator[None]:
        """The table of that name has these columns instead (and no rows)."""
        self._recreate(table)
        try:
            yield
        finally:
            whole = self._world.schema.table(table.name)
            self._recreate(whole)
            self._fill(whole, self._world.rows[table.name])

    @contextmanager
    def with_rows(self, table: Table, rows: Rows) -> Generator[None]:
        """That table holds other rows."""
        self._connection.execute(f"DELETE FROM {quoted(table.name)}")
        self._fill(table, rows)
        try:
            yield
        finally:
            self._connection.execute(f"DELETE FROM {quoted(table.name)}")
            self._fill(table, self._world.rows[table.name])

    @contextmanager
    def _undone(self) -> Generator[None]:
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def _recreate(self, table: Table) -> None:
        self._connection.execute(f"DROP TABLE {quoted(table.name)}")
        self._connection.execute(table.ddl())

    def _fill(self, table: Table, rows: Rows) -> None:
        listed = ", ".join(f"({', '.join(row)})" for row in rows)
        self._connection.execute(f"INSERT INTO {quoted(table.name)} VALUES {listed}")

    def _outcome(self, sql: str) -> Outcome:
        cursor = self._connection.execute(sql)
        names = tuple(str(each[0]) for each in cursor.description or ())
        return Outcome(names, tuple(tuple(map(repr, row)) for row in cursor.fetchall()))
