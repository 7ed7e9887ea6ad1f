"""DataHub's parser: direct edges, and the columns of joins."""

from __future__ import annotations

import importlib
from typing import Any

from tests.bench.sql.tools.runner import Answer, Ask


def prepare(tables: dict[str, dict[str, str]], dialect: str) -> Ask:
    """Answer queries over these tables."""
    module: Any = importlib.import_module("datahub.sql_parsing.sqlglot_lineage")
    resolver: Any = importlib.import_module("datahub.sql_parsing.schema_resolver").SchemaResolver(
        platform=dialect or "postgres"
    )
    name_of: dict[str, str] = {}
    for name, columns in tables.items():
        urn = f"urn:li:dataset:(urn:li:dataPlatform:{dialect or 'postgres'},{name.lower()},PROD)"
        resolver.add_raw_schema_info(urn, columns)
        name_of[urn] = name

    def ask(sql: str) -> Answer:
        found = module.sqlglot_lineage(
            sql, schema_resolver=resolver, override_dialect=dialect or None
        )
        problem = found.debug_info.table_error or found.debug_info.column_error
        return {
            "columns": {
                each.downstream.column: {"direct": _pairs(each.upstreams), "indirect": []}
                for each in found.column_lineage or ()
            },
            "rows": [pair for each in found.joins or () for pair in _pairs(each.columns_involved)],
            "error": str(problem) if problem is not None else None,
        }

    def _pairs(references: Any) -> list[list[str]]:
        return [[_name(str(each.table)), str(each.column)] for each in references]

    def _name(urn: str) -> str:
        return name_of.get(urn) or urn.split(",")[1]

    return ask
