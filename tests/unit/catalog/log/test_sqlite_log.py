"""The event log in SQLite: durable when acknowledged, one process appends, others may read."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import anyio
import pytest

from catalog.errors import Mismatch, Unavailable
from catalog.log.sqlite import open_log, open_log_to_read
from tests.contract.logs import record

APPEND = """
import asyncio, sys
from pathlib import Path
from catalog.log.sqlite import open_log
from tests.contract.logs import record

async def append(log, worker):
    for number in range(100_000):
        one = record([worker, number, "x" * 2_000])
        await log.append([one])
        print(one.id, flush=True)

async def main():
    log = open_log(Path(sys.argv[1]))
    await asyncio.gather(*(append(log, worker) for worker in range(8)))

asyncio.run(main())
"""


@pytest.mark.parametrize("acknowledged", [1, 40, 333])
def test_a_killed_process_loses_nothing_acknowledged(tmp_path: Path, acknowledged: int) -> None:
    path = tmp_path / "log.db"
    command = [sys.executable, "-c", APPEND, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        heard = [process.stdout.readline() for _ in range(acknowledged)]
        process.send_signal(signal.SIGKILL)
        heard += process.stdout.readlines()
    whole = {line.strip() for line in heard if line.endswith("\n")}

    async def check() -> None:
        log = open_log(path)
        kept = [entry.record.id for entry in await log.read(0, 1_000_000)]
        assert whole <= set(kept)
        assert len(kept) == len(set(kept))
        assert (await log.append([record("next")]))[0].new
        await log.close()

    assert len(whole) >= acknowledged
    anyio.run(check)


def test_only_one_may_append_and_others_may_read(tmp_path: Path) -> None:
    path = tmp_path / "log.db"

    async def check() -> None:
        log = open_log(path)
        with pytest.raises(Unavailable, match="another process"):
            open_log(path)
        beside = open_log_to_read(path)
        with pytest.raises(Unavailable, match="read only"):
            await beside.append([record(1)])
        await log.append([record(1)])
        assert await beside.head() == await log.head() == 1
        await log.close()
        with pytest.raises(Unavailable, match="closed"):
            await log.append([record(2)])
        await beside.close()
        again = open_log(path)
        assert await again.head() == 1
        await again.close()

    anyio.run(check)


def test_what_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        open_log_to_read(tmp_path / "log.db")
    assert not (tmp_path / "log.db").exists()


def test_a_log_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(Mismatch, match="upgrade"):
        open_log(path)
