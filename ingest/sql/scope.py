"""Which names are visible at a place in a statement, and which column each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlglot.expressions import Column as ColumnNode
from sqlglot.expressions import DataType, DType, Expr, Identifier, Select, to_identifier

from ingest.flows import Subtype
from ingest.sql.clauses import Clauses
from ingest.sql.errors import Code, Problem, Span
from ingest.sql.lineage import EMPTY, Lineage, Origin, Origins, Table, of_source, through
from ingest.sql.outputs import Output
from ingest.sql.relation import Column, Relation, everything, find, supply
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


def resolve(scope: Scope, node: Expr) -> Column | None:
    """Find the column that a reference (`a`, `t.a`, `s.t.a.field` …) names; None with a problem."""
    args = node.args
    parts = [part for name in _PARTS if isinstance(part := args.get(name), Identifier)]
    column = resolve_parts(scope, parts, node)
    if column is not None:
        scope.binding.told.references.append(Reference(of_name(parts[-1]), column))
        scope.binding.columns[id(node)] = column
    return column


_PARTS = ("catalog", "db", "table", "this")


def resolve_parts(scope: Scope, parts: list[Identifier], node: Expr) -> Column | None:
    """Find the column of a dotted name, outermost part first."""
    if len(parts) == 1:
        column = unqualified(scope, parts[0])
        if column is None:
            problem(
                scope.binding,
                Code.UNKNOWN_COLUMN,
                node,
                f'There is no column "{parts[0].this}" here.',
            )
        return column
    return _qualified(scope, parts)


def unqualified(scope: Scope, name: Identifier) -> Column | None:
    """Find the column that a bare name means, from the innermost scope outwards."""
    key = scope.binding.rules.key(name)
    level: Scope | None = scope
    while level is not None:
        found = _in_scope(level, key, name)
        if found is not None or key in level.named_here:
            return found
        level = level.parent
    return None


def _in_scope(scope: Scope, key: str, name: Identifier) -> Column | None:
    alias = scope.aliases.get(key) if scope.visible is not Aliases.HIDDEN else None
    if alias is not None and scope.visible is Aliases.BEFORE_COLUMNS:
        return alias
    known = _known(scope, key, name)
    if known is not None:
        return known
    if alias is not None and not (scope.prefer_open and _open_items(scope)):
        return alias
    if key in scope.binding.rules.pseudo_columns:
        return Column(name.this, key, EMPTY)
    return _row_of(scope, key, name) or _unknown(scope, key, name) or alias


def _known(scope: Scope, key: str, name: Identifier) -> Column | None:
    merged = scope.merged.get(key)
    if merged is not None:
        return merged
    hits = [found for item in scope.items if (found := find(item.relation, key))]
    if not hits:
        return None
    if len(hits) > 1 or (len(hits[0]) > 1 and scope.binding.rules.duplicates_ambiguous):
        problem(
            scope.binding,
            Code.AMBIGUOUS,
            name,
            f'"{name.this}" could be a column of more than one table here.',
        )
        return Column(name.this, key, of_source(scope.binding.nobody.source(name.this)))
    return hits[0][0]


def _row_of(scope: Scope, key: str, name: Identifier) -> Column | None:
    """A name that no column has may be that of a FROM item: its whole row."""
    for item in scope.items:
        if item.key == key:
            return Column(
                name.this, key, through(everything(item.relation), Subtype.TRANSFORMATION)
            )
    return None


def _open_items(scope: Scope) -> list[Item]:
    return [item for item in scope.items if item.relation.open]


def _unknown(scope: Scope, key: str, name: Identifier) -> Column | None:
    """A name that is not known belongs to the only open table, or to one that cannot be told."""
    items = _open_items(scope)
    made = [
        column
        for item in items
        if (column := supply(item.relation, key, name.this, scope.binding.nobody))
    ]
    if len(made) <= 1:
        return made[0] if made else None
    for item in items:
        item.relation.index.pop(key, None)
    return Column(name.this, key, of_source(scope.binding.nobody.source(name.this)))


def item_of(scope: Scope, parts: list[Identifier]) -> Item | None:
    """Find the FROM item that a qualifier (`t`, `s.t`, `db.s.t`) names, outwards."""
    keys = tuple(scope.binding.rules.key(part) for part in reversed(parts))
    level: Scope | None = scope
    while level is not None:
        found = _item_here(level, keys)
        if found is not None:
            return found
        level = level.parent
    return None


def _items_of_name(scope: Scope, parts: list[Identifier]) -> Iterator[Item]:
    """The FROM item of that name; where it lacks a column, those of the name around it, too."""
    keys = tuple(scope.binding.rules.key(part) for part in reversed(parts))
    level: Scope | None = scope
    while level is not None:
        item = _item_here(level, keys)
        if item is not None:
            yield item
            if not scope.binding.rules.seen_through:
                return
        level = level.parent


def _item_here(scope: Scope, keys: tuple[str, ...]) -> Item | None:
    for item in scope.items:
        if item.path[: len(keys)] == keys or (len(keys) == 1 and item.key == keys[0]):
            return item
    return None


def _qualified(scope: Scope, parts: list[Identifier]) -> Column | None:
    """The longest qualifier that names a FROM item; what stays behind the column are fields."""
    shortest = 0 if scope.binding.rules.struct_dots else len(parts) - 2
    if scope.binding.rules.own_fields_first:
        column = _before_outer_items(scope, parts)
        if column is not None:
            return fields_of(column, parts[1:], scope)
    for split in range(len(parts) - 1, shortest, -1):
        key = scope.binding.rules.key(parts[split])
        for item in _items_of_name(scope, parts[:split]):
            column = _of_item(scope, item, key, parts[split])
            if column is not None:
                return fields_of(column, parts[split + 1 :], scope)
    if parts[-1].this.lower() in _OF_SEQUENCES and item_of(scope, parts[:-1]) is None:
        return Column(parts[-1].this, scope.binding.rules.key(parts[-1]), EMPTY)
    return _field(scope, parts) or _missing(scope, parts)


_OF_SEQUENCES = frozenset({"nextval", "currval"})


def _of_item(scope: Scope, item: Item, key: str, name: Identifier) -> Column | None:
    found = find(item.relation, key)
    if found:
        return found[0]
    if key in scope.binding.rules.pseudo_columns:
        return Column(name.this, key, EMPTY)
    return supply(item.relation, key, name.this, scope.binding.nobody)


def _before_outer_items(scope: Scope, parts: list[Identifier]) -> Column | None:
    """A column of an inner query, whose field is meant before a table of a query around it."""
    keys = tuple(scope.binding.rules.key(part) for part in parts)
    level: Scope | None = scope
    while level is not None:
        if any(_item_here(level, keys[:split][::-1]) for split in range(1, len(keys))):
            return None
        found = [columns[0] for item in level.items if (columns := find(item.relation, keys[0]))]
        if found:
            return found[0] if len(found) == 1 else None
        level = level.parent
    return None


def _field(scope: Scope, parts: list[Identifier]) -> Column | None:
    """A bare column, and the rest of the dotted name is a path of fields in it."""
    if not scope.binding.rules.struct_dots or item_of(scope, parts[:1]) is not None:
        return None
    column = unqualified(scope, parts[0])
    return fields_of(column, parts[1:], scope) if column is not None else None


def _missing(scope: Scope, parts: list[Identifier]) -> None:
    qualifier, name = ".".join(part.this for part in parts[:-1]), parts[-1]
    if item_of(scope, parts[:-1]) is not None:
        message = f'"{qualifier}" has no column "{name.this}".'
    else:
        message = f'There is no table or alias "{qualifier}" here.'
    problem(scope.binding, Code.UNKNOWN_COLUMN, name, message)


def fields_of(column: Column, names: list[Identifier], scope: Scope) -> Column | None:
    """Follow a path of field names into a column; None with a problem if its type has no such."""
    for name in names:
        inner = field_of(column, name, scope)
        if inner is None:
            message = f'"{column.name}" has no field "{name.this}".'
            problem(scope.binding, Code.UNKNOWN_COLUMN, name, message)
            return None
        column = inner
    return column


def field_of(column: Column, name: Identifier, scope: Scope) -> Column | None:
    """One field of a column; None if the column's type is known and has none of that name."""
    members = members_of(column.type)
    kind = None
    spelled = name.this
    if members is None and has_no_fields(column.type, scope):
        return None
    if members is not None:
        key = scope.binding.rules.key(name)
        match = [found for found in members if scope.binding.rules.stored(found[0]) == key]
        if not match:
            return None
        spelled, kind = match[0]
    key = scope.binding.rules.key(name)
    lineage = _deeper(column.lineage, spelled)
    return Column(spelled, key, lineage, kind, column.node, within=column)


def has_no_fields(kind: DataType | None, scope: Scope) -> bool:
    """Whether a type is known to have no fields, by a dialect whose types are checked."""
    plain = (
        *DataType.NUMERIC_TYPES,
        *DataType.TEMPORAL_TYPES,
        *DataType.TEXT_TYPES,
        *DataType.ARRAY_TYPES,
        DType.BOOLEAN,
    )
    return scope.binding.rules.types_checked and kind is not None and kind.is_type(*plain)


def members_of(kind: DataType | None) -> list[tuple[str, DataType | None]] | None:
    """Names and types of a struct's fields; None for what is not known to be a struct."""
    if kind is None or not kind.is_type(*DataType.STRUCT_TYPES) or not kind.expressions:
        return None
    return [
        (part.name, inner if isinstance(inner := part.args.get("kind"), DataType) else None)
        for part in kind.expressions
    ]


def member_columns(scope: Scope, column: Column) -> list[Column]:
    """The fields of a struct; none of what is not known to be one."""
    members = members_of(column.type) or []
    found = [field_of(column, to_identifier(name, quoted=True), scope) for name, _ in members]
    return [inner for inner in found if inner is not None]


def _deeper(lineage: Lineage, name: str) -> Lineage:
    """Only of a stored column are the fields told apart."""
    if len(lineage.direct) == 1:
        ((source, subtype, _),) = lineage.direct
        if subtype is Subtype.IDENTITY and source.path:
            inner = of_source(source.table.source(*source.path, name))
            return lineage._replace(direct=inner.direct)
    return through(lineage, Subtype.TRANSFORMATION)
