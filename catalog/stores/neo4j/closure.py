"""Closures: level by level, each level one question to the server."""

from __future__ import annotations

from catalog.lineage.closure import Closure, EdgesAt, Reach, walk
from catalog.lineage.thing_closure import ThingClosure, ThingReach, walk_things
from catalog.stores.neo4j.connection import Transaction
from catalog.stores.neo4j.reading import edges, ends, links


async def closure(transaction: Transaction, reach: Reach) -> Closure:
    """Give what is reached at column grain."""
    steps = walk(reach)
    try:
        question = next(steps)
        while True:
            if isinstance(question, EdgesAt):
                answer = await edges(transaction, question.ends, reach.direction)
                question = steps.send(answer)
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
