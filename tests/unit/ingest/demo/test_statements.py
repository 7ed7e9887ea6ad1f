"""The company's SQL against its declared schemas and lineage: sqlglot resolves, DuckDB binds."""

from __future__ import annotations

import re

import duckdb
import pytest
import sqlglot
from sqlglot import exp
from sqlglot.lineage import (
    Node,
    lineage,  # pyright: ignore[reportUnknownVariableType] # its schema is a bare dict
)
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from ingest.demo.company.meridian_air import MERIDIAN_AIR
from ingest.demo.model import Column, Dataset, Derivation, Job, Revision

WHOLE = "*"
IN_EXPRESSION = {"IDENTITY", "TRANSFORMATION", "AGGREGATION", "CONDITIONAL", "WINDOW"}
DIALECTS = {
    "snowflake": "snowflake",
    "postgres": "postgres",
    "bigquery": "bigquery",
    "s3": "spark",
}
FAMILIES = {
    "number": r"NUMBER|NUMERIC|DECIMAL|SMALLINT|INT|BIGINT|HUGEINT|DOUBLE|FLOAT|REAL",
    "text": r"VARCHAR|CHAR|TEXT|STRING|UUID",
    "truth": r"BOOL",
    "time": r"TIMESTAMP",
    "day": r"DATE",
}


def sql_of_jobs() -> list[tuple[Job, Revision]]:
    return [(job, code) for job in MERIDIAN_AIR.jobs() for code in job.revisions if code.sql]


def statements() -> list[tuple[Job, Revision]]:
    return [(job, code) for job, code in sql_of_jobs() if code.derivations]


@pytest.fixture(params=statements(), ids=lambda it: f"{it[0].at.name} since {it[1].since}")
def code(request: pytest.FixtureRequest) -> Revision:
    _, revision = request.param
    assert isinstance(revision, Revision)
    return revision


def test_each_output_column_comes_from_the_columns_declared(code: Revision) -> None:
    if code.output is None:
        return
    query = select_of(code)
    names = [column.name for column in written(code, query)]
    declared = {name: in_expression(code, name) for name in names}

    query = query.select(
        *(exp.alias_(it.unalias(), f"c{i}") for i, it in enumerate(query.selects)), append=False
    )
    found = {
        name: leaves(lineage(f"c{i}", query.copy(), schema=schema(code), dialect=dialect(code)))
        for i, name in enumerate(names)
    }

    assert found == declared


def test_one_statement_cannot_be_parsed_because_its_template_was_never_rendered() -> None:
    unparsed = [job.at.name for job, code in sql_of_jobs() if not parses(code)]

    assert unparsed == ["finance_close.reconcile_payments"]


def test_every_column_read_is_declared_and_the_other_way_round(code: Revision) -> None:
    query = qualify(select_of(code), schema=schema(code), dialect=dialect(code))
    aliases = {
        table.alias_or_name: table
        for table in query.find_all(exp.Table)
        if key_of(table) in tables(code)
    }

    read = {
        (key_of(aliases[column.table]), column.name.upper())
        for column in query.find_all(exp.Column)
        if column.table in aliases
    }

    assert read == {source for it in code.derivations for source in sources_of(it, code)}


def test_the_statement_binds_and_its_columns_have_the_declared_types(code: Revision) -> None:
    query, names = select_of(code), {key: f"t{i}" for i, key in enumerate(tables(code))}
    for table in list(query.find_all(exp.Table)):
        if key_of(table) in names:
            table.replace(exp.to_table(names[key_of(table)], alias=table.alias_or_name))

    with duckdb.connect() as connection:
        for key, dataset in tables(code).items():
            connection.execute(f"CREATE TABLE {names[key]} ({ddl(dataset, code)})")
        bound = connection.sql(query.sql("duckdb")).types

    if code.output is not None:
        declared = [family(column.type) for column in written(code, select_of(code))]
        assert [family(str(type_)) for type_ in bound] == declared


def parses(code: Revision) -> bool:
    try:
        sqlglot.parse_one(code.sql or "", dialect=dialect(code))
    except sqlglot.ParseError:
        return False
    return True


def select_of(code: Revision) -> exp.Query:
    tree = sqlglot.parse_one(code.sql or "", dialect=dialect(code))
    query = tree if isinstance(tree, exp.Query) else tree.expression
    assert isinstance(query, exp.Query)
    return query


def dialect(code: Revision) -> str:
    """A replication's SELECT runs in the source; any other statement where its output lies."""
    end = code.inputs[0] if code.output is None or (code.sql or "").startswith("SELECT") else None
    system = (end or code.output or code.inputs[0]).at.namespace.split(":")[0]
    return code.dialect or DIALECTS[system]


def tables(code: Revision) -> dict[tuple[str, ...], Dataset]:
    """The inputs by their names as the statement writes them."""
    return {tuple(part.upper() for part in parts(it, code)): it for it in code.inputs}


def parts(dataset: Dataset, code: Revision) -> list[str]:
    length = 2 if dialect(code) in {"postgres", "spark"} else 3
    return re.split(r"[./]", (dataset.also_named or dataset.at).name)[-length:]


def key_of(table: exp.Table) -> tuple[str, ...]:
    return tuple(part.name.upper() for part in table.parts)


def schema(code: Revision) -> MappingSchema:
    known = MappingSchema(dialect=dialect(code))
    for dataset in code.inputs:
        *catalog, db, table = parts(dataset, code)
        known.add_table(
            exp.table_(table, db, catalog[0] if catalog else None),
            {it.name: "VARCHAR" for it in dataset.columns_on(code.since)},
        )
    return known


def written(code: Revision, query: exp.Query) -> list[Column]:
    """The output's columns in the order of the SELECT list."""
    assert code.output is not None
    columns = {column.name.upper(): column for column in code.output.columns_on(code.since)}
    tree = sqlglot.parse_one(code.sql or "", dialect=dialect(code))
    target = tree.this if isinstance(tree, exp.Insert) else None
    listed = [it.name for it in target.expressions] if isinstance(target, exp.Schema) else []
    return [columns[name.upper()] for name in listed or query.named_selects]


def in_expression(code: Revision, target: str) -> set[tuple[tuple[str, ...], str]]:
    return {
        source
        for it in code.derivations
        if it.target == target and it.subtype in IN_EXPRESSION
        for source in sources_of(it, code)
    }


def sources_of(it: Derivation, code: Revision) -> set[tuple[tuple[str, ...], str]]:
    keys = {dataset.at: key for key, dataset in tables(code).items()}
    return {(keys[source.dataset.at], source.column.upper()) for source in it.sources}


def leaves(node: Node) -> set[tuple[tuple[str, ...], str]]:
    found = {
        (key_of(it.expression), it.name.rsplit(".", 1)[-1].strip('"').upper())
        for it in node.walk()
        if isinstance(it.expression, exp.Table)
    }
    return {(key, column) for key, column in found if column != WHOLE}


def ddl(dataset: Dataset, code: Revision) -> str:
    system = DIALECTS.get(dataset.at.namespace.split(":")[0], dialect(code))
    return ", ".join(
        f"{column.name} {exp.DataType.build(column.type, dialect=system).sql('duckdb')}"
        for column in dataset.columns_on(code.since)
    )


def family(type_: str) -> str:
    return next(name for name, pattern in FAMILIES.items() if re.match(pattern, type_.upper()))
