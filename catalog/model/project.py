"""One state of a project: what its SQL declares and makes."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.model.report import Criticality, ThingKind
from catalog.model.thing import Thing
from ingest.flows import Subtype


class Making(enum.StrEnum):
    """How a statement gives what it gives."""

    TABLE = "table"
    VIEW = "view"
    INSERT = "insert"
    QUERY = "query"  # a consumer: nothing is written
    CHECK = "check"  # a test: nothing is written


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement begins. Line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Written:
    """A text that somebody wrote, of which SQL was made."""

    file: str
    text: str
    line: int = 1  # the number of its first line


@dataclass(frozen=True, slots=True)
class RecordedFlow:
    """Data goes from a column of a relation, its rows (no path) or any of its columns (`*`).

    `into`: the column that it goes to, `*` for any, None for the rows.
    """

    relation: str
    path: tuple[str, ...]
    subtype: Subtype
    into: str | None


@dataclass(frozen=True, slots=True)
class Definition:
    """A statement that makes a relation, or reads others for somebody to look at.

    `target`: the relation, as the statement writes it; None for a query. `written`: the texts that
    `sql` was made from, the one at `place` last; none if it stands there as it is. `dialect`: if
    it is not the project's. `calls`: the relation that each name in the SQL is, if it is not known
    by its own; names are parts as the dialect folds them. `recorded`: what is known instead of SQL.
    """

    name: str
    making: Making
    sql: str
    place: Place
    target: str | None = None
    keeps_past: bool = False  # old rows stay as they are
    written: tuple[Written, ...] = ()
    adds: tuple[tuple[str, str], ...] = ()  # columns that whoever runs it adds, with their types
    reads: tuple[str, ...] = ()  # what it is declared to read, in case its SQL does not tell
    unread: str = ""  # why it is no SQL that can be read
    dialect: str | None = None
    calls: tuple[tuple[tuple[str, ...], str], ...] = ()
    recorded: tuple[RecordedFlow, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a table that comes with the project, as digests."""

    count: int
    rows: bytes  # of all rows, whatever their order
    columns: tuple[tuple[str, bytes], ...]  # of the values of each, in order


@dataclass(frozen=True, slots=True)
class Table:
    """A relation whose columns are declared: (name, type), in order. `keys`: unique, by name.

    `folded`: what columns are found by, where the text that declares them tells that it is not
    what the name of a stored column is found by. `filled`: those that have a value where none is
    given. `without`, `gained`: (name, value) of columns that are known to have a value no more, or
    to have one that they had not.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    place: Place
    keys: tuple[frozenset[str], ...] = ()
    content: Content | None = None
    open: bool = False  # it may have more columns
    folded: Mapping[str, str] = field(default_factory=dict[str, str])
    filled: frozenset[str] = frozenset()
    without: frozenset[tuple[str, str]] = frozenset()
    gained: frozenset[tuple[str, str]] = frozenset()


class RuleKind(enum.StrEnum):
    """What a check demands."""

    ACCEPTED_VALUES = "accepted_values"  # a column has only these values
    BOUNDS = "bounds"  # a column is more or less than constants
    UNIQUE = "unique"  # no two rows have the same in these columns
    COLUMNS = "columns"  # these are the columns, of these types
    NOT_NULL = "not_null"  # a column is never NULL
    PARTNER = "relationships"  # the values of a column are those of another relation's


@dataclass(frozen=True, slots=True)
class Check:
    """What somebody demands of a relation: a data test, or a contract or constraint that guards it.

    `columns`: names, with their types where those are demanded. `values`: those that are accepted,
    or bounds with their operator (`>= 0`). `guards`: the relation is not made if this does not
    hold. `partner`: the relation and column whose values are demanded.
    """

    name: str
    relation: str
    kind: RuleKind
    columns: tuple[tuple[str, str], ...]
    place: Place
    line: str = ""  # the text of the line where it is written
    values: tuple[str, ...] = ()
    guards: bool = False
    partner: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Consumer:
    """Something outside that is declared to read relations, nobody knows which columns of."""

    name: str
    reads: tuple[str, ...]
    owners: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Problem:
    """A statement or file that could not be read, and why."""

    name: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Named:
    """What a relation, or what reads, is in the catalog."""

    thing: Thing
    kind: ThingKind
    criticality: Criticality = Criticality.NORMAL


@dataclass(frozen=True, slots=True)
class Project:
    """One state of a project. `definitions` may be several for one relation (several writers)."""

    dialect: str
    tables: Mapping[str, Table] = field(default_factory=dict[str, Table])
    definitions: tuple[Definition, ...] = ()
    problems: tuple[Problem, ...] = ()
    defaults: tuple[str | None, str | None] = (None, None)  # schema, database
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the project calls its relations, if not as its SQL does."""
    nodes: Mapping[str, str] = field(default_factory=dict[str, str])
    """What dbt calls them in all of its projects: their unique ids."""
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    consumers: tuple[Consumer, ...] = ()
    catalogued: Mapping[str, Named] = field(default_factory=dict[str, Named])
    checks: tuple[Check, ...] = ()
    labels: Mapping[tuple[str, str], tuple[str, ...]] = field(
        default_factory=dict[tuple[str, str], tuple[str, ...]]
    )
    """What is said of columns, by relation and name."""
