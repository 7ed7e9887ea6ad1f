"""How exact and how fast the SQL engine is on public queries, judged by DuckDB's bound plans.

`python -m tests.bench.sql`: each folder of $HEADWATER_BENCH_CORPORA (default
~/.cache/headwater/bench) is a corpus: *.sql files of one query each, and `schema.sql`, the CREATE
TABLE statements that DuckDB runs before them. A clone of the Join Order Benchmark
(gregrahn/join-order-benchmark) is such a folder as it is. Nothing is downloaded here.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import duckdb
import sqlglot
from rich.console import Console
from rich.table import Table
from sqlglot import lineage as sqlglot_lineage

from ingest.sql.jsonl import answer
from tests.oracle.answer import Engine, lineage
from tests.oracle.comparison import Comparison, of_everything, of_values, truth_of
from tests.oracle.grammar.schema import Column, Kind, Schema
from tests.oracle.grammar.schema import Table as Declared
from tests.oracle.plan.interpret import UnknownOperatorError, interpreted

FOLDER = Path(os.environ.get("HEADWATER_BENCH_CORPORA", "~/.cache/headwater/bench")).expanduser()
NOT_QUERIES = frozenset({"schema.sql", "fkindexes.sql"})


@dataclass(frozen=True, slots=True)
class Corpus:
    """Queries that DuckDB binds over one schema."""

    name: str
    connection: duckdb.DuckDBPyConnection
    schema: Schema
    queries: tuple[str, ...]


def corpus(folder: Path) -> Corpus:
    """Read a folder; whatever else ends with .sql counts as a query that was not judged."""
    connection = duckdb.connect()
    connection.execute((folder / "schema.sql").read_text())
    found: dict[str, list[Column]] = {}
    rows = connection.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall()
    for table, column in rows:
        found.setdefault(str(table), []).append(Column(str(column), Kind.TEXT))
    files = sorted(file for file in folder.glob("*.sql") if file.name not in NOT_QUERIES)
    tables = tuple(Declared(name, tuple(columns)) for name, columns in found.items())
    queries = tuple(file.read_text().strip().rstrip(";") for file in files)
    return Corpus(folder.name, connection, Schema(tables), queries)


def compared(one: Corpus, sql: str) -> tuple[Comparison, Comparison] | None:
    """Direct and all edges against the plan; None if DuckDB has no plan that is understood."""
    try:
        described = one.connection.execute(f"DESCRIBE {sql}").fetchall()
    except duckdb.Error:  # other words are reserved, or types do not mix; not judged
        return None
    plan = one.connection.execute(
        "SELECT json_serialize_plan(?::VARCHAR, optimize := false)", [sql]
    ).fetchone()
    try:
        written = interpreted(str(plan[0]) if plan else "", tuple(str(row[0]) for row in described))
    except UnknownOperatorError:
        return None
    if written is None:
        return None
    truth, said = truth_of(written), lineage(cast("Engine", answer), sql, one.schema)
    return of_values(truth, said), of_everything(truth, said)


def per_second(queries: tuple[str, ...], work: Callable[[str], object]) -> float:
    """Statements per second of CPU time, warm."""
    for sql in queries:
        work(sql)
    start = time.process_time()
    for sql in queries:
        work(sql)
    return len(queries) / (time.process_time() - start)


def f1(found: list[Comparison]) -> float:
    """Over all edges of a corpus."""
    right = sum(len(one.right) for one in found)
    others = sum(len(one.wrong) + len(one.missing) for one in found)
    return 2 * right / (2 * right + others)


def main() -> None:
    """Print a line for each corpus."""
    table = Table("corpus", "judged", "F1 direct", "F1 all", "exact all", "q/cpu-s", "sqlglot")
    folders = [one for one in sorted(FOLDER.glob("*")) if (one / "schema.sql").exists()]
    if not folders:
        Console().print(f"There is no corpus in {FOLDER}.\n\n{__doc__}")
        return
    for folder in folders:
        table.add_row(*measured(corpus(folder)))
    Console().print(table)


def measured(one: Corpus) -> tuple[str, ...]:
    """The row of a corpus; sqlglot's `lineage` of all columns runs beside."""
    judged = [found for sql in one.queries if (found := compared(one, sql)) is not None]
    schema: dict[str, Any] = one.schema.as_request()

    def ours(sql: str) -> object:
        return answer({"id": 1, "sql": sql, "dialect": "duckdb", "schema": schema})

    def peer(sql: str) -> object:
        tree = sqlglot.parse_one(sql, read="duckdb")
        of_all: Callable[..., object] = cast("Any", sqlglot_lineage).lineage
        return of_all(None, tree, schema=schema, dialect="duckdb")

    exact = sum(every.exact for _, every in judged) / len(judged)
    return (
        one.name,
        f"{len(judged)} of {len(one.queries)}",
        f"{f1([direct for direct, _ in judged]):.4f}",
        f"{f1([every for _, every in judged]):.4f}",
        f"{exact:.4f}",
        f"{per_second(one.queries, ours):.0f}",
        f"{per_second(one.queries, peer):.0f}",
    )


if __name__ == "__main__":
    main()
