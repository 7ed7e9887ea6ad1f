"""Shortest paths out of a closure. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.lineage.closure import Closure, Reached
from catalog.lineage.thing_closure import Link, ReachedThing, ThingClosure
from catalog.model.edge import Direction, Edge
from catalog.model.thing import Thing
from ingest.flows import End


@dataclass(frozen=True, slots=True)
class Arrival:
    """An end or a thing that was reached, and a shortest path to it, from a root on."""

    end: End | Thing
    depth: int
    path: tuple[Edge | Link, ...]


def arrivals(closure: Closure, only: Sequence[Reached]) -> list[Arrival]:
    """Give some of a closure's ends with their paths."""
    known = {one.end: one for one in closure.reached}
    return [Arrival(one.end, one.depth, _path(known, one)) for one in only]


def thing_arrivals(
    closure: ThingClosure, only: Sequence[ReachedThing], direction: Direction
) -> list[Arrival]:
    """Give some of a closure's things with their paths."""
    known = {one.thing: one for one in closure.reached}
    return [Arrival(one.thing, one.depth, _thing_path(known, one, direction)) for one in only]


def _path(known: Mapping[End, Reached], last: Reached) -> tuple[Edge, ...]:
    steps: list[Edge] = []
    step: Reached | None = last
    while step is not None:
        steps.append(step.edge)
        step = known.get(step.before) if step.depth > 1 else None
    return tuple(reversed(steps))


def _thing_path(
    known: Mapping[Thing, ReachedThing], last: ReachedThing, direction: Direction
) -> tuple[Link, ...]:
    steps: list[Link] = []
    step: ReachedThing | None = last
    while step is not None:
        link = step.link
        steps.append(link)
        before = link.source if direction is Direction.DOWNSTREAM else link.target
        step = known.get(before) if step.depth > 1 else None
    return tuple(reversed(steps))
