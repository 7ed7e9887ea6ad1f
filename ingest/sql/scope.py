"""What is visible at a place in a statement, and what is found out while it is bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlglot.expressions import Column as ColumnNode
from sqlglot.expressions import DataType, Expr, Identifier, Select

from ingest.sql.clauses import Clauses
from ingest.sql.errors import Code, Problem, Span
from ingest.sql.lineage import Lineage, Origin, Origins, Table
from ingest.sql.outputs import Output
from ingest.sql.relation import Column, Relation
from ingest.sql.rules import Aliases, Rules
from ingest.sql.schema import Schema
from ingest.sql.spans import of_name


class Reference(NamedTuple):
    """A name in the text, and the column that it is."""

    span: Span
    column: Column


class Conversion(NamedTuple):
    """A column is read as a value of another type, which only some of its values allow."""

    span: Span
    column: str
    to: str


@dataclass(slots=True, eq=False)
class Told:
    """What binding finds out on the way."""

    problems: list[Problem] = field(default_factory=list[Problem])
    references: list[Reference] = field(default_factory=list[Reference])
    conversions: list[Conversion] = field(default_factory=list[Conversion])
    reads: dict[Table, None] = field(default_factory=dict[Table, None])  # the tables read

    def add(self, other: Told) -> None:
        """Take over what was found out apart."""
        self.problems += other.problems
        self.references += other.references
        self.conversions += other.conversions
        self.reads |= other.reads


@dataclass(slots=True, eq=False)
class BoundParts:
    """What became of the parts of the tree, by the id of each: for those who read it afterwards."""

    selects: dict[int, Scope] = field(default_factory=dict[int, "Scope"])
    nodes: dict[int, Expr] = field(default_factory=dict[int, Expr])  # the SELECTs themselves
    queries: dict[int, Relation] = field(default_factory=dict[int, Relation])
    items: dict[int, list[Item]] = field(default_factory=dict[int, "list[Item]"])  # of FROM
    ctes: dict[int, CTE] = field(default_factory=dict[int, "CTE"])  # that a FROM element names
    named: dict[int, Relation] = field(default_factory=dict[int, Relation])  # temporary ones
    stored: dict[int, Relation] = field(default_factory=dict[int, Relation])  # tables themselves
    writes: dict[int, Scope] = field(default_factory=dict[int, "Scope"])  # UPDATE and DELETE


@dataclass(slots=True, eq=False)
class Binding:
    """One statement while it is bound, and what has been found out so far."""

    rules: Rules
    schema: Schema
    query: Callable[[Expr, Scope], Relation]  # binds a query; given, since expressions hold queries
    common: Callable[[CTE], Relation]  # binds a WITH item, once
    type_of: Callable[[Expr, Scope], DataType | None]  # types an expression; its rules ask again
    write: Callable[[Expr, Scope], Relation]  # binds a statement that stands in WITH
    named: Mapping[tuple[str, ...], Relation]  # what the script itself made, composed away
    clauses: Clauses  # of the script
    spreads: bool = False  # COLUMNS(…) may be met
    written: list[Output] = field(default_factory=list[Output])  # by statements in WITH
    told: Told = field(default_factory=Told)
    columns: dict[int, Column] = field(default_factory=dict[int, Column])  # by id of the node
    bound: BoundParts = field(default_factory=BoundParts)
    types: dict[int, DataType | None] = field(default_factory=dict[int, DataType | None])
    values: dict[int, Relation] = field(default_factory=dict[int, Relation])  # of scalar subqueries
    nobody: Table = field(default_factory=lambda: Table(None))  # of what cannot be told


@dataclass(slots=True, eq=False)
class Item:
    """One item of a FROM clause."""

    key: str  # what it is called by; "" if nothing calls it
    path: tuple[str, ...]  # the keys of a table's name, innermost first; () if it has an alias
    relation: Relation


@dataclass(slots=True, eq=False)
class CTE:
    """A WITH item: bound when it is first read, in the scope where it was written."""

    node: Expr
    scope: Scope
    recursive: bool = False
    relation: Relation | None = None
    read: bool = False  # a FROM element names it
    unused: Told | None = None  # what was found out in it, as long as nothing reads it


@dataclass(slots=True, eq=False)
class Scope:
    """A SELECT while it is bound."""

    binding: Binding
    parent: Scope | None = None
    ctes: dict[str, CTE] = field(default_factory=dict[str, CTE])  # the visible ones
    items: list[Item] = field(default_factory=list[Item])
    merged: dict[str, Column] = field(default_factory=dict[str, Column])  # by USING
    aliases: dict[str, Column] = field(default_factory=dict[str, Column])
    named_here: set[str] = field(default_factory=set[str])  # aliases that outer names cannot pass
    visible: Aliases = Aliases.HIDDEN  # which aliases the clause being bound may use
    filtering: bool = False  # WHERE or ON is being bound
    prefer_open: bool = False  # an unknown name is rather a column of an open table than an alias
    windows: dict[str, Expr] = field(default_factory=dict[str, Expr])
    locals: dict[str, Lineage] = field(default_factory=dict[str, Lineage])  # of a lambda
    spread: Column | None = None  # what COLUMNS(…) stands for at the moment
    spread_all: list[Column] = field(default_factory=list[Column])
    feeding: set[Origin] = field(default_factory=set[Origin])  # the rows that it reads
    shaping: set[Origin] = field(default_factory=set[Origin])  # what decides which rows there are
    given: set[Origin] = field(default_factory=set[Origin])  # what shaped the single rows it reads
    aggregated: bool = False  # an aggregate function was met
    repeating: list[tuple[Item, Origins]] = field(default_factory=list[tuple[Item, "Origins"]])
    """What decides only how often rows are there that do without it: sides of LEFT JOINs."""


def clause(scope: Scope, node: Expr, *others: Expr) -> int:
    """Give the mark of origins that decide by this part of the text."""
    return scope.binding.clauses.mark(node, *others)


def problem(binding: Binding, code: Code, node: Expr, message: str) -> None:
    """Note what is wrong at a node of the tree."""
    binding.told.problems.append(Problem(of_name(node), code, message, _titles(node)))


def _titles(node: Expr) -> bool:
    """Whether a name alone is an item of a SELECT: `SELECT t.a` gives a column `a`."""
    item = node.parent if isinstance(node, Identifier) else node
    return (
        isinstance(item, ColumnNode)
        and item.arg_key == "expressions"
        and (isinstance(item.parent, Select))
    )
