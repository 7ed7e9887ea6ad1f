"""What is reached from where, by a walk in breadth over the edges that hold.

The walk is a generator that asks for edges and ends and is sent the answers, so that the same
walk runs over every store, with or without waiting.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalog.model.claim import Via
from catalog.model.edge import Direction, Edge
from ingest.flows import End, Kind, Rows, Whole, end_order, owner_of
from ingest.names import ColumnName, DatasetName


@dataclass(frozen=True, slots=True)
class Reach:
    """What to reach: from where, which way, over which kinds, how far.

    `depth` counts edges; `limit` counts reached ends; None is without end.
    """

    roots: tuple[End, ...]
    direction: Direction
    kinds: frozenset[Kind] = frozenset(Kind)
    depth: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """An end that was reached, over how many edges, and over which edge the last step went.

    `edge` is the last of a shortest path, `before` the end reached before it, or a root. The ends
    of the edge itself may be the `whole` of their datasets.
    """

    end: End
    depth: int
    edge: Edge
    before: End


@dataclass(frozen=True, slots=True)
class Closure:
    """Everything reached, the nearest first, in a fixed order; the roots are not in it.

    `truncated` exactly if a limit left something out.
    """

    reached: tuple[Reached, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class EdgesAt:
    """Asks for the edges that leave these ends in the direction of the walk.

    Of the edges of the wanted kinds into one end, those from the first end in order are enough.
    """

    ends: frozenset[End]


@dataclass(frozen=True, slots=True)
class EndsOf:
    """Asks for every known end of these datasets."""

    datasets: frozenset[DatasetName]


Question: TypeAlias = EdgesAt | EndsOf
Answer: TypeAlias = Sequence[Edge] | Mapping[DatasetName, Sequence[End]]
Walk: TypeAlias = Generator[Question, Answer, Closure]


def walk(reach: Reach) -> Walk:
    """Walk breadth first from the roots.

    From a column or rows the walk goes on over its own edges and over those of its dataset's
    `whole`; an edge into a `whole` reaches every end of that dataset. Neither is chained inside
    one dataset: a column does not reach its neighbours through their `whole`.
    """
    seen: set[End] = set(reach.roots)
    reached: list[Reached] = []
    frontier: list[End] = list(dict.fromkeys(reach.roots))
    depth = 0
    while frontier:
        depth += 1
        level = yield from _next_level(reach, frontier, seen, depth)
        if reach.depth is not None and depth > reach.depth:
            return Closure(tuple(reached), truncated=bool(level))
        reached += level
        if reach.limit is not None and len(reached) > reach.limit:
            return Closure(tuple(reached[: reach.limit]), truncated=True)
        frontier = [one.end for one in level]
        seen.update(frontier)
    return Closure(tuple(reached), truncated=False)


def _next_level(
    reach: Reach, frontier: Sequence[End], seen: set[End], depth: int
) -> Generator[Question, Answer, list[Reached]]:
    leaving: dict[End, End] = {}
    for end in frontier:
        for leave in _exits(end):
            leaving.setdefault(leave, end)
    edges = yield EdgesAt(frozenset(leaving))
    found: dict[End, Edge] = {}
    wholes: dict[DatasetName, Edge] = {}
    for edge in sorted((edge for edge in edges if isinstance(edge, Edge)), key=edge_order):
        if edge.kind not in reach.kinds or _stays(edge):
            continue
        end = edge.finish(reach.direction)
        found.setdefault(end, edge)
        if isinstance(end, Whole):
            wholes.setdefault(end.dataset, edge)
    if wholes:
        ends = yield EndsOf(frozenset(wholes))
        if isinstance(ends, Mapping):
            for dataset, edge in wholes.items():
                for end in ends.get(dataset, ()):
                    found.setdefault(end, edge)
    new = sorted((end for end in found if end not in seen), key=end_order)
    return [
        Reached(end, depth, found[end], before=leaving[found[end].start(reach.direction)])
        for end in new
    ]


def _exits(end: End) -> tuple[End, ...]:
    match end:
        case ColumnName(dataset) | Rows(dataset):
            return (end, Whole(dataset))
        case _:
            return (end,)


def _stays(edge: Edge) -> bool:
    """Edges into a dataset's own rows, and from an end to itself, are shown and not followed."""
    own_rows = isinstance(edge.target, Rows) and owner_of(edge.source) == edge.target.dataset
    return own_rows or edge.source == edge.target


def edge_order(edge: Edge) -> tuple[object, ...]:
    """Give the key that puts edges into one fixed order."""
    ends = (end_order(edge.source), end_order(edge.target))
    return (*ends, edge.kind, edge.subtype, via_order(edge.via))


def via_order(via: Via) -> tuple[object, ...]:
    """Give the key that puts makers of edges into one fixed order: jobs first."""
    return (isinstance(via, DatasetName), via.namespace, via.name)
