"""The stage follows the log: through trouble, past gaps, and in step with what was accepted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import anyio
import pytest

from catalog.errors import Unavailable
from catalog.intake import Accepted, Intake
from catalog.log.memory import MemoryLog
from catalog.ports import Changes
from catalog.projector import stage as stages
from catalog.projector.projector import Projector
from catalog.projector.reading import read_entry
from catalog.projector.stage import Stage
from catalog.stores.lines import digest
from catalog.stores.memory import MemoryGraph
from tests.e2e.events import run_event


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """A clock that stands still."""

    moment: datetime = datetime(2026, 3, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


class FailingGraph(MemoryGraph):
    """A graph that fails as it is told, and then works."""

    failures: list[Exception]

    async def apply(self, changes: Changes) -> None:
        if self.failures:
            raise self.failures.pop(0)
        await super().apply(changes)


@asynccontextmanager
async def running(stage: Stage) -> AsyncGenerator[None]:
    """Let the stage run meanwhile."""
    task = asyncio.create_task(stage.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def bodies(count: int) -> list[bytes]:
    """Events of some runs, each START followed by its COMPLETE."""
    return [
        json.dumps(run_event(type, run=run, inputs=["a"], outputs=[f"b{run % 3}"])).encode()
        for run in range(count)
        for type in ("START", "COMPLETE")
    ]


@pytest.mark.parametrize("failure", [Unavailable("away"), RuntimeError("a bug")])
def test_trouble_is_told_and_tried_again(
    failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the store is away or the code is wrong: events are accepted, and projected later."""
    monkeypatch.setattr(stages, "RETRY_SECONDS", 0.05)

    async def check() -> None:
        log, graph = MemoryLog(), FailingGraph()
        graph.failures = [failure, failure]
        intake = Intake(log, StoppedClock())
        stage = Stage(Projector(log, graph, read_entry, upcoming=intake))
        async with running(stage):
            await intake.accept(bodies(1)[0])
            stage.wake()
            while stage.trouble is None:  # noqa: ASYNC110 it has no event of its own
                await asyncio.sleep(0.005)
            assert str(failure) in stage.trouble
            await stage.reached(1)
        assert await graph.cursor() == 1

    anyio.run(check)


def test_what_is_at_hand_and_what_is_in_the_log_are_the_same() -> None:
    """Accepted from many sides at once, some before the stage runs: the log's own projection."""

    async def check() -> None:
        log, graph, plain = MemoryLog(), MemoryGraph(), MemoryGraph()
        await Intake(log, StoppedClock()).accept(bodies(1)[0])  # by a process that is gone
        intake = Intake(log, StoppedClock())
        stage = Stage(Projector(log, graph, read_entry, upcoming=intake))

        async def send(some: list[bytes]) -> None:
            for body in some:
                [result] = await intake.accept(body)
                assert isinstance(result, Accepted)
                stage.wake()
                await asyncio.sleep(0)

        sent = bodies(40)
        async with running(stage):
            await asyncio.gather(*(send(sent[place::4]) for place in range(4)))
            await stage.reached(await log.head())
        async for _ in Projector(log, plain, read_entry).catch_up():
            pass
        assert await graph.cursor() == await plain.cursor() == len(sent)
        assert await digest(graph) == await digest(plain)

    anyio.run(check)
