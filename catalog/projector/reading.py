"""Reading a record of the log again."""

from __future__ import annotations

import json
from importlib.metadata import version

import structlog

from catalog.model.record import LogEntry
from ingest.facts import Report
from ingest.openlineage import Unreadable, read

FACTS_VERSION = 1
"""Raised when a record reads differently than before: graphs made before are then rebuilt."""

_log = structlog.get_logger(__name__)


def read_entry(entry: LogEntry) -> Report | None:
    """Give what an entry says; None if this reader cannot, which is logged: the entry stays."""
    try:
        return read(entry.record.id, json.loads(entry.record.body))
    except Unreadable as error:
        _log.error("record cannot be read", record=entry.record.id, reason=str(error))
        return None


def reader_version() -> str:
    """Name what reads records; graphs made by another reader do not compare."""
    return f"facts {FACTS_VERSION}, sqlglot {version('sqlglot')}"
