"""What a text of DDL declares: tables with their columns, views and tables made by queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.expressions import DataType, Expr, Identifier

from ingest.sql.errors import Code, Problem, Span
from ingest.sql.rules import Case, Rules, rules_of
from ingest.sql.script import is_temporary, parse_script
from ingest.sql.tree import child, dotted, identifier, listed
from ingest.sql.writes import into


@dataclass(frozen=True, slots=True)
class Declaration:
    """A table or a view. `name`: its parts as the dialect stores them, the outermost first.

    `columns`: (name, type) in order; none of what a query makes, and `made` tells that one does.
    """

    span: Span
    name: tuple[str, ...]
    is_view: bool
    made: bool
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Declarations:
    """What a text declares. `altered`: tables that it changes or drops, where it does so.

    `others`: how many of its statements declare nothing that is kept.
    """

    found: tuple[Declaration, ...]
    altered: tuple[tuple[Span, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]
    others: int


def declarations_of(text: str, dialect: str) -> Declarations:
    """Read a text of DDL; what is wrong is told in the result.

    Raises:
        ValueError: there is no such dialect.
    """
    rules = rules_of(dialect)
    parsed = parse_script(text, dialect)
    found: list[Declaration] = []
    altered: list[tuple[Span, tuple[str, ...]]] = []
    others = 0
    for span, node in parsed.statements:
        declared = _declaration(node, span, rules)
        changed = list(_altered(node, rules))
        others += declared is None and not changed and not isinstance(node, exp.Command)
        found += [declared] if declared is not None else []
        altered += [(span, name) for name in changed]
    unread = [
        Problem(span, Code.UNSUPPORTED, "This CREATE is not read.")
        for span, node in parsed.statements
        if isinstance(node, exp.Command) and node.name.upper() == "CREATE"
    ]
    return Declarations(tuple(found), tuple(altered), (*parsed.problems, *unread), others)


def stored_name(name: Identifier, rules: Rules) -> str:
    """Give the name under which a dialect keeps what is made under a written one."""
    if rules.case is Case.INSENSITIVE:
        return name.this
    return rules.key(name)


def _declaration(node: Expr, span: Span, rules: Rules) -> Declaration | None:
    if not isinstance(node, exp.Create):
        return None
    kind = str(node.args.get("kind") or "").upper()
    if kind not in {"TABLE", "VIEW", "MATERIALIZED VIEW"} or is_temporary(node):
        return None
    name = _name(into(node.this)[0], rules)
    made = isinstance(node.args.get("expression"), exp.Query)
    columns = () if made else tuple(_columns(node.this, rules))
    if not name or not (made or columns):
        return None
    return Declaration(span, name, kind != "TABLE", made, columns)


def _altered(node: Expr, rules: Rules) -> Iterator[tuple[str, ...]]:
    if isinstance(node, exp.Drop | exp.Alter):
        kind = str(node.args.get("kind") or "").upper()
        named = [node.this, *listed(node, "expressions")] if kind in _RELATIONS else []
        for table in named:
            if isinstance(table, exp.Table) and (name := _name(table, rules)):
                yield name


_RELATIONS = frozenset({"TABLE", "VIEW", "MATERIALIZED VIEW"})


def _name(table: Expr, rules: Rules) -> tuple[str, ...]:
    return tuple(stored_name(part, rules) for part in dotted(table))


def _columns(node: Expr, rules: Rules) -> Iterator[tuple[str, str]]:
    for one in listed(node, "expressions"):
        if isinstance(one, exp.ColumnDef):
            kind = child(one, "kind")
            type_ = kind.sql(rules.dialect) if isinstance(kind, DataType) else ""
            yield stored_name(identifier(one), rules), type_
