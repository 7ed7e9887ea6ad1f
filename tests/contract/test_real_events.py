"""Laws 1 and 2 on the events of real producers, on every store."""

from __future__ import annotations

import random
from collections.abc import Sequence

import anyio

from catalog.model.record import record_id
from catalog.projector.projector import BATCH, apply
from catalog.stores.lines import digest
from catalog.stores.memory import MemoryGraph
from ingest.facts import Report
from ingest.openlineage import Unreadable, encode, read, redact
from tests.conftest import Effort
from tests.contract.stores import StoreUnderTest
from tests.golden.events import golden_events


def reports() -> list[Report]:
    """What the golden events say, those left out that can never be stored."""
    found: list[Report] = []
    for event in golden_events():
        clean = redact(event)
        try:
            found.append(read(record_id(encode(clean)), clean))
        except Unreadable:
            continue
    return found


async def straight(history: Sequence[Report]) -> str:
    """The digest of the reference, told everything at once."""
    graph = MemoryGraph()
    await apply(graph, history, len(history))
    return await digest(graph)


def test_shuffled_and_doubled_real_events_give_the_same_digest(
    store: StoreUnderTest, effort: Effort
) -> None:
    """Whatever order the network gave them, and whatever it gave twice."""
    history = reports()
    expected = anyio.run(straight, history)
    chance = random.Random(1)

    async def check(again: Sequence[Report]) -> None:
        async with store.opened() as graph:
            for start in range(0, len(again), BATCH):
                await apply(graph, again[start : start + BATCH], start + BATCH)
            assert await digest(graph) == expected

    for _ in range(min(effort.shuffles, store.shuffles)):
        again = [*history, *chance.sample(history, len(history) // 5)]
        chance.shuffle(again)
        anyio.run(check, again)
