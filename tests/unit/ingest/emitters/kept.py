"""An outbox that keeps what it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headwater_emitters.events import Json


class Kept:
    """Delivers nothing."""

    def __init__(self) -> None:
        self.events: list[Json] = []

    @property
    def lost(self) -> int:
        return 0

    def put(self, event: Mapping[str, Any]) -> None:
        self.events.append(dict(event))

    def flush(self, wait: float | None) -> None:
        pass

    def states(self, name: str) -> list[str]:
        """The states told of a job's runs, in order."""
        return [e["eventType"] for e in self.events if e["job"]["name"] == name]

    def names(self) -> list[str]:
        """The names of the jobs told of, without the parent."""
        return list(dict.fromkeys(e["job"]["name"] for e in self.events if "." in e["job"]["name"]))

    def last(self, name: str) -> Json:
        """The last event of a job."""
        return [e for e in self.events if e["job"]["name"] == name][-1]
