"""Public queries as a project: views over the tables, tables of the queries, and their readers."""

from __future__ import annotations

from dataclasses import replace

import sqlglot
from sqlglot import exp

from tests.bench.impact.data import data, literals
from tests.bench.impact.subject import Subject, readers
from tests.bench.sql.corpus import Corpus
from tests.oracle.grammar.draw import Draw
from tests.oracle.impact.build import outputs
from tests.oracle.impact.project import Column, Kind, Model, Project, Source

DATA_SETS = 3


def subject(corpus: Corpus) -> Subject:
    """The project of a corpus, on data drawn for its queries."""
    base, known = project(corpus), literals(corpus)
    draw = Draw(f"public changes {corpus.name}")
    drawn = tuple(data(draw, base, known) for _ in range(DATA_SETS))
    return Subject(corpus.name, base, drawn, draw)


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
    return replace(base, models=(*models, *readers(models, known)))


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
