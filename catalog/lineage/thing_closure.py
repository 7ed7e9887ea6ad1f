"""What is reached at dataset grain: a walk in breadth over datasets and jobs.

A dataset leads to another exactly if an end of it has an edge to an end of the other, or to a job
that leads there.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalog.model.claim import Via
from catalog.model.edge import Direction
from catalog.model.thing import Thing, thing_order


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """An edge at dataset grain: some end of `source` has an edge to some end of `target`."""

    source: Thing
    target: Thing
    via: Via


@dataclass(frozen=True, slots=True)
class ThingReach:
    """What to reach at dataset grain; datasets and jobs are reached alike."""

    roots: tuple[Thing, ...]
    direction: Direction
    depth: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ReachedThing:
    """A dataset or job that was reached, over how many links, and the last of them."""

    thing: Thing
    depth: int
    link: Link


@dataclass(frozen=True, slots=True)
class ThingClosure:
    """Everything reached, the nearest first; `truncated` exactly if a limit left something out."""

    reached: tuple[ReachedThing, ...]
    truncated: bool


ThingWalk: TypeAlias = Generator[frozenset[Thing], Sequence[Link], ThingClosure]
"""Asks for the links that leave these things in the direction of the walk."""


def walk_things(reach: ThingReach) -> ThingWalk:
    """Walk breadth first over links."""
    seen: set[Thing] = set(reach.roots)
    reached: list[ReachedThing] = []
    frontier = frozenset(reach.roots)
    depth = 0
    while frontier:
        depth += 1
        links = yield frontier
        found: dict[Thing, Link] = {}
        for link in sorted(links, key=link_order):
            thing = link.target if reach.direction is Direction.DOWNSTREAM else link.source
            found.setdefault(thing, link)
        new = sorted((thing for thing in found if thing not in seen), key=thing_order)
        if reach.depth is not None and depth > reach.depth:
            return ThingClosure(tuple(reached), truncated=bool(new))
        reached += [ReachedThing(thing, depth, found[thing]) for thing in new]
        if reach.limit is not None and len(reached) > reach.limit:
            return ThingClosure(tuple(reached[: reach.limit]), truncated=True)
        seen.update(new)
        frontier = frozenset(new)
    return ThingClosure(tuple(reached), truncated=False)


def link_order(link: Link) -> tuple[object, ...]:
    """Give the key that puts links into one fixed order."""
    return (thing_order(link.source), thing_order(link.target), thing_order(link.via))
