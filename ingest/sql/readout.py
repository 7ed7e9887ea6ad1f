"""What a text of SQL says of lineage, as plain values that can cross processes.

Names are parts as the dialect folds them, the outermost first: `Sales.Orders` is
`("sales", "orders")` in PostgreSQL. The reading itself is in `ingest.sql.reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ingest.flows import Subtype
from ingest.sql.assumption import Assumption
from ingest.sql.errors import Problem, Span

Parts: TypeAlias = tuple[str, ...]
"""The name of a table: folded by the dialect, the outermost part first."""


@dataclass(frozen=True, slots=True)
class KnownTable:
    """A table of which all columns are known, with their types ("" where that is not known)."""

    name: Parts
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a dialect of sqlglot; the empty name is generic SQL."""

    sql: str
    dialect: str


@dataclass(frozen=True, slots=True)
class Request:
    """A text, and all that is known of the tables that it names; the others are open.

    `assumptions`: what it assumes of values is asked for, too.
    """

    text: Text
    tables: tuple[KnownTable, ...]
    assumptions: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What a text does to one table, whatever else it does.

    `spans`: the statement, behind those that make what it reads and is gone with the session.
    `names`: of the tables that are named there.
    """

    spans: tuple[Span, ...]
    written: Parts
    names: frozenset[Parts]


@dataclass(frozen=True, slots=True)
class Naming:
    """The tables that a text reads and writes; temporary ones, which it makes itself, are left out.

    `problem`: why it cannot be read, at least in part. `filled`: of what is written what the text
    does not make, so that it is there before; `kept`: what of this keeps the rows that it has.
    `pieces`: what the text can be taken apart into, in order.
    """

    read: tuple[Parts, ...]
    written: tuple[Parts, ...]
    problem: Problem | None
    filled: tuple[Parts, ...] = ()
    kept: tuple[Parts, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def tables(self) -> frozenset[Parts]:
        """Give all of them."""
        return frozenset({*self.read, *self.written})


class Origin(NamedTuple):
    """What flows into an end. The empty path: the rows; `("*",)`: columns that are not known.

    `quote`: where the text says so: the expression that makes the value, or the smallest clause by
    which the origin decides.
    """

    table: Parts
    path: tuple[str, ...]
    subtype: Subtype
    masking: bool
    quote: Span | None


@dataclass(frozen=True, slots=True)
class WrittenColumn:
    """An output column."""

    name: str
    type: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What is given (`target` None) or written to a table.

    `whole`: these are all the columns that the target has. `any_column`: what flows into columns
    that are not known. `temporary`: the target is gone with the session; what is read from it in
    the same text is composed away.
    """

    target: Parts | None
    columns: tuple[WrittenColumn, ...]
    rows: tuple[Origin, ...]
    any_column: tuple[Origin, ...]
    whole: bool
    temporary: bool


class Assumed(NamedTuple):
    """What a text assumes of a column, and where. `value`: a literal, a type, `table.column`."""

    table: Parts
    path: tuple[str, ...]
    assumption: Assumption
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Readout:
    """What a text says. `bound`: every name was found, all of them in tables that are known whole.

    `problem`: the first in the text; what else the text says is there all the same. `assumed`: if
    that was asked for.
    """

    written: tuple[Written, ...]
    problem: Problem | None
    bound: bool
    assumed: tuple[Assumed, ...] = ()
