"""Functions and macros that are one plain SQL expression or query: put in where they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from sqlglot import Dialect, exp
from sqlglot.errors import SqlglotError
from sqlglot.expressions import Expr, Identifier

from ingest.sql.rules import Rules
from ingest.sql.tree import child, identifier, listed

MAX_NODES = 20_000
"""How large a statement may become: macros that call macros grow exponentially."""


@dataclass(frozen=True, slots=True)
class Macro:
    """What a call stands for; parameters are named as the dialect folds them."""

    parameters: tuple[str, ...]
    body: Expr
    columns: tuple[str, ...] = ()  # that a table function says it returns


def body_of(node: Expr, rules: Rules) -> Expr | None:
    """Give the expression or query that CREATE FUNCTION or MACRO names; None for any other body."""
    body = child(node, "expression")
    if not isinstance(node.this, exp.UserDefinedFunction) or body is None:
        return None
    if isinstance(body, (exp.Literal, exp.RawString, exp.Heredoc)):
        return _of_text(body.name, rules) if _language(node) in {"", "sql"} else None
    return None if isinstance(body, (exp.Block, exp.Command)) else body


def _language(node: Expr) -> str:
    properties = child(node, "properties")
    found = properties.find(exp.LanguageProperty) if properties is not None else None
    return found.name.lower() if found is not None else ""


def _of_text(text: str, rules: Rules) -> Expr | None:
    """A body in quotes: a query, or a bare expression."""
    dialect = Dialect.get_or_raise(rules.dialect)
    for sql in (text, f"SELECT {text}"):
        try:
            parsed = dialect.parse(sql)
        except (SqlglotError, RecursionError):
            continue
        if len(parsed) == 1 and isinstance(parsed[0], exp.Query):
            for part in parsed[0].walk():  # its places are not those of the script
                part.meta.pop("start", None)
            return _plain_value(parsed[0])
    return None


def _plain_value(query: Expr) -> Expr:
    """`SELECT x + 1` is the value x + 1."""
    items = listed(query, "expressions")
    bare = {name for name, part in query.args.items() if part} == {"expressions"}
    return items[0].unalias() if bare and len(items) == 1 else query


def macro_of(node: Expr, rules: Rules) -> tuple[str, Macro] | None:
    """Give the name and meaning of a function or macro that can be put in."""
    body = body_of(node, rules)
    if body is None:
        return None
    name = rules.key(identifier(node.this.this))
    parameters = listed(node.this, "expressions")
    if not all(isinstance(one, (Identifier, exp.ColumnDef)) for one in parameters):
        return None
    named = tuple(rules.key(identifier(one)) for one in parameters)
    return name, Macro(named, body, _returned(node))


def _returned(node: Expr) -> tuple[str, ...]:
    """The columns of RETURNS TABLE (…)."""
    properties = child(node, "properties")
    told = properties.find(exp.ReturnsProperty) if properties is not None else None
    return tuple(one.name for one in listed(told.this, "expressions")) if told is not None else ()


def inlined(node: Expr, macros: Mapping[str, Macro], rules: Rules) -> Expr:
    """Put macros in where they are called; a call of other arity stays a call."""
    if not macros:
        return node
    size = _size(node)
    for call in list(node.find_all(exp.Anonymous)):
        macro = macros.get(rules.folded(call.name, quoted=False))
        if macro is None or len(macro.parameters) != len(call.expressions):
            continue
        value = _called(macro, call.expressions, rules)
        size += _size(value)
        if size > MAX_NODES:
            return node
        table = call.parent
        if isinstance(table, exp.Table) and isinstance(value, exp.Query):
            alias = child(table, "alias") or _named(call)
            if not listed(alias, "columns"):
                alias.set("columns", [exp.to_identifier(name) for name in macro.columns])
            table.replace(exp.Subquery(this=value, alias=alias))
        else:
            whole = exp.Subquery if isinstance(value, exp.Query) else exp.Paren
            node = _replaced(node, call, whole(this=value))
    return node


def _named(call: exp.Anonymous) -> exp.TableAlias:
    return exp.TableAlias(this=exp.to_identifier(call.name))


def _size(node: Expr) -> int:
    return sum(1 for _ in islice(node.walk(), MAX_NODES + 1))


def _called(macro: Macro, arguments: list[Expr], rules: Rules) -> Expr:
    """The body with the arguments in the places of the parameters."""
    values = dict(zip(macro.parameters, arguments, strict=True))
    body = macro.body.copy()
    for name in list(body.find_all(exp.Column)):
        if name.args.get("table") is None and isinstance(name.this, Identifier):
            value = values.get(rules.key(name.this))
            if value is not None:
                body = _replaced(body, name, exp.Paren(this=value.copy()))
    return body


def _replaced(tree: Expr, part: Expr, by: Expr) -> Expr:
    if part is tree:
        return by
    part.replace(by)
    return tree
