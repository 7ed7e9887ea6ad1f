"""What a query or table offers to those who read it: named columns, and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlglot.expressions import DataType, Expr

from ingest.sql.lineage import (
    ANY_COLUMN,
    EMPTY,
    PLAIN,
    Lineage,
    Origins,
    Table,
    merged,
    of_source,
)


class Numbering(NamedTuple):
    """A column numbers the rows that are equal in some columns, in an order."""

    keys: frozenset[Column]
    order: Origins


@dataclass(slots=True, eq=False)
class Column:
    """A column that a relation offers. Its identity is the place where its value is made."""

    name: str  # as spelled where it was named; "" if nothing names it
    key: str  # what it is found by; "" if nothing names it
    lineage: Lineage
    type: DataType | None = None
    node: Expr | None = None  # the expression that made the value; None: a stored column
    origin: Column | None = None  # the column of which this is a copy under another name
    numbers: Numbering | None = None
    within: Column | None = None  # the column of which this is a field

    @property
    def root(self) -> Column:
        """The column whose value this is."""
        column = self
        while column.origin is not None:
            column = column.origin
        return column


@dataclass(slots=True, eq=False)
class Stored:
    """A table as its schema tells it: column keys to (spelling, type); None: open.

    Of an open table some columns may be `known`, and some known to be `lost`.
    """

    table: Table
    columns: Mapping[str, tuple[str, DataType | None]] | None
    keys: tuple[frozenset[str], ...] = ()  # declared unique, by column key
    absent: bool = False  # it is known that there is no such table
    known: Mapping[str, tuple[str, DataType | None]] = field(
        default_factory=dict[str, "tuple[str, DataType | None]"]
    )
    lost: frozenset[str] = frozenset()
    numbered: bool = False  # its columns are called `$1`, `$2`


@dataclass(slots=True, eq=False)
class Relation:
    """Columns in order, the rows, and what is proven unique among them.

    `index` finds columns by key; `opens` are the relations that may hold more columns than are
    known, `hidden` the keys that they cannot hand on; `otherwise`: a column of any name may be
    asked for, and is made of this (the result of a function that is not known).
    """

    columns: list[Column]
    rows: Lineage
    index: dict[str, list[Column]] = field(default_factory=dict[str, list[Column]])
    opens: tuple[Relation, ...] = ()
    hidden: frozenset[str] = frozenset()
    keys: list[frozenset[Column]] = field(default_factory=list[frozenset[Column]])
    stored: Stored | None = None
    otherwise: Lineage | None = None
    complete: bool = True  # False: `columns` of a stored table are made when asked for

    @property
    def open(self) -> bool:
        """Whether it may hold columns that are not known."""
        if self.stored is not None:
            return self.stored.columns is None
        return bool(self.opens) or self.otherwise is not None


def of_stored(stored: Stored, at: int = PLAIN) -> Relation:
    """A table is read: its columns are made as they are asked for (there may be thousands).

    `at`: the mark of the clause that names it.
    """
    rows = of_source(stored.table.source(), at)
    complete = stored.columns is None and not stored.known
    relation = Relation([], rows, stored=stored, complete=complete)
    for key in stored.keys:
        columns = [find(relation, name) for name in sorted(key)]
        relation.keys.append(frozenset(found[0] for found in columns if found))
    return relation


def of_columns(columns: list[Column], rows: Lineage) -> Relation:
    """A relation of columns in order."""
    index: dict[str, list[Column]] = {}
    for column in columns:
        if column.key:
            index.setdefault(column.key, []).append(column)
    return Relation(columns, rows, index)


def with_columns(relation: Relation, columns: list[Column]) -> Relation:
    """The same rows with other columns."""
    changed = of_columns(columns, relation.rows)
    changed.opens = (relation,) if relation.stored and relation.open else relation.opens
    changed.otherwise = None if relation.stored else relation.otherwise
    changed.hidden, changed.keys = relation.hidden, relation.keys
    return changed


def renamed(column: Column, name: str, key: str) -> Column:
    """The same value under another name."""
    return Column(name, key, column.lineage, column.type, column.node, column, column.numbers)


def find(relation: Relation, key: str) -> list[Column]:
    """The columns that are known by this key; none is found as an empty list."""
    found = relation.index.get(key)
    if found is not None:
        return found
    if relation.stored is None:
        return []
    entry = (relation.stored.columns or relation.stored.known).get(key)
    if entry is None:
        return []
    spelled, kind = entry
    made = [Column(spelled, key, of_source(relation.stored.table.source(spelled)), kind)]
    relation.index[key] = made
    return made


def all_columns(relation: Relation) -> list[Column]:
    """The known columns in order."""
    if not relation.complete:
        assert relation.stored is not None  # noqa: S101 (only stored tables make columns late)
        known = relation.stored.columns or relation.stored.known
        relation.columns = [find(relation, key)[0] for key in known]
        relation.complete = True
    return relation.columns


def supply(relation: Relation, key: str, name: str, nobody: Table) -> Column | None:
    """A column that an open relation may hold; asked twice, it is the same.

    `nobody` stands for the table of a column that cannot be told.
    """
    if key in relation.hidden or not relation.open:
        return None
    if relation.stored is not None:
        if key in relation.stored.lost:
            return None
        made = Column(name, key, of_source(relation.stored.table.source(name)))
    elif relation.otherwise is not None:
        made = Column(name, key, relation.otherwise)
    else:
        inner = [
            column for opened in relation.opens if (column := supply(opened, key, name, nobody))
        ]
        if not inner:
            return None
        made = inner[0] if len(inner) == 1 else Column(name, key, of_source(nobody.source(name)))
    relation.index[key] = [made]
    return made


def given_keys(
    keys: Iterable[frozenset[Column]], columns: Sequence[Column]
) -> Iterator[frozenset[str]]:
    """What is proven unique, by the names under which columns give it."""
    named = {column.root: column.key for column in reversed(columns) if column.key}
    for key in keys:
        if all(column.root in named for column in key):
            yield frozenset(named[column.root] for column in key)


def missing(relation: Relation) -> frozenset[str]:
    """Keys of columns that an open relation is known not to have."""
    if relation.stored is not None:
        return relation.stored.lost
    inner = [missing(opened) for opened in relation.opens]
    handed = inner[0].intersection(*inner[1:]) if inner else frozenset[str]()
    return (relation.hidden | handed) - set(relation.index)


def everything(relation: Relation) -> Lineage:
    """All columns at once: a whole row, `*` over an open table."""
    return merged([*[column.lineage for column in all_columns(relation)], unknown(relation)])


def unknown(relation: Relation) -> Lineage:
    """What flows into the columns that are not known."""
    if relation.stored is not None:
        if relation.stored.columns is not None:
            return EMPTY
        return of_source(relation.stored.table.source(ANY_COLUMN))
    inner = [unknown(opened) for opened in relation.opens]
    return merged([*inner, relation.otherwise or EMPTY])


NOTHING = Relation([], EMPTY)
