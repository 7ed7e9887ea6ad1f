"""The job's side of the delivery: events go into the spool, and a courier is called."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from headwater_emitters.delivery.spool import MOST_BYTES, MOST_EVENTS, Spool, destination

_log = logging.getLogger("headwater_emitters")

UNKNOWN_HEALTH = 0.02
"""Seconds that a job may wait at its end for a server of which nothing is known."""
KNOWN_HEALTH = 5.0
"""Seconds for a server that has been answering."""
_GLANCE = 0.005


class Outbox:
    """Takes events; never raises, and never waits for the network.

    `lost`: events that could not be kept, since the spool was full or the disk refused.
    """

    def __init__(self, config: Mapping[str, Any] | None, *, patience: Mapping[str, float]) -> None:
        self.lost = 0
        self._config = config
        self._patience = patience
        self._lock = threading.Lock()
        self._number = 0
        self._room = (0, 0)
        self._last: Path | None = None
        self._courier: subprocess.Popen[bytes] | None = None
        self._spool: Spool | None = None
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)

    def put(self, event: Mapping[str, Any]) -> None:
        """Keep an event until it is delivered."""
        with self._lock:
            try:
                self._keep(json.dumps(event, default=str).encode("utf-8", "replace"))
                self._see_to_courier()
            except (OSError, RuntimeError, ValueError, TypeError) as error:
                self._lose(error)

    def flush(self, wait: float | None) -> None:
        """Wait until the events are delivered, but not long: a courier goes on without us.

        `wait`: seconds; None waits for a server that has been answering, and for no other.
        """
        with self._lock:
            spool, last = self._spool, self._last
        if spool is not None and last is not None:
            limit = _wait_for(spool) if wait is None else wait
            end = time.monotonic() + limit
            while last.exists() and time.monotonic() < end:
                if wait is None and spool.status().trouble:
                    break
                time.sleep(_GLANCE)
            if last.exists():
                with self._lock, contextlib.suppress(OSError):
                    self._see_to_courier()
                _log.info("Lineage events wait in %s: %s", spool.folder, spool.status().trouble)
        if self.lost:
            _log.warning("%d lineage events were lost", self.lost)
        if self._courier is not None:
            self._courier.returncode = 0  # it outlives us on purpose: no ResourceWarning

    def _keep(self, event: bytes) -> None:
        if self._spool is None:
            name = destination(self._config, os.environ)
            self._spool = Spool.of(name, os.environ)
        if self._room[0] < 1 or self._room[1] < len(event):
            events, size = self._spool.size()
            self._room = (MOST_EVENTS - events, MOST_BYTES - size)
        if self._room[0] < 1 or self._room[1] < len(event):
            message = "the spool is full"
            raise OSError(message)
        self._number += 1
        self._last = self._spool.put(event, self._number)
        self._room = (self._room[0] - 1, self._room[1] - len(event))

    def _lose(self, error: Exception) -> None:
        self.lost += 1
        if self.lost == 1:
            _log.warning("A lineage event is lost: %s", error)

    def _see_to_courier(self) -> None:
        if self._courier is not None and self._courier.poll() is None:
            return  # it may be about to end; then it looks once more after it has
        if self._spool is None or self._spool.has_courier() or not _is_python(sys.executable):
            return
        command = [sys.executable, "-m", "headwater_emitters.delivery.courier"]
        self._courier = subprocess.Popen(  # noqa: S603 - this very interpreter
            [*command, str(self._spool.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        if self._courier.stdin is not None:
            told = {"config": self._config, "patience": dict(self._patience)}
            with self._courier.stdin as stdin:
                stdin.write(json.dumps(told).encode())

    def _forked(self) -> None:
        self._lock = threading.Lock()
        self._courier = None
        self._room = (0, 0)


def _wait_for(spool: Spool) -> float:
    status = spool.status()
    answers = status.answered > 0 and not status.trouble and spool.has_courier()
    return KNOWN_HEALTH if answers else UNKNOWN_HEALTH


def _is_python(executable: str) -> bool:
    """In a program that embeds Python, `sys.executable` may be that program."""
    name = Path(executable).name.lower() if executable else ""
    return name.startswith(("python", "pypy"))
