"""Where values are read: the columns that are visible, and the rows that are at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from sqlglot.expressions import Expr

from ingest.sql.relation import Column
from ingest.sql.scope import Binding, Item
from ingest.sql.terms.term import Term, term, text, unordered


class Rowset(NamedTuple):
    """A set of rows: exactly, and as far as copies do not count."""

    exact: Term
    members: Term


NO_ROWS = Rowset(term("no rows"), term("no rows"))


def narrowed(rows: Rowset, by: set[Term]) -> Rowset:
    """Give the rows that meet conditions."""
    if not by:
        return rows
    wanted = unordered("all of", by)
    return Rowset(term("narrowed", rows.exact, wanted), term("narrowed", rows.members, wanted))


@dataclass(slots=True, eq=False)
class Source:
    """The FROM clause of a query, flat: what is joined, and the conditions that all rows meet."""

    base: Rowset | None = None  # of the only element, if it is more than a join
    joined: list[Rowset] = field(default_factory=list[Rowset])
    conditions: set[Term] = field(default_factory=set[Term])
    depth: int = 0  # in how many other queries' expressions it stands
    numbers: dict[Term, int] = field(default_factory=dict[Term, int])  # mentions of each table
    tables: set[str] = field(default_factory=set[str])  # all that is read in it

    def number(self, of: Term) -> Term:
        """Tell one mention of a table from the others."""
        times = self.numbers[of] = self.numbers.get(of, -1) + 1
        return term("mention", of, text(f"{self.depth}/{times}"))

    def part(self) -> Source:
        """Give a source whose parts will be ours: mentions are counted together."""
        return Source(depth=self.depth, numbers=self.numbers)

    def take(self, other: Source) -> None:
        """Join another source without restriction."""
        self.joined += other.joined
        self.conditions |= other.conditions
        self.tables |= other.tables

    def unfiltered(self) -> Rowset:
        """Give the rows before any condition."""
        if self.base is not None:
            return self.base
        return Rowset(
            unordered("joined", [one.exact for one in self.joined]),
            unordered("joined", [one.members for one in self.joined]),
        )

    def rows(self) -> Rowset:
        """Give the rows of the clause."""
        return narrowed(self.unfiltered(), self.conditions)


@dataclass(frozen=True, slots=True)
class Valued:
    """The terms of a query's columns, in order, and of its rows.

    `source` is the FROM clause of a query that only joins, filters and calculates: it can become
    a part of another's. `core`: the rows before the last `conditions`.
    """

    columns: list[tuple[Column, Term]]
    rows: Rowset
    tables: frozenset[str]
    source: Source | None = None
    core: Rowset = NO_ROWS
    conditions: frozenset[Term] = frozenset()


class Made(NamedTuple):
    """The terms of a relation that a script made for itself."""

    columns: list[tuple[Column, Term]]
    rows: Rowset


Temporary: TypeAlias = dict[int, Made]
"""By the id of the relation."""


@dataclass(slots=True, eq=False)
class Frame:
    """The columns that a query's expressions can read, each with its value."""

    binding: Binding
    query: Callable[[Expr, Frame, Source], Valued]  # of a query; given, as in `Binding`
    outer: Frame | None = None
    depth: int = 0
    temporary: Temporary = field(default_factory=dict[int, Made])
    items: list[Item] = field(default_factory=list[Item])  # of the FROM clause, so far
    values: dict[Column, Term] = field(default_factory=dict[Column, Term])
    rows: Rowset = NO_ROWS  # that aggregates are made of
    seen: Rowset = NO_ROWS  # that windows go over
    keys: Term = b""  # what the rows are grouped by

    def find(self, column: Column) -> Term | None:
        """Give the value of a column that is visible here, or that is a copy of one."""
        frame: Frame | None = self
        while frame is not None:
            one: Column | None = column
            while one is not None:
                found = frame.values.get(one)
                if found is not None:
                    return found
                one = one.origin
            frame = frame.outer
        return None
