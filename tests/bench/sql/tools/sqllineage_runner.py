"""sqllineage: it tells columns of what is written, so each query is written to a table."""

from __future__ import annotations

import importlib
import re
from typing import Any

from tests.bench.sql.tools.runner import Answer, Ask, Sources

_DIALECTS = {"": "ansi", "spark": "sparksql"}
_QUERY = re.compile(
    r"\s*(select|with|\()(?!.*\b(insert|update|merge)\b)", re.IGNORECASE | re.DOTALL
)


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
                f"INSERT INTO answered {sql}" if _QUERY.match(sql) else sql,
                dialect=_DIALECTS.get(dialect, dialect),
                metadata_provider=provider,
            )
            paths = found.get_column_lineage()
        columns: dict[str, Sources] = {}
        for path in paths:
            source, target = path[0], path[-1]
            parts = columns.setdefault(target.raw_name, {"direct": [], "indirect": []})
            parts["direct"].append([_name(source.parent), source.raw_name])
        return {"columns": columns, "rows": [], "error": None}

    return ask


def _name(table: Any) -> str:
    """Without the schema that was given to names that have none."""
    return "?" if table is None else str(table).removeprefix("main.").removeprefix("<default>.")
