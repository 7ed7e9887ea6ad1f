"""Reading a record of the log again."""

from __future__ import annotations

import structlog

from catalog.model.record import LogEntry, RecordKind
from catalog.projector.commands import read_command
from catalog.projector.snapshots import read_snapshot
from ingest.facts import Report
from ingest.openlineage import Unreadable, decode, read

_log = structlog.get_logger(__name__)


def read_entry(entry: LogEntry) -> Report | None:
    """Give what an entry says; None if this reader cannot, which is logged: the entry stays."""
    try:
        record = entry.record
        match record.kind:
            case RecordKind.EVENT:
                return read(record.id, decode(record.body), record.body)
            case RecordKind.SNAPSHOT:
                return read_snapshot(record.id, record.body)
            case RecordKind.COMMAND:
                return read_command(record.id, record.body)
    except Unreadable as error:
        _log.error("record cannot be read", record=entry.record.id, reason=str(error))
        return None
