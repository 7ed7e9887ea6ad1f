"""Edges told against edges of the plan: exactness and F1, per statement."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.answer import End, Lineage
from tests.oracle.plan.cells import EMPTY
from tests.oracle.plan.writes import Written

Edge = tuple[str, End]
"""An output's name and the column it comes from."""

NO_ENDS: frozenset[End] = frozenset()
ROWS = "(rows)"


@dataclass(frozen=True)
class Truth:
    """Edges of the plan: of values, also of what conditions them, of everything the rows come in.

    `tolerated` are neither wanted nor wrong; `either` are so among the values.
    """

    direct: frozenset[Edge]
    own: frozenset[Edge]
    every: frozenset[Edge]
    tolerated: frozenset[Edge]
    either: frozenset[Edge]


@dataclass(frozen=True)
class Comparison:
    """Edges told that are true, those that are not, and those that were not told."""

    right: frozenset[Edge]
    wrong: frozenset[Edge]
    missing: frozenset[Edge]

    @property
    def exact(self) -> bool:
        return not (self.wrong or self.missing)

    @property
    def f1(self) -> float:
        """1.0 where there was nothing to find and nothing was told."""
        total = 2 * len(self.right) + len(self.wrong) + len(self.missing)
        return 2 * len(self.right) / total if total else 1.0


def truth_of(plan: Written) -> Truth:
    """Outputs of equal name are one; the rows are an output like the others."""
    flow = plan.flow
    named = [(name.lower(), each) for name, each in zip(plan.names, flow.cells, strict=True)]
    outputs = {ROWS, *(name for name, _ in named)}
    return Truth(
        direct=frozenset((name, end) for name, each in named for end in each.direct),
        own=frozenset((name, end) for name, each in named for end in each.ends),
        every=frozenset(
            (name, end) for name, each in [*named, (ROWS, EMPTY)] for end in each.ends | flow.rows
        ),
        tolerated=frozenset((name, end) for name in outputs for end in flow.tolerated),
        either=frozenset((name, end) for name, each in named for end in each.either),
    )


def of_values(truth: Truth, said: Lineage) -> Comparison:
    """The direct edges; what only conditions a column is none."""
    told = frozenset((name, end) for name, ends in said.direct.items() for end in ends)
    return _compared(told, truth.direct - truth.either, truth.either)


def of_either(truth: Truth, said: Lineage) -> Comparison:
    """The direct edges, where what conditions a column may be called one."""
    told = frozenset((name, end) for name, ends in said.direct.items() for end in ends)
    return _compared(told, truth.direct - truth.either, truth.own | truth.either)


def of_everything(truth: Truth, said: Lineage) -> Comparison:
    """Direct and indirect edges; those into the rows count for every output.

    What a write fills with defaults is an output of the plan; the statement does not speak of it.
    """
    own = {**said.own, ROWS: NO_ENDS}
    told = frozenset((name, end) for name, ends in own.items() for end in ends | said.rows)
    spoken_of = {*own, *(name for name, _ in truth.direct)}
    wanted = frozenset(edge for edge in truth.every if edge[0] in spoken_of)
    return _compared(told, wanted, truth.tolerated)


def _compared(
    told: frozenset[Edge], wanted: frozenset[Edge], tolerated: frozenset[Edge]
) -> Comparison:
    return Comparison(right=told & wanted, wrong=told - wanted - tolerated, missing=wanted - told)
