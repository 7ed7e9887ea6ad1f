"""Laws 1 and 2: the graph is the same for any order and any repetition of the same records."""

from __future__ import annotations

import random
from collections.abc import Sequence

import anyio
from hypothesis import given
from hypothesis import strategies as st

from catalog.projector.projector import apply
from catalog.stores.lines import digest
from catalog.stores.memory import MemoryGraph
from ingest.facts import Report
from tests.histories.reports import histories


async def projected(reports: Sequence[Report], batch: int) -> str:
    """Project reports in batches and give the digest."""
    graph = MemoryGraph()
    for start in range(0, len(reports), batch):
        await apply(graph, reports[start : start + batch], start + batch)
    return await digest(graph)


@given(histories, st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_and_repetition_do_not_matter(
    history: list[Report], chance: random.Random, batch: int
) -> None:
    """A shuffled history with duplicates, in other batches, gives the same digest."""
    again = [*history, *chance.sample(history, chance.randint(0, len(history)))]
    chance.shuffle(again)
    straight = anyio.run(projected, history, 100)
    assert anyio.run(projected, again, batch) == straight
