"""The columns that are visible in a query, with what each can hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.sql.contents.content import Contents, Literals
from ingest.sql.gaps import JOINED, NEVER, Gaps
from ingest.sql.relation import Column


@dataclass(slots=True, eq=False)
class Visible:
    """The columns that are visible. `optional`: those of a side of a join that may be missing."""

    outer: Visible | None
    values: dict[Column, Contents] = field(default_factory=dict[Column, Contents])
    optional: list[set[Column]] = field(default_factory=list[set[Column]])
    grouped: bool = False
    everywhere: Gaps = NEVER

    def entry(self, column: Column) -> Column | None:
        one: Column | None = column
        while one is not None and one not in self.values:
            one = one.origin
        return one

    def find(self, column: Column) -> Contents | None:
        """Give what a column holds that is visible here, or that is a copy of one."""
        frame: Visible | None = self
        while frame is not None:
            one = frame.entry(column)
            if one is not None:
                missing = any(one in side for side in frame.optional)
                told = frame.values[one]
                more = frame.everywhere | (JOINED if missing else NEVER)
                return told._replace(gaps=told.gaps | more)
            frame = frame.outer
        return None

    def demand(self, column: Column) -> None:
        """A row where this is NULL is not there: its side of a join is."""
        one = self.entry(column)
        if one is not None:
            self.values[one] = self.values[one]._replace(gaps=NEVER)
            self.optional = [side for side in self.optional if one not in side]

    def restrict(self, column: Column, literals: Literals, *, out: bool) -> None:
        """A row is there if this is one of the literals, or (`out`) if it is none."""
        one = self.entry(column)
        if one is None:
            return
        told = self.values[one]
        if out:
            self.values[one] = told._replace(never=told.never | literals)
        else:
            only = literals if told.only is None else told.only & literals
            self.values[one] = told._replace(only=only)
