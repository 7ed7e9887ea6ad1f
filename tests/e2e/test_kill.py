"""Law 1 under `kill -9`: what was acknowledged is there, and the graph is what the log says."""

from __future__ import annotations

import asyncio
import random
import threading
import time

import httpx

from catalog.log.sqlite import open_log_to_read
from tests.conftest import Effort
from tests.e2e.events import column_lineage, dataset, run_event, schema
from tests.e2e.server import Server, headwater

SENDERS = 4


def test_nothing_acknowledged_is_lost(fresh_server: Server, effort: Effort) -> None:
    """Killed at any moment of ingestion, again and again on the same data."""
    chance = random.Random(7)
    acknowledged: list[str] = []
    for life in range(effort.kills):
        fresh_server.start()
        senders = [
            threading.Thread(target=_send, args=(fresh_server.url, life, number, acknowledged))
            for number in range(SENDERS)
        ]
        for sender in senders:
            sender.start()
        time.sleep(chance.uniform(0.02, 0.5))
        fresh_server.kill()
        for sender in senders:
            sender.join()
    assert acknowledged
    assert asyncio.run(_missing(fresh_server, acknowledged)) == []
    verified = headwater("verify", "--data", str(fresh_server.data))
    assert verified.returncode == 0, verified.stderr


def _send(url: str, life: int, number: int, acknowledged: list[str]) -> None:
    """Send events, half of them for runs that others report on too, until the server is gone."""
    with httpx.Client() as client:
        for turn in range(10_000):
            event = run_event(
                ("START", "COMPLETE")[turn % 2],
                job=f"job.{number}",
                run=1 + life * 10_000 + turn // 2,
                inputs=["raw"],
                outputs=[
                    dataset(
                        f"out.{turn % 5}",
                        schema=schema("a", "b"),
                        columnLineage=column_lineage({"a": [("raw", "x")]}),
                    )
                ],
            )
            try:
                answer = client.post(f"{url}/api/v1/lineage", json=event)
            except httpx.HTTPError:
                return
            if answer.status_code == 201:
                acknowledged.append(answer.json()["id"])


async def _missing(server: Server, ids: list[str]) -> list[str]:
    log = open_log_to_read(server.data / "log.db")
    try:
        return [id for id in ids if await log.record(id) is None]
    finally:
        await log.close()
