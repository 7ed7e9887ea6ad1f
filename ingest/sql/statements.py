"""One statement bound: what it reads, what it writes, and what goes where."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.errors import Problem
from ingest.sql.lineage import ANY_COLUMN, Lineage, Table
from ingest.sql.queries import bind_cte, bind_query
from ingest.sql.relation import Column, Relation, all_columns, unknown
from ingest.sql.schema import Schema
from ingest.sql.scope import Binding, Reference, Scope


@dataclass(slots=True, eq=False)
class Output:
    """What a statement gives: its result (no target), or what it writes to a table."""

    target: Table | None
    columns: list[Column]
    rows: Lineage


@dataclass(slots=True, eq=False)
class Bound:
    """A bound statement. Names that could not be bound are among the problems, and left out."""

    node: Expr
    outputs: list[Output]
    reads: list[Table]
    problems: list[Problem]
    references: list[Reference]


def output_of(relation: Relation, target: Table | None = None) -> Output:
    """A query's relation as an output."""
    columns = list(all_columns(relation))
    if relation.open:
        columns.append(Column(ANY_COLUMN, "", unknown(relation)))
    return Output(target, columns, relation.rows)


def begin(schema: Schema, named: dict[tuple[str, ...], Relation], text: str) -> Scope:
    """Give the outermost scope of a statement."""
    spreads = "columns" in text.lower()
    return Scope(Binding(schema.rules, schema, bind_query, bind_cte, named, spreads))


def is_query(node: Expr) -> bool:
    """Whether a statement gives a result and writes nothing."""
    return isinstance(node, (exp.Query, exp.Values, exp.Pivot)) and not node.args.get("into")
