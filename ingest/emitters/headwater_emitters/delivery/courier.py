"""The courier: a process that sends what waits in a spool, through OpenLineage's client."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from headwater_emitters.delivery.spool import Spool, Status

if TYPE_CHECKING:
    from openlineage.client.client import Event
    from openlineage.client.event_v2 import RunEvent


class Client(Protocol):
    """What a courier needs of OpenLineage's client."""

    def emit(self, event: RunEvent) -> None:
        """Send an event; raises if it did not arrive."""
        ...


Connect: TypeAlias = Callable[[], Client]

_REFUSED = frozenset({400, 413, 422})
"""Answers that trying again will not change."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a courier waits, in seconds.

    `idle`: for something to do. `trouble`: for the server to answer again. `first` to `longest`:
    between two attempts.
    """

    idle: float = 30.0
    trouble: float = 900.0
    first: float = 1.0
    longest: float = 30.0
    glance: float = 0.05


def deliver(spool: Spool, connect: Connect, patience: Patience) -> Status:
    """Send what waits and what comes, until there is nothing more or no hope."""
    round_ = _Round(spool, connect, replace(spool.status(), answered=0, trouble=""))
    spool.say(round_.status)
    pause = patience.first
    since = time.monotonic()
    while True:
        waiting = spool.waiting()
        limit = patience.trouble if waiting else patience.idle
        if round_.send(waiting):
            pause = patience.first
            since = time.monotonic()
        elif time.monotonic() - since > limit:
            return round_.status
        elif waiting:
            time.sleep(pause)
            pause = min(pause * 2, patience.longest)
        else:
            time.sleep(patience.glance)


@dataclass(slots=True)
class _Round:
    spool: Spool
    connect: Connect
    status: Status
    _client: Client | None = None

    def send(self, waiting: Iterable[Path]) -> int:
        """Send events until one does not get through; tell how many did."""
        done = 0
        for path in waiting:
            try:
                refused = self._refused(path)
            except Exception as error:  # noqa: BLE001 - a transport is anybody's code
                self.status = replace(self.status, trouble=_reason(error))
                self.spool.say(self.status)
                break
            self._note(refused=refused)
            path.unlink(missing_ok=True)
            done += 1
        return done

    def _refused(self, path: Path) -> bool:
        self._client = self._client or self.connect()
        try:
            event = _typed(json.loads(path.read_bytes()))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return path.exists()
        try:
            self._client.emit(event)
        except Exception as error:
            if _answer(error) in _REFUSED:
                return True
            raise
        return False

    def _note(self, *, refused: bool) -> None:
        was = self.status
        self.status = Status(
            was.delivered + (not refused), was.lost + refused, was.answered + 1, trouble=""
        )
        self.spool.say(self.status)


def _answer(error: Exception) -> int | None:
    return getattr(getattr(error, "response", None), "status_code", None)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {_without_user(str(error))}"[:500]


def _typed(event: Mapping[str, Any]) -> RunEvent:
    """Give the event as the client wants it; facets are plain values, which it sends as they are.

    Raises:
        ValueError, KeyError, TypeError: this is no run event.
    """
    from openlineage.client import event_v2 as v2  # noqa: PLC0415 - takes a second

    run, job = event["run"], event["job"]
    return v2.RunEvent(
        eventType=v2.RunState(event["eventType"]),
        eventTime=event["eventTime"],
        producer=event["producer"],
        run=v2.Run(run["runId"], facets=run["facets"]),
        job=v2.Job(job["namespace"], job["name"], facets=job["facets"]),
        inputs=[
            v2.InputDataset(d["namespace"], d["name"], facets=d["facets"]) for d in event["inputs"]
        ],
        outputs=[
            v2.OutputDataset(d["namespace"], d["name"], facets=d["facets"])
            for d in event["outputs"]
        ],
    )


def connect(config: Mapping[str, Any] | None) -> Client:
    """Make OpenLineage's client, as environment, files and `config` tell."""
    from openlineage.client import OpenLineageClient, event_v2  # noqa: PLC0415 - takes a second

    class Discreet(OpenLineageClient):
        """Adds where the code lies, but not the password that may stand in that address."""

        def add_source_code_location_facet(self, event: Event) -> Event:
            event = super().add_source_code_location_facet(event)
            told = event.job.facets if isinstance(event, event_v2.RunEvent) else None
            facet = (told or {}).get("sourceCodeLocation")
            for name in ("url", "repoUrl"):
                address = getattr(facet, name, None)
                if isinstance(address, str):
                    setattr(facet, name, _without_user(address))
            return event

    return cast("Client", Discreet(config=dict(config) if config else None))


_USER = re.compile(r"(?<=://)[^/@\s]+@")


def _without_user(text: str) -> str:
    return _USER.sub("", text)


def main() -> None:
    """Deliver from the spool that the first argument names; standard input tells the rest."""
    told: dict[str, Any] = json.loads(sys.stdin.read() or "{}")
    if hasattr(os, "nice"):
        os.nice(5)
    spool = Spool(Path(sys.argv[1]))
    patience = Patience(**told.get("patience", {}))
    tries = _TRIES
    while spool.waiting() and tries:
        with spool.courier() as mine:
            if mine:
                tries = _TRIES
                deliver(spool, lambda: connect(told.get("config")), patience)
        if mine and spool.status().trouble:
            return
        if not mine:  # a job may be looking just now whether there is a courier
            tries -= 1
            time.sleep(patience.glance)


_TRIES = 3


if __name__ == "__main__":
    main()
