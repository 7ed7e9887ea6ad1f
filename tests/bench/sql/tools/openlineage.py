"""OpenLineage's parser (Rust): it takes no schema."""

from __future__ import annotations

import importlib
from typing import Any

from tests.bench.sql.tools.runner import Answer, Ask, Sources

_DIALECTS = {"": "ansi", "spark": "databricks", "tsql": "mssql", "oracle": "generic"}


def prepare(tables: dict[str, dict[str, str]], dialect: str) -> Ask:
    """Answer queries over these tables."""
    del tables
    called = _DIALECTS.get(dialect, dialect)
    parser: Any = importlib.import_module("openlineage_sql")

    def ask(sql: str) -> Answer:
        found = parser.parse([sql], dialect=called)
        columns: dict[str, Sources] = {}
        for one in found.column_lineage if found is not None else ():
            parts = columns.setdefault(
                one.descendant.name.strip('"'), {"direct": [], "indirect": []}
            )
            parts["direct"] += [
                [_name(each.origin), each.name.strip('"')]
                for each in one.lineage
                if each.origin is not None
            ]
        errors = [str(error) for error in found.errors] if found is not None else ["no statement"]
        return {"columns": columns, "rows": [], "error": "; ".join(errors) or None}

    return ask


def _name(table: Any) -> str:
    parts = (table.database, table.schema, table.name)
    return ".".join(part.strip('"') for part in parts if part)
