"""Every store answers as the reference in memory does after the same history."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeAlias

from hypothesis import strategies as st

from catalog.ports import GraphWriter
from catalog.projector.projector import apply
from catalog.stores.memory import MemoryGraph
from ingest.facts import Report
from tests.contract.answers import answers
from tests.contract.stores import StoreUnderTest
from tests.histories.reports import histories

Told: TypeAlias = tuple[list[Report], random.Random, int]
tellings = st.tuples(histories, st.randoms(use_true_random=False), st.integers(1, 5))


async def tell(graph: GraphWriter, reports: Sequence[Report], batch: int) -> None:
    """Project reports in batches."""
    for start in range(0, len(reports), batch):
        await apply(graph, reports[start : start + batch], start + batch)


def test_answers_are_those_of_the_reference(store: StoreUnderTest) -> None:
    """The reference is told the history at once, the store shuffled, with repetitions."""

    async def law(graph: GraphWriter, told: Told) -> None:
        history, chance, batch = told
        again = [*history, *chance.sample(history, chance.randint(0, len(history)))]
        chance.shuffle(again)
        reference = MemoryGraph()
        await tell(reference, history, len(history))
        await tell(graph, again, batch)
        found, expected = await answers(graph), await answers(reference)
        del found["cursor"], expected["cursor"]
        for question, answer in expected.items():
            assert found[question] == answer, question

    store.holds(law, tellings)
