"""Records: what the log holds, each under the hash of what it says."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass
from datetime import datetime


class RecordKind(enum.StrEnum):
    """What a record is."""

    EVENT = "event"
    """Something that a producer sent."""
    SNAPSHOT = "snapshot"
    """What a connector saw of a source."""
    COMMAND = "command"
    """Something that a person said of a thing."""


@dataclass(frozen=True, slots=True)
class Record:
    """Something that was accepted. `body` is its canonical JSON text, `id` the hash of that."""

    id: str
    kind: RecordKind
    body: bytes
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A record and its position: positions grow, and a record has one for ever."""

    position: int
    record: Record


def record_id(body: bytes) -> str:
    """Give the idempotency key of a canonical text."""
    return hashlib.sha256(body).hexdigest()
