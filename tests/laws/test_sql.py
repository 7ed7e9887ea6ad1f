"""Law 2 of what we read ourselves: it does not matter when SQL, schemas and other names come."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import anyio
from hypothesis import given
from hypothesis import strategies as st

from catalog.aliases.merged import MergedGraph
from catalog.log.memory import MemoryLog
from catalog.model.record import LogEntry, Record, RecordKind
from catalog.parsing.reader import LocalReader
from catalog.parsing.remembering import RememberingReader
from catalog.parsing.sql_projector import SqlProjector
from catalog.projector.projector import Projector
from catalog.stores.memory import MemoryGraph
from ingest.facts import Report
from tests.histories.sql import histories

READER = RememberingReader(LocalReader())

NOW = datetime(2026, 5, 1, tzinfo=UTC)


async def read_as_it_comes(
    reports: Sequence[Report], batches: Sequence[int], restarts: random.Random | None = None
) -> list[str]:
    """Take reports in, batch by batch, reading the SQL after each; give the graph's lines."""
    log, graph = MemoryLog(), MergedGraph(MemoryGraph())
    known: Mapping[str, Report] = {report.record_id: report for report in reports}

    def read(entry: LogEntry) -> Report:
        return known[entry.record.id]

    batch = restarts.randint(1, 5) if restarts is not None else 500
    stage = SqlProjector(log, graph, read, READER, batch)
    rest = list(reports)
    for count in (*batches, len(rest)):
        taken, rest = rest[:count], rest[count:]
        await log.append([Record(one.record_id, RecordKind.EVENT, b"", NOW) for one in taken])
        async for _ in Projector(log, graph, read).catch_up():
            pass
        if restarts is not None and restarts.random() < 0.3:
            stage = SqlProjector(log, graph, read, READER, batch)
        if restarts is not None and rest and restarts.random() < 0.4:
            continue  # the projector gets ahead
        async for _ in stage.catch_up():
            pass
    return sorted([line async for line in graph.lines()])


@given(histories, st.randoms(use_true_random=False), st.lists(st.integers(1, 4), max_size=8))
def test_reading_as_events_come_ends_where_reading_once_at_the_end_does(
    history: list[Report], chance: random.Random, batches: list[int]
) -> None:
    """A shuffled history, read in between and after restarts, gives the same lines."""
    shuffled = chance.sample(history, len(history))
    once = anyio.run(read_as_it_comes, history, ())
    assert anyio.run(read_as_it_comes, shuffled, batches, chance) == once
