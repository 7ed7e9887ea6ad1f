"""What every event log does: each record once, in order, for ever."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

import anyio
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.model.record import Record
from catalog.ports import Appended, EventLog
from tests.contract.logs import LogUnderTest, record

appends = st.lists(st.lists(st.integers(0, 9).map(record), max_size=4), max_size=8)


def test_records_are_kept_once_in_order(event_log: LogUnderTest) -> None:
    """Positions grow by acceptance; a record that comes again keeps its own."""

    async def law(groups: Sequence[Sequence[Record]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with event_log.opened(Path(folder)) as log:
                places: dict[str, int] = {}
                for group in groups:
                    for one, placed in zip(group, await log.append(group), strict=True):
                        assert placed.new == (one.id not in places)
                        assert places.setdefault(one.id, placed.position) == placed.position
                entries = await log.read(0, 100)
                assert [entry.record.id for entry in entries] == list(places)
                assert [entry.position for entry in entries] == sorted(places.values())
                assert await log.head() == max(places.values(), default=0)

    @settings(max_examples=50, deadline=None)
    @given(appends)
    def check(groups: list[list[Record]]) -> None:
        anyio.run(law, groups)

    check()


def test_a_record_comes_back_as_it_was(event_log: LogUnderTest, tmp_path: Path) -> None:
    async def check() -> None:
        async with event_log.opened(tmp_path) as log:
            kept = record({"name": "ü \ud83d\udc1f \\u0000", "big": "x" * 100_000})
            await log.append([kept])
            assert await log.record(kept.id) == kept
            assert [entry.record for entry in await log.read(0, 1)] == [kept]
            assert await log.record("none") is None

    anyio.run(check)


def test_reading_goes_on_behind_a_position(event_log: LogUnderTest, tmp_path: Path) -> None:
    async def check() -> None:
        async with event_log.opened(tmp_path) as log:
            assert await log.read(0, 10) == []
            assert await log.append([]) == []
            placed = await log.append([record(number) for number in range(7)])
            first = await log.read(0, 3)
            rest = await log.read(first[-1].position, 10)
            assert [one.position for one in (*first, *rest)] == [one.position for one in placed]
            assert await log.read(placed[-1].position, 10) == []

    anyio.run(check)


def test_many_append_at_once(event_log: LogUnderTest, tmp_path: Path) -> None:
    """Each caller gets its own answer, and half of them sent what others sent too."""

    async def check() -> None:
        async with event_log.opened(tmp_path) as log:
            groups = [[record(number // 2), record(["own", number])] for number in range(200)]
            answers = await asyncio.gather(*(log.append(group) for group in groups))
            kept = {entry.record.id: entry.position for entry in await log.read(0, 1_000)}
            assert len(kept) == 300
            for group, answer in zip(groups, answers, strict=True):
                assert [kept[one.id] for one in group] == [one.position for one in answer]
            assert sum(one.new for answer in answers for one in answer) == 300

    anyio.run(check)


def test_a_reopened_log_goes_on(lasting_log: LogUnderTest, tmp_path: Path) -> None:
    async def append(values: Sequence[int]) -> Sequence[Appended]:
        async with lasting_log.opened(tmp_path) as log:
            return await log.append([record(value) for value in values])

    async def kept(log: EventLog) -> list[str]:
        return [entry.record.id for entry in await log.read(0, 100)]

    async def check() -> None:
        first = await append([1, 2])
        again = await append([2, 3])
        assert again[0] == Appended(first[1].position, new=False)
        assert again[1].position > first[1].position
        async with lasting_log.opened(tmp_path) as log:
            assert await kept(log) == [record(value).id for value in (1, 2, 3)]

    anyio.run(check)


def test_positions_are_told_by_ids(event_log: LogUnderTest, tmp_path: Path) -> None:
    """Of those alone that are there."""

    async def check() -> None:
        async with event_log.opened(tmp_path) as log:
            one, other, unknown = record({"n": 1}), record({"n": 2}), record({"n": 3})
            placed = await log.append([one, other])
            told = await log.positions([other.id, unknown.id, one.id])
            assert told == {one.id: placed[0].position, other.id: placed[1].position}
            assert await log.positions([]) == {}

    anyio.run(check)
