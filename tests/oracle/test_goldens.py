"""The hand-written statements of the checked dialects, confirmed by the databases themselves.

Of DuckDB's, the edges that are written down must be those of its bound plan; of PostgreSQL's, the
output columns those that it describes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import duckdb
import pytest
from sqlglot import exp

from ingest.sql.errors import Code
from ingest.sql.script import parse_script
from tests.golden.statements import FILES, FOLDER, Golden, read
from tests.oracle.answer import End, Lineage
from tests.oracle.comparison import of_everything, of_values, truth_of
from tests.oracle.database import Bound, Refused, refused
from tests.oracle.grammar.schema import Schema
from tests.oracle.plan.cells import node, nodes
from tests.oracle.plan.interpret import interpreted
from tests.oracle.plan.writes import Written
from tests.oracle.postgresql import PostgreSQL


def undeclared(golden: Golden) -> set[str]:
    """The tables of a golden that it neither declares nor makes: a server has none of them."""
    nodes = [node for _, node in parse_script(golden.sql, golden.dialect).statements]
    named = {
        table.name
        for node in nodes
        for table in node.find_all(exp.Table)
        if isinstance(table.this, exp.Identifier)
    }
    within = {cte.alias for node in nodes for cte in node.find_all(exp.CTE)}
    made = {node.find(exp.Table) for node in nodes if isinstance(node, exp.Create)}
    renamed = {one.find(exp.Table) for node in nodes for one in node.find_all(exp.AlterRename)}
    new = {table.name for table in made | renamed if table is not None}
    return named - within - new - {name.rpartition(".")[2] for name in golden.schema}


OF_DUCKDB = [file for file in FILES if read(file).dialect == "duckdb"]
OF_POSTGRESQL = [
    file
    for file in FILES
    if (golden := read(file)).dialect == "postgres"
    and golden.error != Code.UNSUPPORTED  # which is our word alone
    and not undeclared(golden)
]
DEFINITIONS = (exp.Create, exp.Alter, exp.Drop)


QUERIES = ("select", "with", "from", "pivot", "unpivot", "(")


def name(file: Path) -> str:
    return str(file.relative_to(FOLDER))


@pytest.mark.parametrize("file", OF_DUCKDB, ids=name)
def test_duckdbs_plan_has_these_edges(file: Path) -> None:
    golden = read(file)
    with duckdb.connect() as connection:
        for statement in declarations(golden):
            connection.execute(statement)
        if golden.error is not None:
            with pytest.raises(duckdb.Error) as caught:
                connection.execute(golden.sql)
            assert refused(caught.value).error == golden.error
            return
        plans = written(connection, golden.sql)

    assert plans
    for output, plan in plans.items():
        truth, said = truth_of(plan), lineage_of(golden, output if len(plans) > 1 else "")
        assert of_values(truth, said).exact, of_values(truth, said)
        assert of_everything(truth, said).exact, of_everything(truth, said)


@pytest.mark.parametrize("file", OF_POSTGRESQL, ids=name)
def test_postgresql_describes_these_columns(file: Path, postgresql: str) -> None:
    """Of a query, and of what a script makes; a write must bind."""
    golden = read(file)
    told: Bound | Refused = Bound(())
    with PostgreSQL(postgresql, Schema(())) as server:
        for statement in declarations(golden):
            server.run(statement)
        for span, parsed in parse_script(golden.sql, "postgres").statements:
            sql = golden.sql[span.start : span.end].rstrip(";")
            told = server.bind(sql)
            if isinstance(parsed, DEFINITIONS) and isinstance(told, Bound):
                server.run(sql)
                if isinstance(parsed, exp.Create) and isinstance(parsed.this, exp.Table):
                    told = server.bind(f"SELECT * FROM {parsed.this.sql('postgres')}")

    if golden.error is not None:
        assert isinstance(told, Refused)
        assert told.error == golden.error
        return
    assert isinstance(told, Bound), told
    names = {column for column, _ in told.outputs}
    assert names == {column for _, column in golden.columns} or not told.outputs


def declarations(golden: Golden) -> Iterator[str]:
    """The tables of a golden."""
    for table, columns in golden.schema.items():
        listed = ", ".join(f"{column} {type_}" for column, type_ in columns.items())
        yield f"CREATE TABLE {table} ({listed})"


def written(connection: duckdb.DuckDBPyConnection, script: str) -> dict[str, Written]:
    """What each statement of a script gives, by the name of what it makes ("": nothing)."""
    found: dict[str, Written] = {}
    for statement in connection.extract_statements(script):
        sql = statement.query.strip().rstrip(";")
        plan = planned(connection, sql)
        (made,) = nodes(node(json.loads(plan))["plans"])
        path = cast("list[str]", node(node(made.get("info")).get("qualified_name")).get("path"))
        if path:
            connection.execute(sql)
        if made["type"] == "LOGICAL_CREATE_MACRO":
            continue
        if made["type"] == "LOGICAL_CREATE_VIEW":
            sql = f"FROM {path[-1]}"
            plan = planned(connection, sql)
        names = described(connection, sql) if sql.lower().startswith(QUERIES) else ()
        interpretation = interpreted(plan, names)
        assert interpretation is not None, sql
        found[path[-1] if path else ""] = interpretation
    return found


def planned(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The bound plan before optimisation, as JSON."""
    row = connection.execute(
        "SELECT json_serialize_plan(?::VARCHAR, optimize := false)", [sql]
    ).fetchone()
    return str(row[0]) if row else ""


def described(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[str, ...]:
    """The names of a query's outputs."""
    return tuple(str(row[0]) for row in connection.execute(f"DESCRIBE {query}").fetchall())


def lineage_of(golden: Golden, output: str) -> Lineage:
    """What is written down, in the shape in which the engine's answers are compared."""
    direct: dict[str, set[End]] = {}
    own: dict[str, set[End]] = {}
    for of, column in sorted(golden.columns):
        if of == output:
            direct[column.lower()], own[column.lower()] = set(), set()
    rows: set[End] = set()
    for of, column, arrow, table, source, _ in golden.edges:
        if of != output or source == "*":
            continue
        end = (str(table), source.lower())
        if column == "rows":
            rows.add(end)
            continue
        own[column.lower()].add(end)
        if arrow == "<-":
            direct[column.lower()].add(end)
    return Lineage(
        tuple(direct),
        {column: frozenset(ends) for column, ends in direct.items()},
        {column: frozenset(ends) for column, ends in own.items()},
        frozenset(rows),
        None,
    )
