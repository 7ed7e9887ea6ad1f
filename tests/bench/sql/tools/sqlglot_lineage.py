"""sqlglot's `lineage` of all columns: direct edges of queries, and of what they are written to."""

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
        query = tree if isinstance(tree, sqlglot.exp.Query) else tree.expression
        found: dict[str, Any] = module.lineage(None, query, schema=schema, dialect=dialect)
        columns = {
            name: _leaves(node)
            for name, node in zip(_names(tree, found), found.values(), strict=True)
        }
        return {
            "columns": {name: {"direct": pairs, "indirect": []} for name, pairs in columns.items()},
            "rows": [],
            "error": None,
        }

    def _names(tree: Any, found: dict[str, Any]) -> list[str]:
        """What is written is called as the statement lists it."""
        listed = [each.name for each in tree.this.expressions] if tree.this else []
        writes = not isinstance(tree, sqlglot.exp.Query)
        return listed if writes and len(listed) == len(found) else list(found)

    def _leaves(node: Any) -> list[list[str]]:
        return [
            [_table(leaf.expression), leaf.name.rsplit(".", 1)[-1].strip('"')]
            for leaf in node.walk()
            if not leaf.downstream and isinstance(leaf.expression, sqlglot.exp.Table)
        ]

    def _table(table: Any) -> str:
        return ".".join(part.name for part in table.parts)

    return ask
