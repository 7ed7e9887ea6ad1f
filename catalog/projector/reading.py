"""Reading a record of the log again."""

from __future__ import annotations

import structlog

from catalog.model.record import LogEntry
from ingest.facts import Report
from ingest.openlineage import Unreadable, decode, read

_log = structlog.get_logger(__name__)


def read_entry(entry: LogEntry) -> Report | None:
    """Give what an entry says; None if this reader cannot, which is logged: the entry stays."""
    try:
        body = entry.record.body
        return read(entry.record.id, decode(body), body)
    except Unreadable as error:
        _log.error("record cannot be read", record=entry.record.id, reason=str(error))
        return None
