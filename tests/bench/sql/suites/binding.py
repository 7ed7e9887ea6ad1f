"""Statements of suites as DuckDB can bind them: over tables that hold what the statement names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope, traverse_scope

from tests.bench.sql.corpus import Tables
from tests.bench.sql.judge import Judged, truth
from tests.bench.sql.suites.suite import Labelled

_TYPES = ("integer", "varchar", "date")


@dataclass(frozen=True, slots=True)
class Bound:
    """The query of a statement in DuckDB's words, its tables, and what its plan says."""

    sql: str
    tables: Tables
    judged: Judged


def bound(one: Labelled) -> Bound | None:
    """None: DuckDB does not bind it, or it does not say which table a column belongs to."""
    try:
        query = _query(one)
        named = None if query is None else _named(query, one.tables)
    except SqlglotError:
        return None
    if query is None or named is None:
        return None
    sql = query.sql("duckdb")
    tried = (
        _bound(sql, {name: dict.fromkeys(named[name], kind) for name in named}) for kind in _TYPES
    )
    return next((found for found in tried if found is not None), None)


def _query(one: Labelled) -> exp.Query | None:
    trees = [tree for tree in sqlglot.parse(one.sql, read=one.dialect) if tree is not None]
    if len(trees) != 1:
        return None
    query = trees[0] if isinstance(trees[0], exp.Query) else trees[0].args.get("expression")
    return query if isinstance(query, exp.Query) else None


def _named(query: exp.Query, tables: dict[str, list[str]]) -> dict[str, list[str]] | None:
    """The tables with the columns that are asked of them; those that are known stay as they are."""
    found = {_name(table): dict[str, None]() for table in _tables(query)}
    for scope in traverse_scope(query):
        sources = {
            name: each for name, each in scope.sources.items() if isinstance(each, exp.Table)
        }
        for column in scope.columns:
            owner = sources.get(column.table) or (_only(scope) if not column.table else None)
            if isinstance(owner, exp.Table):
                found.setdefault(_name(owner), {})[column.name.lower()] = None
            elif not column.table and sources and len(scope.sources) > 1:
                return None
    known = {name: columns for name, columns in tables.items() if name in found}
    return {**{name: list(columns) or ["anything"] for name, columns in found.items()}, **known}


def _tables(query: exp.Query) -> Iterator[exp.Table]:
    for scope in traverse_scope(query):
        yield from (each for each in scope.sources.values() if isinstance(each, exp.Table))


def _only(scope: Scope) -> exp.Table | None:
    """What a column without a table belongs to where there is one table."""
    sources = list(scope.sources.values())
    return sources[0] if len(sources) == 1 and isinstance(sources[0], exp.Table) else None


def _name(table: exp.Table) -> str:
    return ".".join(part.name.lower() for part in table.parts)


def _bound(sql: str, tables: Tables) -> Bound | None:
    connection = duckdb.connect()
    try:
        for name, columns in tables.items():
            schema = name.rpartition(".")[0]
            if schema:
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            connection.execute(f"CREATE TABLE {name} ({listed})")
    except duckdb.Error:  # a name of three parts, or one that is reserved
        return None
    judged = truth(connection, sql)
    return None if judged is None else Bound(sql, tables, judged)
