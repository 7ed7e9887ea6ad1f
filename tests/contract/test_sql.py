"""The SQL of runs becomes the same claims on every store, whatever comes first."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from hypothesis import strategies as st

from catalog.aliases.merged import MergedGraph
from catalog.log.memory import MemoryLog
from catalog.model.claim import DatasetAt
from catalog.model.record import LogEntry, Record, RecordKind
from catalog.parsing.reader import LocalReader
from catalog.parsing.remembering import RememberingReader
from catalog.parsing.sql_projector import SqlProjector
from catalog.ports import GraphReader, GraphWriter
from catalog.projector.projector import Projector
from catalog.stores.memory import MemoryGraph
from ingest.facts import Report
from tests.contract.stores import StoreUnderTest
from tests.histories.sql import DATASETS, JOBS, RUNS, START, histories

Told: TypeAlias = tuple[list[Report], random.Random, list[int]]
tellings = st.tuples(
    histories, st.randoms(use_true_random=False), st.lists(st.integers(1, 4), max_size=4)
)

READER = RememberingReader(LocalReader())
ACCEPTED = datetime(2026, 5, 1, tzinfo=UTC)


async def tell(graph: GraphWriter, reports: Sequence[Report], batches: Sequence[int]) -> None:
    """Project reports in batches, and read the SQL after each."""
    log, graph = MemoryLog(), MergedGraph(graph)
    known: Mapping[str, Report] = {report.record_id: report for report in reports}

    def read(entry: LogEntry) -> Report:
        return known[entry.record.id]

    rest = list(reports)
    followers = (Projector(log, graph, read), SqlProjector(log, graph, read, READER))
    for batch in (*batches, len(rest)):
        taken, rest = rest[:batch], rest[batch:]
        await log.append([Record(one.record_id, RecordKind.EVENT, b"", ACCEPTED) for one in taken])
        for follower in followers:
            async for _ in follower.catch_up():
                pass


async def answers(graph: GraphReader) -> dict[str, object]:
    """Ask for all that reading SQL makes, and for all that it is made of."""
    named = await graph.named_in(DATASETS)
    return {
        "lines": sorted([line async for line in graph.lines()]),
        "readings": await graph.readings(RUNS),
        "named in": {name: set(jobs) for name, jobs in named.items()},
        "claims": {via: set(of) for via, of in (await graph.claims(JOBS)).items()},
        "schemas": {name: list(of) for name, of in (await graph.schemas(DATASETS)).items()},
        "schemas at the start": {
            one: list(of)
            for one, of in (
                await graph.schemas_at([DatasetAt(name, START) for name in DATASETS])
            ).items()
        },
        "cursors": (await graph.cursor(), await graph.sql_cursor()),
    }


def test_sql_is_read_as_in_the_reference(store: StoreUnderTest) -> None:
    """The reference is told the history at once, the store shuffled and bit by bit."""

    async def law(graph: GraphWriter, told: Told) -> None:
        history, chance, batches = told
        reference = MemoryGraph()
        await tell(reference, history, ())
        await tell(graph, chance.sample(history, len(history)), batches)
        found, expected = await answers(graph), await answers(reference)
        for question, answer in expected.items():
            assert found[question] == answer, question

    store.holds(law, tellings, at_most=30)
