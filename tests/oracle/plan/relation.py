"""What an operator of a bound plan yields."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.oracle.answer import End
from tests.oracle.plan.cells import NOTHING, Cell

Positions = frozenset[int]
NO_KEYS: frozenset[Positions] = frozenset()
ONE_ROW: frozenset[Positions] = frozenset({frozenset()})
"""The key of what has at most one row."""


@dataclass(frozen=True)
class Relation:
    """An operator's output.

    `rows` shape all of it. `tolerated` cannot, but an answer may say so. `keys` are sets of
    positions that are unique. `single`: exactly one row. `order`: what an order, if it is
    cut off by a limit, adds to the rows.
    """

    cells: tuple[Cell, ...]
    rows: frozenset[End] = NOTHING
    tolerated: frozenset[End] = NOTHING
    keys: frozenset[Positions] = NO_KEYS
    single: bool = False
    order: frozenset[End] = NOTHING

    def shaped(self, *ends: frozenset[End]) -> Relation:
        """The same with fewer rows, or other ones, by those columns."""
        return replace(self, rows=self.rows.union(*ends), single=False)

    def given(self, conditions: frozenset[End]) -> tuple[Cell, ...]:
        return tuple(each.given(conditions) for each in self.cells)
