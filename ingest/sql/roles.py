"""What each statement of a file is for: to declare a table, make or fill one, or only to read."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlglot import exp
from sqlglot.expressions import DataType, Expr

from ingest.sql.constraints import Constraint, constraints_of, fills
from ingest.sql.errors import Code, Problem, Span
from ingest.sql.rules import rules_of, told_apart
from ingest.sql.schema import found_by
from ingest.sql.script import is_temporary, parse_script
from ingest.sql.tree import child, dotted, first_of, identifier, listed
from ingest.sql.writes import into, made_by


class Role(enum.StrEnum):
    """What a statement is for."""

    DECLARE = "declares a table"
    TABLE = "makes a table"
    VIEW = "makes a view"
    WRITE = "writes to a table"
    QUERY = "reads only"
    TEMPORARY = "makes something for the statements behind it"
    OTHER = "neither reads nor writes columns"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a file. `columns` and what stands behind them: of a table that it declares.

    `target`: what its table is found by; `written`: as what it is written. `folded`: what columns
    are found by, if that is not what the name of a stored column is found by; `filled`: those that
    have a value where none is given.
    """

    role: Role
    span: Span
    target: str | None = None
    written: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    constraints: tuple[Constraint, ...] = ()
    filled: frozenset[str] = frozenset()
    folded: tuple[tuple[str, str], ...] = ()
    keeps_past: bool = False  # what was there before stays


@dataclass(frozen=True, slots=True)
class Roles:
    """The statements of a file, and what could not be parsed."""

    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]


def roles_of(text: str, dialect: str) -> Roles:
    """Tell what the statements of a text are for.

    Raises:
        ValueError: there is no such dialect.
    """
    parsed = parse_script(text, dialect)
    found = _own(_statement(node, span, dialect) for span, node in parsed.statements)
    unread = [
        Problem(span, Code.UNSUPPORTED, f"This {node.name.upper()} is not read.")
        for span, node in parsed.statements
        if isinstance(node, exp.Command) and node.name.upper() in _MAKING
    ]
    return Roles(found, (*parsed.problems, *unread))


def _own(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """What is written to a temporary table is for the statements behind it alone."""
    found: list[Statement] = []
    temporary: set[str | None] = set()
    for one in statements:
        if one.role is Role.TEMPORARY:
            temporary.add(one.target)
        within = one.role is Role.WRITE and one.target in temporary
        found.append(replace(one, role=Role.TEMPORARY) if within else one)
    return tuple(found)


_MAKING = frozenset({"CREATE", "INSERT", "MERGE", "REPLACE", "UPDATE"})
"""How statements begin that make or fill a table, or may."""


def _statement(node: Expr, span: Span, dialect: str) -> Statement:
    if isinstance(node, exp.Create):
        return _create(node, span, dialect)
    if isinstance(node, (exp.Insert, exp.Update, exp.Delete, exp.Merge)):
        keeps = not (isinstance(node, exp.Insert) and node.args.get("overwrite"))
        return Statement(Role.WRITE, span, *_named(_written(node), dialect), keeps_past=keeps)
    if isinstance(node, exp.Query | exp.Pivot):
        target = made_by(first_of(node), rules_of(dialect))
        if target is None:
            return Statement(Role.QUERY, span)
        role = Role.TEMPORARY if is_temporary(node) else Role.TABLE
        return Statement(role, span, *_named(target.this, dialect))
    return Statement(Role.OTHER, span)


def _written(node: Expr) -> Expr:
    """The table that is written to: of `UPDATE p … FROM parcel AS p` the one that has the alias."""
    table = child(node, "this") or next(iter(listed(node, "tables")))
    source = child(node, "from_")
    joined = [source.this, *listed(source.this, "joins")] if source is not None else []
    items = [one.this if isinstance(one, exp.Join) else one for one in joined]
    named = [one for one in items if isinstance(one, exp.Table) and one.alias == table.name]
    return named[0] if named and isinstance(table, exp.Table) and not table.db else table


def _create(node: exp.Create, span: Span, dialect: str) -> Statement:
    kind = str(node.args.get("kind") or "").upper()
    if kind not in {"TABLE", "VIEW", "MATERIALIZED VIEW"}:
        return Statement(Role.OTHER, span)
    target, written = _named(node.this, dialect)
    if is_temporary(node):
        return Statement(Role.TEMPORARY, span, target, written)
    if child(node, "clone") is None and not isinstance(node.args.get("expression"), exp.Query):
        columns = tuple(_columns(node.this, dialect)) if kind == "TABLE" else ()
        role = Role.DECLARE if columns else Role.OTHER
        return Statement(
            role,
            span,
            target,
            written,
            columns,
            tuple(constraints_of(node.this, dialect)),
            frozenset(name for name, one in _columns_of(node.this, dialect) if fills(one)),
            tuple(_folded(node.this, dialect)),
        )
    return Statement(Role.TABLE if kind == "TABLE" else Role.VIEW, span, target, written)


def _named(node: Expr, dialect: str) -> tuple[str, str]:
    """The name that a target is found by, and the written one."""
    table, _ = into(node)
    written = ".".join(part.name for part in dotted(table)) or table.name
    return found_by(table, rules_of(dialect)), written


def _columns_of(node: Expr, dialect: str) -> Iterator[tuple[str, Expr]]:
    """The columns of a list, and what they are called."""
    columns = [one for one in listed(node, "expressions") if isinstance(one, exp.ColumnDef)]
    rules = rules_of(dialect)
    names = told_apart((one.name, rules.key(identifier(one))) for one in columns)
    return zip(names, columns, strict=True)


def _columns(node: Expr, dialect: str) -> Iterator[tuple[str, str]]:
    for name, one in _columns_of(node, dialect):
        kind = child(one, "kind")
        yield name, kind.sql(dialect) if isinstance(kind, DataType) else ""


def _folded(node: Expr, dialect: str) -> Iterator[tuple[str, str]]:
    rules = rules_of(dialect)
    for name, one in _columns_of(node, dialect):
        key = rules.key(identifier(one))
        if rules.stored(name) != key:
            yield name, key
