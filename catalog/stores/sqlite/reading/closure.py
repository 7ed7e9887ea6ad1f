"""The closures, walked over integers: names are looked up only for what is answered.

At column grain it is the walk of `catalog.lineage.closure.walk`, level by level; a property test
holds the two together.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.lineage.closure import Closure, Reach, Reached, edge_order
from catalog.lineage.thing_closure import ThingClosure, ThingReach, walk_things
from catalog.model.edge import Direction, Edge
from catalog.stores.sqlite.ends import (
    FIRST_COLUMN,
    JOB,
    PLACES,
    ROWS,
    WHOLE,
    end_at,
    place_of,
    range_of,
    thing_of,
)
from catalog.stores.sqlite.reading.edges import STEP, StoredEdge, links_at, read_edges
from catalog.stores.sqlite.reading.values import Values, find_end, find_thing, listed
from ingest.flows import End, end_order, owner_of

_FOLLOWED = (
    f" AND source <> target AND NOT (target & {(1 << PLACES) - 1} = {ROWS}"
    f" AND source >> {PLACES} = target >> {PLACES})"
)
_STEP = {direction: query + _FOLLOWED for direction, query in STEP.items()}
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
    for depth, level in enumerate(walked.levels, start=1):
        reached += _read_level(level, depth, reach.direction, room, values)
        if room is not None:
            room = max(room - len(level.ends), 0)
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
    leaving = _leaving(roots | _wholes_of_roots(connection, reach.roots))
    seen, found = set(roots), 0
    hows = range_of(reach.kinds)
    while leaving:
        edges = connection.execute(_STEP[reach.direction], (listed(leaving), *hows)).fetchall()
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


def _wholes_of_roots(connection: sqlite3.Connection, roots: Iterable[End]) -> set[int]:
    """Give the wholes over which one leaves roots that may themselves be unknown columns."""
    owners = {owner_of(root): root for root in roots}
    things = {find_thing(connection, owner) for owner, root in owners.items() if owner != root}
    return {end_at(thing, WHOLE) for thing in things if thing is not None}


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


def _read_level(
    level: Level, depth: int, direction: Direction, room: int | None, values: Values
) -> list[Reached]:
    """Give the first ends of a level with their edges, in order."""
    if room == 0:
        return []
    names = values.ends(level.ends)
    ordered = sorted(level.ends, key=lambda end: end_order(names[end]))[:room]
    ways = _ways(level.edges, ordered, direction, values)
    return [
        Reached(names[end], depth, ways[end] if end in ways else ways[end_at(thing_of(end), WHOLE)])
        for end in ordered
    ]


def _ways(
    edges: Sequence[StoredEdge], ends: Sequence[int], direction: Direction, values: Values
) -> Mapping[int, Edge]:
    """Give the first edge into each end, and into its `whole`, as far as there is any."""
    place = _finish(direction)
    wanted = {*ends, *(end_at(thing_of(end), WHOLE) for end in ends)}
    into = [edge for edge in edges if edge[place] in wanted]
    options: defaultdict[int, list[Edge]] = defaultdict(list)
    for stored, edge in zip(into, read_edges(into, values), strict=True):
        options[stored[place]].append(edge)
    return {
        end: found[0] if len(found) == 1 else min(found, key=edge_order)
        for end, found in options.items()
    }
