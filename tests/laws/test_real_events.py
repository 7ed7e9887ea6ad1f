"""Laws 1 and 2 on the events of real producers."""

from __future__ import annotations

import json
import random

import anyio

from catalog.model.record import record_id
from catalog.projector.projector import BATCH, apply
from catalog.stores.lines import digest
from catalog.stores.memory import MemoryGraph
from ingest.facts import Report
from ingest.openlineage import Unreadable, encode, read, redact
from tests.conftest import Effort
from tests.golden.events import golden_events


def _reports() -> list[Report]:
    found: list[Report] = []
    for event in golden_events():
        clean = redact(event)
        try:
            found.append(read(record_id(encode(clean)), clean))
        except Unreadable:
            continue
    return found


async def _digest(reports: list[Report]) -> str:
    graph = MemoryGraph()
    for start in range(0, len(reports), BATCH):
        await apply(graph, reports[start : start + BATCH], start + BATCH)
    return await digest(graph)


def test_shuffled_and_doubled_real_events_give_the_same_digest(effort: Effort) -> None:
    """Whatever order the network gave them."""
    reports = _reports()
    straight = anyio.run(_digest, reports)
    chance = random.Random(1)
    for _ in range(effort.shuffles):
        again = [*reports, *chance.sample(reports, len(reports) // 5)]
        chance.shuffle(again)
        assert anyio.run(_digest, again) == straight


def test_how_a_record_is_spelled_does_not_matter() -> None:
    """What was read at arrival is what is read from the log, whose keys are sorted."""
    for event in golden_events():
        spelled = json.loads(encode(event))
        try:
            as_sent = read("id", event)
        except Unreadable:
            continue
        from_log = read("id", spelled)
        assert set(as_sent.facts) == set(from_log.facts)
