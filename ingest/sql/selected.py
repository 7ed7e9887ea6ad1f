"""One expression of a SELECT list as a column: what it is called, and what it numbers."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.expressions import column_of, flow
from ingest.sql.lineage import NONE, deciding
from ingest.sql.relation import Column, Numbering, renamed
from ingest.sql.scope import Scope
from ingest.sql.tree import child, listed
from ingest.sql.types.expressions import type_of


def projected(scope: Scope, node: Expr) -> Column:
    """One expression; a bare column keeps its identity under the new name."""
    alias = child(node, "alias") if isinstance(node, exp.Alias) else None
    inner = node.this if alias is not None else node
    lineage = flow(inner, scope)
    named = column_of(inner, scope)
    if named is not None:
        if alias is None:
            return named
        return renamed(named, alias.name, alias_key(scope, alias))
    name, key = (
        (alias.name, alias_key(scope, alias)) if alias is not None else implied_name(inner, scope)
    )
    column = Column(name, key, lineage, type_of(inner, scope), inner)
    column.numbers = numbering(inner, scope)
    return column


def alias_key(scope: Scope, alias: object) -> str:
    rules = scope.binding.rules
    if isinstance(alias, Identifier):
        return rules.key(alias)
    return rules.folded(str(alias), quoted=True)


def numbering(node: Expr, scope: Scope) -> Numbering | None:
    """`row_number() over (partition by a, b order by c)` numbers the rows equal in a and b."""
    if not isinstance(node, exp.Window) or not isinstance(node.this, exp.RowNumber):
        return None
    keys = [column_of(part, scope) for part in listed(node, "partition_by")]
    if not all(keys):
        return None
    order = child(node, "order")
    parts = [key.this for key in order.expressions] if order is not None else []
    columns = [column for part in parts if (column := column_of(part, scope)) is not None]
    deciders = NONE.union(*[deciding(column.lineage, Subtype.WINDOW) for column in columns])
    return Numbering(frozenset(key.root for key in keys if key), deciders)


def implied_name(node: Expr, scope: Scope) -> tuple[str, str]:
    """What an expression without alias is called, and its key; both "" if nothing names it."""
    rules = scope.binding.rules
    if isinstance(node, exp.Column) and isinstance(node.this, Identifier):
        return node.name, rules.key(node.this)
    if isinstance(node, exp.Dot) and isinstance(node.expression, Identifier):
        return node.expression.name, rules.key(node.expression)
    if isinstance(node, (exp.Paren, exp.Subquery)):
        return _name_of_inner(node, scope)
    if not rules.function_names_columns:
        return "", ""
    if isinstance(node, (exp.Cast, exp.Filter, exp.WithinGroup, exp.Window)):
        return implied_name(node.this, scope)
    if isinstance(node, exp.Case):
        return "case", "case"
    if isinstance(node, exp.Func):
        name = node.name if isinstance(node, exp.Anonymous) else node.sql_name().lower()
        return name, name.lower()
    return "", ""


def _name_of_inner(node: Expr, scope: Scope) -> tuple[str, str]:
    """PostgreSQL names a scalar subquery after its column; parentheses change nothing."""
    inner = node.this
    if isinstance(node, exp.Paren):
        return implied_name(inner, scope)
    if scope.binding.rules.function_names_columns and isinstance(inner, exp.Select):
        first = inner.expressions[0] if inner.expressions else None
        if isinstance(first, exp.Alias):
            return first.alias, alias_key(scope, first.args["alias"])
        return implied_name(first, scope) if first is not None else ("", "")
    return "", ""
