"""Edges told against edges of the plan: exactness and F1, per statement."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.answer import End, Lineage
from tests.oracle.plan.cells import EMPTY
from tests.oracle.plan.writes import Written

Edge = tuple[str, End]
NO_EDGES: frozenset[Edge] = frozenset()
NO_ENDS: frozenset[End] = frozenset()
ROWS = "(rows)"

"""An output's name and the column it comes from."""


@dataclass(frozen=True)
class Truth:
    """Edges of the plan: of values, of everything, and those that are neither wanted nor wrong."""

    direct: frozenset[Edge]
    every: frozenset[Edge]
    tolerated: frozenset[Edge]


@dataclass(frozen=True)
class Counts:
    """Edges found, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.wrong + other.wrong, self.missing + other.missing
        )

    @property
    def exact(self) -> bool:
        return not (self.wrong or self.missing)

    @property
    def f1(self) -> float:
        """1.0 where there was nothing to find and nothing was found."""
        total = 2 * self.right + self.wrong + self.missing
        return 2 * self.right / total if total else 1.0


def truth_of(plan: Written) -> Truth:
    """Outputs of equal name are one; the rows are an output like the others."""
    flow = plan.flow
    named = [(name.lower(), each) for name, each in zip(plan.names, flow.cells, strict=True)]
    outputs = {ROWS, *(name for name, _ in named)}
    return Truth(
        direct=frozenset((name, end) for name, each in named for end in each.direct),
        every=frozenset(
            (name, end) for name, each in [*named, (ROWS, EMPTY)] for end in each.ends | flow.rows
        ),
        tolerated=frozenset((name, end) for name in outputs for end in flow.tolerated),
    )


def values(truth: Truth, said: Lineage) -> Counts:
    """The direct edges compared; a condition of the column alone is not missed as a value."""
    told = frozenset((name, end) for name, ends in said.direct.items() for end in ends)
    return _counts(told, truth.direct, NO_EDGES)


def everything(truth: Truth, said: Lineage) -> Counts:
    """Direct and indirect edges compared, the rows' counted for every output."""
    own = {**said.own, ROWS: NO_ENDS}
    told = frozenset((name, end) for name, ends in own.items() for end in ends | said.rows)
    return _counts(told, truth.every, truth.tolerated)


def _counts(told: frozenset[Edge], wanted: frozenset[Edge], tolerated: frozenset[Edge]) -> Counts:
    return Counts(
        right=len(told & wanted),
        wrong=len(told - wanted - tolerated),
        missing=len(wanted - told),
    )
