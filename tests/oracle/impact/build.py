"""Builds a project in DuckDB: what every relation holds, or why it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import duckdb

from tests.oracle.impact.project import Column, Columns, Kind, Model, Project, table_ddl

Fills: TypeAlias = Mapping[str, str]
"""For each source the query that yields its rows."""


@dataclass(frozen=True)
class Held:
    """Columns and rows, these as text and in no order."""

    columns: Columns
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Failed:
    """`when`: "bind" or "run"."""

    when: str
    error: str


@dataclass(frozen=True)
class Blocked:
    """It reads a model that failed or is blocked itself; it was not tried."""


Built: TypeAlias = Held | Failed | Blocked


def build(project: Project, fills: Fills) -> dict[str, Built]:
    """Every source and model by name."""
    with duckdb.connect(config={"threads": 1}) as connection:
        built: dict[str, Built] = {}
        for source in project.sources:
            connection.execute(source.ddl)
            connection.execute(f"INSERT INTO {source.name} {fills[source.name]}")
            built[source.name] = _held(connection, f"FROM {source.name}")
        for model in project.models:
            blocked = any(isinstance(built.get(name), Failed | Blocked) for name in model.reads)
            built[model.name] = Blocked() if blocked else _made(connection, model)
        return built


def outputs(project: Project) -> dict[str, Columns]:
    """The columns of every relation, on empty sources; without those that fail."""
    empty = {
        each.name: f"SELECT {', '.join(['NULL'] * len(each.columns))} LIMIT 0"
        for each in project.sources
    }
    built = build(project, empty)
    return {name: each.columns for name, each in built.items() if isinstance(each, Held)}


def _made(connection: duckdb.DuckDBPyConnection, model: Model) -> Built:
    if model.kind is Kind.INSERT:
        connection.execute(table_ddl(model.name, model.target))
    try:
        connection.execute(f"EXPLAIN {model.statement}")
    except duckdb.Error as error:
        return Failed("bind", _first_line(error))
    try:
        if model.kind is Kind.QUERY:
            return _held(connection, model.sql)
        connection.execute(model.statement)
        return _held(connection, f"FROM {model.name}")
    except duckdb.Error as error:
        return Failed("run", _first_line(error))


def _held(connection: duckdb.DuckDBPyConnection, sql: str) -> Held:
    described: Sequence[Sequence[object]] = connection.execute(f"DESCRIBE {sql}").fetchall()
    columns = tuple(Column(str(each[0]), str(each[1])) for each in described)
    return Held(columns, tuple(tuple(map(repr, row)) for row in connection.execute(sql).fetchall()))


def _first_line(error: duckdb.Error) -> str:
    return str(error).split("\n", 1)[0]
