"""The logs under test: each is registered once, and passes the whole suite."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from catalog.log.memory import MemoryLog
from catalog.log.sqlite import open_log
from catalog.model.record import Record, RecordKind, record_id
from catalog.ports import EventLog

ACCEPTED = datetime(2026, 5, 1, 12, 30, 0, 123456, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LogUnderTest:
    """A sort of log. `opened`: opens the one in a folder. `lasting`: it outlives the process."""

    name: str
    opened: Callable[[Path], AbstractAsyncContextManager[EventLog]]
    lasting: bool


def record(value: object) -> Record:
    """Make a record of a value."""
    body = json.dumps(value, sort_keys=True).encode()
    return Record(record_id(body), RecordKind.EVENT, body, ACCEPTED)


@asynccontextmanager
async def in_memory(_: Path) -> AsyncGenerator[EventLog]:
    """Give an empty log in memory."""
    yield MemoryLog()


@asynccontextmanager
async def in_sqlite(folder: Path) -> AsyncGenerator[EventLog]:
    """Give the log in a SQLite file."""
    log = open_log(folder / "log.db")
    try:
        yield log
    finally:
        await log.close()


LOGS: Sequence[LogUnderTest] = (
    LogUnderTest("memory", in_memory, lasting=False),
    LogUnderTest("sqlite", in_sqlite, lasting=True),
)
