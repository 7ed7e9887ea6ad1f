"""The closures, walked over integers: names are looked up only for what is answered.

At column grain it is the walk of `catalog.lineage.closure.walk`, level by level; a property test
holds the two together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from catalog.lineage.closure import Closure, Reach, Reached, via_order
from catalog.lineage.thing_closure import ThingClosure, ThingReach, walk_things
from catalog.model.edge import Direction, Edge
from catalog.stores.sqlite.ends import (
    FIRST_COLUMN,
    JOB,
    PLACES,
    ROWS,
    WHOLE,
    end_at,
    meant_by,
    place_of,
    range_of,
    thing_of,
)
from catalog.stores.sqlite.reading.edges import STEP, StoredEdge, links_at, read_edges
from catalog.stores.sqlite.reading.values import Values, find_end, find_thing, listed
from ingest.flows import End, end_order
from ingest.names import JobName

_FOLLOWED = (
    f" AND source <> target AND NOT (target & {(1 << PLACES) - 1} = {ROWS}"
    f" AND source >> {PLACES} = target >> {PLACES})"
)
FOLLOWED_STEP = {direction: query + _FOLLOWED for direction, query in STEP.items()}
_COLUMNS = (
    "SELECT columns.id FROM json_each(?) CROSS JOIN columns ON columns.id"
    f" BETWEEN (value << {PLACES}) + {FIRST_COLUMN} AND (value + 1 << {PLACES}) - 1"
    " WHERE uses > 0"
)


@dataclass(frozen=True, slots=True)
class Level:
    """Ends reached at one depth, and the edges that led there."""

    ends: set[int]
    edges: Sequence[StoredEdge]


class Way(NamedTuple):
    """An edge, and the stored end at which one goes into it."""

    start: int
    edge: Edge


@dataclass(slots=True)
class Walked:
    """Levels, the nearest first. `more`: there is a further one, beyond the depth asked for."""

    levels: list[Level] = field(default_factory=list[Level])
    more: bool = False


def closure(connection: sqlite3.Connection, reach: Reach) -> Closure:
    """Give what is reached at column grain."""
    walked = _walk(connection, reach)
    values = Values(connection)
    room = reach.limit
    reached: list[Reached] = []
    through = _through_roots(connection, reach.roots)
    for depth, level in enumerate(walked.levels, start=1):
        ordered = _ordered(level.ends, values)[:room]
        ways = _ways(level.edges, ordered, reach.direction, values)
        reached += _read_level(ordered, ways, depth, through, values)
        through = _through(ordered, values)
        room = None if room is None else room - len(ordered)
    total = sum(len(level.ends) for level in walked.levels)
    return Closure(tuple(reached), truncated=walked.more or len(reached) < total)


def thing_closure(connection: sqlite3.Connection, reach: ThingReach) -> ThingClosure:
    """Give what is reached at dataset grain."""
    values = Values(connection)
    steps = walk_things(reach)
    try:
        things = next(steps)
        while True:
            things = steps.send(links_at(connection, things, reach.direction, values))
    except StopIteration as stop:
        return stop.value


def _walk(connection: sqlite3.Connection, reach: Reach) -> Walked:
    """Walk until nothing new is found, or more than the limit, or behind the depth."""
    walked = Walked()
    roots = {key for root in reach.roots if (key := find_end(connection, root)) is not None}
    leaving = _leaving(roots | set(_through_roots(connection, reach.roots)))
    seen, found = set(roots), 0
    hows = range_of(reach.kinds)
    while leaving:
        edges = connection.execute(
            FOLLOWED_STEP[reach.direction], (listed(leaving), *hows)
        ).fetchall()
        new = _arrived(connection, edges, reach.direction) - seen
        if reach.depth is not None and len(walked.levels) >= reach.depth:
            walked.more = bool(new)
            break
        walked.levels.append(Level(new, edges))
        found += len(new)
        if reach.limit is not None and found > reach.limit:
            break
        seen |= new
        leaving = _leaving(new)
    return walked


def _through_roots(connection: sqlite3.Connection, roots: Sequence[End]) -> dict[int, End]:
    """Give, by `whole`, the root over which one leaves by it, be the root itself unknown."""
    through: dict[int, End] = {}
    for root in roots:
        if not isinstance(root, JobName):
            dataset = find_thing(connection, root.dataset)
            if dataset is not None:
                through.setdefault(end_at(dataset, WHOLE), root)
    return through


def _through(ordered: Sequence[int], values: Values) -> dict[int, End]:
    """Give, by `whole`, the end of a level over which one leaves by it: its dataset's first."""
    names = values.ends(ordered)
    through: dict[int, End] = {}
    for end in ordered:
        through.setdefault(end_at(thing_of(end), WHOLE), names[end])
    return through


def _leaving(ends: set[int]) -> set[int]:
    """Give the ends by which one leaves these: columns and rows also by their `whole`."""
    parts = (end for end in ends if place_of(end) not in (WHOLE, JOB))
    return ends | {end_at(thing, WHOLE) for thing in {thing_of(end) for end in parts}}


def _arrived(
    connection: sqlite3.Connection, edges: Sequence[StoredEdge], direction: Direction
) -> set[int]:
    """Give the ends that edges lead to, and, of each `whole`, all of its dataset."""
    place = _finish(direction)
    ends = {edge[place] for edge in edges}
    wholes = {thing_of(end) for end in ends if place_of(end) == WHOLE}
    if not wholes:
        return ends
    columns = connection.execute(_COLUMNS, (listed(wholes),))
    return ends | {end_at(thing, ROWS) for thing in wholes} | {key for (key,) in columns}


def _finish(direction: Direction) -> int:
    """Tell where in a stored edge the end stands at which one comes out."""
    return 2 if direction is Direction.DOWNSTREAM else 0


def _ordered(ends: set[int], values: Values) -> list[int]:
    names = values.ends(ends)
    return sorted(ends, key=lambda end: end_order(names[end]))


def _read_level(
    ordered: Sequence[int],
    ways: Mapping[int, Way],
    depth: int,
    through: Mapping[int, End],
    values: Values,
) -> Iterator[Reached]:
    """Give the ends of a level, each with the edge that leads there."""
    names = values.ends(ordered)
    for end in ordered:
        way = ways.get(end) or ways[end_at(thing_of(end), WHOLE)]
        start = through[way.start] if place_of(way.start) == WHOLE else names[way.start]
        yield Reached(names[end], depth, way.edge, start)


def _ways(
    edges: Sequence[StoredEdge], ends: Sequence[int], direction: Direction, values: Values
) -> Mapping[int, Way]:
    """Give the first edge into each end, and into its `whole`, as far as there is any."""
    finish = _finish(direction)
    start = 2 - finish
    wanted = {*ends, *(end_at(thing_of(end), WHOLE) for end in ends)}
    into = [edge for edge in edges if edge[finish] in wanted]
    order = _order(into, start, values)
    first: dict[int, StoredEdge] = {}
    for edge in into:
        known = first.get(edge[finish])
        if known is None or order(edge) < order(known):
            first[edge[finish]] = edge
    chosen = list(first.values())
    read = read_edges(chosen, values)
    return {
        stored[finish]: Way(stored[start], edge) for stored, edge in zip(chosen, read, strict=True)
    }


def _order(
    edges: Sequence[StoredEdge], start: int, values: Values
) -> Callable[[StoredEdge], tuple[object, ...]]:
    """Give the order of edges that share the end at which one comes out: that of `edge_order`."""
    names = values.ends({edge[start] for edge in edges})
    things = values.things({edge[3] for edge in edges})
    starts = {key: end_order(names[key]) for key in {edge[start] for edge in edges}}
    vias = {key: via_order(things[key]) for key in {edge[3] for edge in edges}}
    hows = {how: meant_by(how)[:2] for how in {edge[1] for edge in edges}}
    return lambda edge: (starts[edge[start]], hows[edge[1]], vias[edge[3]])
