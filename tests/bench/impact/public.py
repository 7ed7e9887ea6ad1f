"""Public queries as a project: views over the tables, tables of the queries, and their readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sqlglot
from sqlglot import exp

from tests.bench.sql.corpus import Corpus
from tests.oracle.impact.build import outputs
from tests.oracle.impact.project import Column, Columns, Kind, Model, Project, Source


def project(corpus: Corpus) -> Project:
    """The project of a corpus; queries that cannot become tables are left out."""
    sources = tuple(
        Source(name, tuple(Column(*each) for each in columns.items()))
        for name, columns in sorted(corpus.tables.items())
    )
    staged = tuple(_staged(each, number) for number, each in enumerate(sources))
    names = {each.name.lower() for each in sources}
    marts = tuple(_mart(sql, f"q{n:02}", names) for n, sql in enumerate(corpus.queries, 1))
    base = Project("duckdb", sources, (*staged, *marts))
    known = outputs(base)
    models = [each for each in base.models if each.name in known]
    readers = [
        reader
        for number, each in enumerate(models)
        if each.kind is Kind.TABLE
        for reader in _readers(each, known[each.name], number)
    ]
    return replace(base, models=(*models, *readers))


def _staged(source: Source, number: int) -> Model:
    """Every other view is a star, as people write them."""
    listed = "*" if number % 2 else ", ".join(each.name for each in source.columns)
    sql = f"SELECT {listed} FROM {source.name}"
    return Model(f"stg_{source.name}", Kind.VIEW, sql, (source.name,))


def _mart(sql: str, name: str, tables: set[str]) -> Model:
    """A query that reads the views under the names of the tables."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    common = {each.alias_or_name.lower() for each in tree.find_all(exp.CTE)}
    read: dict[str, None] = {}
    for table in list(tree.find_all(exp.Table)):
        called = table.name.lower()
        if called in tables and called not in common:
            staged = f"stg_{called}"
            read[staged] = None
            alias = table.alias or called
            table.replace(exp.alias_(exp.to_table(staged), alias, table=True))
    return Model(name, Kind.TABLE, tree.sql("duckdb"), tuple(read))


def _readers(model: Model, columns: Columns, number: int) -> Iterator[Model]:
    """A dashboard for each; an extract of all columns, and an export by position, for some."""
    first = f'"{columns[0].name}"'
    counted = f"SELECT count(*) AS n, max({first}) AS most FROM {model.name}"
    yield Model(f"dash_{model.name}", Kind.QUERY, counted, (model.name,))
    everything = f"SELECT * FROM {model.name}"
    if number % 2:
        yield Model(f"extract_{model.name}", Kind.QUERY, everything, (model.name,))
    else:
        name = f"export_{model.name}"
        yield Model(name, Kind.INSERT, everything, (model.name,), columns)
