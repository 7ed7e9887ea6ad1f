"""Records: what the log holds, each under the hash of what it says."""

from __future__ import annotations

import enum
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime


class RecordKind(enum.StrEnum):
    """What a record is."""

    EVENT = "event"


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


def canonical_body(value: object) -> bytes:
    """Give the canonical text of a decoded value.

    It is what Python's `json` writes of what Python's `json` read: sorted keys, ASCII, no spaces.
    Other writers differ on `1e16` and on surrogates, so no other may be used.

    Raises:
        ValueError: a number out of range.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def record_id(body: bytes) -> str:
    """Give the idempotency key of a canonical text."""
    return hashlib.sha256(body).hexdigest()
