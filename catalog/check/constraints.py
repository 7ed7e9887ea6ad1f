"""The constraints of declared tables as checks: what is written to a table has to meet them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from catalog.model.project import Check, Place, RuleKind
from ingest.connectors.sqlfolder import SqlFile
from ingest.sql.constraints import Constraint, Demand
from ingest.sql.errors import line_and_column
from ingest.sql.roles import Statement

_UNENFORCED = frozenset({"snowflake", "bigquery", "redshift", "spark", "databricks"})
"""Dialects whose platforms see to NOT NULL alone."""
_KINDS = {
    Demand.NOT_NULL: RuleKind.NOT_NULL,
    Demand.UNIQUE: RuleKind.UNIQUE,
    Demand.VALUES: RuleKind.ACCEPTED_VALUES,
    Demand.BOUNDS: RuleKind.BOUNDS,
    Demand.PARTNER: RuleKind.PARTNER,
}


def checks_of(file: SqlFile, statement: Statement, dialect: str) -> Iterator[Check]:
    """Give what the declaration of a table demands, once each."""
    found: dict[tuple[Demand, tuple[str, ...]], Constraint] = {}
    for one in statement.constraints:
        found.setdefault((one.demand, tuple(name.lower() for name in one.columns)), one)
    named = Counter(one.name for one in found.values())
    for one in found.values():
        if statement.target is None or not one.columns:
            continue
        line, column = line_and_column(file.text, one.span.start)
        there = (*one.there, one.columns[0])[0]
        yield Check(
            _name(statement, one, alone=named[one.name] == 1),
            statement.target,
            _KINDS[one.demand],
            tuple((name, "") for name in one.columns),
            Place(file.path, line, column),
            file.text.splitlines()[line - 1],
            one.values,
            guards=one.demand is Demand.NOT_NULL or dialect not in _UNENFORCED,
            partner=(one.partner, there) if one.partner else None,
        )


def _name(statement: Statement, one: Constraint, *, alone: bool) -> str:
    """`alone`: a constraint by its name; several demands of one are told apart by their columns."""
    table = statement.written or ""
    if one.name:
        return f"{table} {one.name}" if alone else f"{table} {one.name} ({', '.join(one.columns)})"
    if one.demand is Demand.UNIQUE:
        return f"{table} UNIQUE ({', '.join(one.columns)})"
    said = Demand.VALUES if one.demand is Demand.BOUNDS else one.demand
    return f"{table}.{', '.join(one.columns)} {said.value}"
