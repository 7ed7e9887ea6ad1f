"""Closures: level by level, each level one question to the server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalog.lineage.closure import Closure, EdgesAt, Reach, walk
from catalog.lineage.thing_closure import ThingClosure, ThingReach, walk_things
from catalog.model.edge import Edge
from catalog.stores.neo4j.connection import Row, Transaction, rows
from catalog.stores.neo4j.keys import end_key
from catalog.stores.neo4j.queries import queries
from catalog.stores.neo4j.reading import along, chunks, ends, links
from catalog.stores.neo4j.rows import edge_from_row
from ingest.flows import End, end_order

_Q = queries("closure")


async def closure(transaction: Transaction, reach: Reach) -> Closure:
    """Give what is reached at column grain."""
    steps = walk(reach)
    try:
        question = next(steps)
        while True:
            if isinstance(question, EdgesAt):
                question = steps.send(await _edges(transaction, question.ends, reach))
            else:
                question = steps.send(await ends(transaction, question.datasets))
    except StopIteration as stop:
        return stop.value


async def thing_closure(transaction: Transaction, reach: ThingReach) -> ThingClosure:
    """Give what is reached at dataset grain."""
    steps = walk_things(reach)
    try:
        things = next(steps)
        while True:
            things = steps.send(await links(transaction, things, reach.direction))
    except StopIteration as stop:
        return stop.value


async def _edges(transaction: Transaction, ends: Iterable[End], reach: Reach) -> Sequence[Edge]:
    """Give the edges that a walk goes on over: into each end those from the first of these.

    The level of a hub may have twenty times as many edges as ends that they lead to.
    """
    query = _Q[f"first_edges_{reach.direction.lower()}"]
    found: list[Edge] = []
    for some in chunks(sorted(ends, key=end_order)):
        keys = [end_key(end) for end in some]
        [[told, named]] = await rows(transaction, query, keys=keys, kinds=sorted(reach.kinds))
        makers = dict[str, Row](named)
        starts = [list(end_order(end)) for end in some]
        for place, finish, kind, subtype, via, masking in told:
            source, target = along(reach.direction, starts[int(place)], finish)
            found.append(edge_from_row([source, target, kind, subtype, makers[via], masking]))
    return found
