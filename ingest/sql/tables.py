"""Which tables a statement names, before anything in it is bound."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.sql.rules import Rules
from ingest.sql.schema import Schema, look_up
from ingest.sql.script import Parsed
from ingest.sql.tree import listed


def named_tables(parsed: Parsed, schema: Schema) -> tuple[str, ...]:
    """Give the tables that a text names, as the schema calls them, sorted.

    A name that is also that of a WITH item may be among them: it is read if it stands within it.
    """
    return tuple(
        sorted(
            {
                look_up(schema, table).table.name or ""
                for _, node in parsed.statements
                for table in node.find_all(exp.Table)
                if isinstance(table.this, Identifier) and not is_cte(table, schema.rules)
            }
        )
    )


def is_cte(table: exp.Table, rules: Rules) -> bool:
    """Whether a WITH item of that name is visible where the table is named."""
    if table.args.get("db") is not None:
        return False
    key = rules.key(table.this)
    node: Expr = table
    while node.parent is not None:
        before, node = node, node.parent
        clause = node.args.get("with_")
        if not isinstance(clause, Expr):
            continue
        visible = listed(clause, "expressions")
        if before is clause:
            continue
        if any(rules.key(item.args["alias"].this) == key for item in visible):
            return True
    return _is_earlier_sibling(table, rules, key)


def _is_earlier_sibling(table: exp.Table, rules: Rules, key: str) -> bool:
    """Within a WITH item those before it are visible, and itself if it is recursive."""
    item = table.find_ancestor(exp.CTE)
    while item is not None:
        clause = item.parent
        siblings = listed(clause, "expressions") if clause is not None else []
        last = siblings.index(item) + bool(clause is not None and clause.args.get("recursive"))
        if any(rules.key(one.args["alias"].this) == key for one in siblings[:last]):
            return True
        item = item.find_ancestor(exp.CTE)
    return False
