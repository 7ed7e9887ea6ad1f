"""Types, and what does not mix, as DuckDB tells it: every operation on every pair of types."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from sqlglot.expressions import DataType

from ingest.sql.rules import rules_of
from ingest.sql.schema import schema_of
from ingest.sql.script import bind_script

COLUMNS = {
    "bo": "boolean",
    "ti": "tinyint",
    "i": "integer",
    "b": "bigint",
    "h": "hugeint",
    "f": "float",
    "d": "double",
    "dec": "decimal(10,2)",
    "s": "varchar",
    "dt": "date",
    "ts": "timestamp",
    "tz": "timestamptz",
    "tm": "time",
    "iv": "interval",
    "l": "integer[]",
}
PAIRED = (
    "{a} = {b}",
    "{a} < {b}",
    "{a} in ({b})",
    "coalesce({a}, {b})",
    "case when true then {a} else {b} end",
    "{a} + {b}",
    "{a} - {b}",
    "{a} * {b}",
    "{a} / {b}",
    "{a} % {b}",
    "{a} // {b}",
    "greatest({a}, {b})",
    "nullif({a}, {b})",
    "{a} between {b} and {b}",
)
SINGLE = (
    "sum({a})",
    "avg({a})",
    "min({a})",
    "count({a})",
    "stddev({a})",
    "string_agg({a}, ',')",
    "list({a})",
    "upper({a})",
    "length({a})",
    "abs({a})",
    "round({a})",
    "floor({a})",
    "sqrt({a})",
    "substr({a}, 1, 2)",
    "left({a}, 1)",
    "replace({a}, 'a', 'b')",
    "date_trunc('month', {a})",
    "year({a})",
    "extract(day from {a})",
    "strftime({a}, '%Y')",
    "bool_or({a})",
    "any_value({a})",
    "lag({a}) over ()",
    "cast({a} as varchar)",
    "cast({a} as integer)",
    "last_day({a})",
    "{a} is null",
    "{a} like 'a'",
    "case when {a} then 1 end",
    "power({a}, 2)",
    "coalesce({a}, 5)",
    "coalesce({a}, 'x')",
    "coalesce({a}, null)",
    "{a} + 5",
    "{a} * 1.5",
    "{a} < 5",
    "{a} < '5'",
    "(select max({a}) from t)",
)


def expressions() -> Iterator[str]:
    """Every operation with every column, or pair of columns."""
    for one in COLUMNS:
        yield from (form.format(a=one) for form in SINGLE)
        for other in COLUMNS:
            yield from (form.format(a=one, b=other) for form in PAIRED)


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute(f"create table t ({', '.join(f'{k} {v}' for k, v in COLUMNS.items())})")
        yield made


def truth(database: duckdb.DuckDBPyConnection, sql: str) -> str | None:
    """The type that DuckDB gives; None: it refuses."""
    try:
        return str(database.execute(f"describe {sql}").fetchall()[0][1])
    except (duckdb.BinderException, duckdb.NotImplementedException):
        return None


def told(sql: str) -> DataType | str | None:
    """The engine's type; None: not known; `refused`."""
    script = bind_script(sql, schema_of({"t": COLUMNS}, rules_of("duckdb")))
    (bound,) = script.statements
    if bound.told.problems:
        return "refused"
    return bound.outputs[0].columns[0].type


def disagreements(database: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for expression in expressions():
        sql = f"select {expression} as x from t"
        right, ours = truth(database, sql), told(sql)
        if right is None and ours not in ("refused", None):
            yield f"{expression}: DuckDB refuses, we say {ours}"
        elif right is not None and ours == "refused":
            yield f"{expression}: DuckDB gives {right}, we refuse"
        elif right is not None and isinstance(ours, DataType) and ours != _read(right):
            yield f"{expression}: DuckDB gives {right}, we say {ours.sql('duckdb')}"


def _read(text: str) -> DataType:
    return DataType.build(text, dialect="duckdb")


def test_every_operation_has_duckdbs_type(database: duckdb.DuckDBPyConnection) -> None:
    assert list(disagreements(database)) == []
