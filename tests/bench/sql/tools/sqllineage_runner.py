"""sqllineage: it tells columns of what is written, so each query is written to a table."""

from __future__ import annotations

import importlib
from typing import Any

from tests.bench.sql.tools.runner import Answer, Ask, Sources


def prepare(tables: dict[str, dict[str, str]], dialect: str) -> Ask:
    """Answer queries over these tables."""
    runner: Any = importlib.import_module("sqllineage.runner")
    config: Any = importlib.import_module("sqllineage.config").SQLLineageConfig
    metadata: Any = importlib.import_module("sqllineage.core.metadata.dummy")
    known = {
        name if "." in name else f"main.{name}": list(columns) for name, columns in tables.items()
    }
    provider = metadata.DummyMetaDataProvider(known)

    def ask(sql: str) -> Answer:
        with config(DEFAULT_SCHEMA="main"):
            found = runner.LineageRunner(
                f"INSERT INTO answered {sql}", dialect=dialect, metadata_provider=provider
            )
            paths = found.get_column_lineage()
        columns: dict[str, Sources] = {}
        for path in paths:
            source, target = path[0], path[-1]
            parts = columns.setdefault(target.raw_name, {"direct": [], "indirect": []})
            parts["direct"].append([str(source.parent), source.raw_name])
        return {"columns": columns, "rows": [], "error": None}

    return ask
