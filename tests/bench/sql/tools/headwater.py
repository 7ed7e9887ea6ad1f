"""Headwater, as `headwater sql lineage --jsonl` answers: the schema comes with every query."""

from __future__ import annotations

from typing import Any, cast

from ingest.sql.jsonl import answer
from ingest.sql.worker import settle
from tests.bench.sql.tools.runner import Answer, Ask


def prepare(tables: dict[str, dict[str, str]], dialect: str) -> Ask:
    """Answer queries over these tables."""
    settle()

    def ask(sql: str) -> Answer:
        told = cast("Any", answer({"id": 0, "sql": sql, "dialect": dialect, "schema": tables}))
        written = [told, *told.get("by_output", {}).values()]
        return {
            "columns": {
                name: {"direct": _pairs(parts["direct"]), "indirect": _pairs(parts["indirect"])}
                for target in written
                for name, parts in target["columns"].items()
            },
            "rows": [pair for target in written for pair in _pairs(target["rows"])],
            "error": told["error"] and told["error"]["message"],
        }

    return ask


def _pairs(entries: list[list[str | None]]) -> list[list[str]]:
    return [[table or "?", str(column)] for table, column, _ in entries]
