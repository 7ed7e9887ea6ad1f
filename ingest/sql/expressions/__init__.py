"""The lineage of an expression: the rules, by kind of node, put together."""

from __future__ import annotations

from ingest.sql.expressions import calls, choices, lambdas, names
from ingest.sql.expressions.flow import (
    BY_BASE,
    RULES,
    condition,
    conditions,
    flow,
    rows_deciding,
)
from ingest.sql.expressions.names import column_of

__all__ = ["column_of", "condition", "conditions", "flow", "rows_deciding"]

for part in (names, choices, calls, lambdas):
    RULES.update(part.RULES)
BY_BASE.extend([*calls.BY_BASE, *choices.BY_BASE])
