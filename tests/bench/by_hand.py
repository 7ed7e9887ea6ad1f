"""The documented closure, asked by hand of a Neo4j: its plan and its time."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, LiteralString, cast

from neo4j import Driver, GraphDatabase
from rich.console import Console
from rich.table import Table

from ingest.names import ColumnName
from tests.services.neo4j import Neo4jAddress

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "neo4j.md"
ONE_STATEMENT = "VarLengthExpand(Pruning,BFS,All)"
"""The operator that visits each node once; others would count every path."""


def show(address: Neo4jAddress, roots: Sequence[ColumnName]) -> None:
    """Print what the server does for one root, and how long it takes for all of them.

    Raises:
        AssertionError: it is not one expansion that visits each node once.
    """
    [statement, *_] = re.findall(r"```cypher\n(.*?)```", PAGE.read_text(), re.DOTALL)
    query = cast("LiteralString", statement)
    auth = address.user, address.password
    with GraphDatabase.driver(address.uri, auth=auth) as driver:  # pyright: ignore[reportUnknownMemberType] its settings are untyped
        profile = _ask(driver, "PROFILE " + query, roots[0])
        table = Table(
            "operator", "rows", "db hits", title="The documented closure, in one statement"
        )
        operators = list(_operators(profile))
        for name, rows, hits in operators:
            table.add_row(name, f"{rows:,}", f"{hits:,}")
        Console().print(table)
        if not any(name.startswith(ONE_STATEMENT) for name, *_ in operators):
            raise AssertionError(operators)
        times: list[float] = []
        for root in roots:
            start = time.perf_counter()
            _ask(driver, query, root)
            times.append((time.perf_counter() - start) * 1000)
        cuts = statistics.quantiles(times, n=20)
        Console().print(f"by hand: p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms")


def _ask(driver: Driver, query: LiteralString, root: ColumnName) -> dict[str, Any]:
    values = {
        "namespace": root.dataset.namespace,
        "dataset": root.dataset.name,
        "column": root.path[0],
    }
    summary = driver.execute_query(query, values, database_="neo4j").summary
    return cast("dict[str, Any]", summary.profile or {})  # pyright: ignore[reportUnknownMemberType] a plain dict


def _operators(plan: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Give operators, rows and database hits, the result first."""
    name = plan["operatorType"].partition("@")[0]
    yield name, plan["args"]["Rows"], plan["args"]["DbHits"]
    for child in plan.get("children", ()):
        yield from _operators(child)
