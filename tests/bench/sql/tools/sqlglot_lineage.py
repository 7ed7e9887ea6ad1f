"""sqlglot's `lineage` of all columns: direct edges alone."""

from __future__ import annotations

import importlib
from typing import Any

from tests.bench.sql.tools.runner import Answer, Ask


def prepare(tables: dict[str, dict[str, str]], dialect: str) -> Ask:
    """Answer queries over these tables."""
    sqlglot: Any = importlib.import_module("sqlglot")
    module: Any = importlib.import_module("sqlglot.lineage")
    schema = importlib.import_module("sqlglot.schema").MappingSchema(dialect=dialect)
    for name, columns in tables.items():
        schema.add_table(name, columns, dialect=dialect)

    def ask(sql: str) -> Answer:
        tree = sqlglot.parse_one(sql, read=dialect)
        found: dict[str, Any] = module.lineage(None, tree, schema=schema, dialect=dialect)
        columns = {name: _leaves(node) for name, node in found.items()}
        return {
            "columns": {name: {"direct": pairs, "indirect": []} for name, pairs in columns.items()},
            "rows": [],
            "error": None,
        }

    def _leaves(node: Any) -> list[list[str]]:
        return [
            [leaf.expression.name, leaf.name.rsplit(".", 1)[-1].strip('"')]
            for leaf in node.walk()
            if not leaf.downstream and isinstance(leaf.expression, sqlglot.exp.Table)
        ]

    return ask
