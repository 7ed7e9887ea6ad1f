"""An answer to the question of lineage, at either grain. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.lineage.closure import Closure
from catalog.lineage.path import Arrival, arrivals, thing_arrivals
from catalog.lineage.thing_closure import Link, ThingClosure
from catalog.model.edge import Direction, Edge
from catalog.model.thing import Thing
from ingest.flows import End, Kind, Whole, owner_of
from ingest.names import ColumnName, DatasetName, JobName


class Grain(enum.StrEnum):
    """Which things an answer is about."""

    COLUMN = "COLUMN"
    DATASET = "DATASET"


@dataclass(frozen=True, slots=True)
class Totals:
    """How much was reached."""

    reached: int
    datasets: int
    columns: int
    jobs: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The log positions before and after; they differ if the graph moved meanwhile."""

    before: int
    after: int

    @property
    def consistent(self) -> bool:
        """Tell whether the whole answer is of one moment."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """What is reached at column grain."""

    roots: tuple[End, ...]
    direction: Direction
    kinds: frozenset[Kind]
    closure: Closure
    answered: Answered

    @property
    def ends(self) -> tuple[End, ...]:
        """Give everything reached, the nearest first."""
        return tuple(one.end for one in self.closure.reached)

    @property
    def totals(self) -> Totals:
        """Count what was reached."""
        owners = {owner_of(end) for end in self.ends}
        return Totals(
            reached=len(self.ends),
            datasets=sum(isinstance(owner, DatasetName) for owner in owners),
            columns=sum(isinstance(end, ColumnName) for end in self.ends),
            jobs=sum(isinstance(owner, JobName) for owner in owners),
        )

    def arrivals(self, start: int, stop: int) -> Sequence[Arrival]:
        """Give some of what was reached, each with a shortest path."""
        return arrivals(self.closure, self.closure.reached[start:stop])

    @property
    def inside(self) -> frozenset[End]:
        """Give the roots, what was reached, and the wholes over which the walk came and went."""
        ends = {*self.roots, *self.ends}
        return frozenset(
            ends | {Whole(end.dataset) for end in ends if not isinstance(end, JobName)}
        )

    def between(self, edges: Iterable[Edge]) -> list[Edge]:
        """Keep the edges that the walk could take between what was reached and the roots."""
        inside = self.inside
        return [
            edge
            for edge in edges
            if edge.kind in self.kinds and edge.source in inside and edge.target in inside
        ]


@dataclass(frozen=True, slots=True)
class ThingAnswer:
    """What is reached at dataset grain."""

    roots: tuple[Thing, ...]
    direction: Direction
    closure: ThingClosure
    answered: Answered

    @property
    def ends(self) -> tuple[Thing, ...]:
        """Give everything reached, the nearest first."""
        return tuple(one.thing for one in self.closure.reached)

    @property
    def totals(self) -> Totals:
        """Count what was reached."""
        datasets = sum(isinstance(thing, DatasetName) for thing in self.ends)
        count = len(self.ends)
        return Totals(reached=count, datasets=datasets, columns=0, jobs=count - datasets)

    def arrivals(self, start: int, stop: int) -> Sequence[Arrival]:
        """Give some of what was reached, each with a shortest path."""
        return thing_arrivals(self.closure, self.closure.reached[start:stop], self.direction)

    def between(self, links: Iterable[Link]) -> list[Link]:
        """Keep the links between what was reached and the roots."""
        inside = {*self.roots, *self.ends}
        return [link for link in links if link.source in inside and link.target in inside]
