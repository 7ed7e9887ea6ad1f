"""Taking records in: decoded, redacted, stored durably; only then acknowledged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from catalog.model.record import LogEntry, Record, RecordKind, record_id
from catalog.ports import Clock, EventLog
from catalog.projector.reading import read_entry
from ingest.facts import Notice, Report
from ingest.openlineage import Unreadable, decode, encode, read, redact

REMEMBERED = 2_000
"""Reports kept for the projector, which follows close behind; older ones it reads again."""

AHEAD = timedelta(days=1)
"""An event from further in the future than this gets a warning."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A record that will not be lost. `new`: it was not there before."""

    id: str
    position: int
    new: bool
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that can never be stored, and why."""

    code: str
    path: str
    message: str


class Intake:
    """Accepts events, and remembers what the latest of them say until they are projected."""

    def __init__(self, log: EventLog, clock: Clock) -> None:
        self._log = log
        self._clock = clock
        self._reports: OrderedDict[str, Report] = OrderedDict()

    async def accept(self, body: bytes) -> Sequence[Accepted | Refused]:
        """Store the event, or the events of an array, that a body holds, in one commit.

        What cannot be stored is refused by itself; the rest is stored.

        Raises:
            Unreadable: the body is not JSON, or neither an object nor an array.
        """
        value = decode(body)
        values = cast("list[object]", value) if isinstance(value, list) else [value]
        return await self.accept_values(values)

    async def accept_values(self, values: Sequence[object]) -> Sequence[Accepted | Refused]:
        """Store decoded events in one commit."""
        read = [self._record(value) for value in values]
        records = [one[0] for one in read if not isinstance(one, Refused)]
        appended = iter(await self._log.append(records))
        results: list[Accepted | Refused] = []
        for one in read:
            if isinstance(one, Refused):
                results.append(one)
                continue
            record, report = one
            place = next(appended)
            notices = (*report.notices, *self._ahead(record, report))
            results.append(Accepted(record.id, place.position, place.new, notices))
        return results

    def report(self, entry: LogEntry) -> Report | None:
        """Give what an entry says, as remembered, else read again."""
        return self._reports.pop(entry.record.id, None) or read_entry(entry)

    def _record(self, value: object) -> tuple[Record, Report] | Refused:
        try:
            body = encode(value)
            clean = redact(value, body)
            if clean is not value:
                body = encode(clean)
            record = Record(record_id(body), RecordKind.EVENT, body, self._clock.now())
            report = read(record.id, clean, body)
        except Unreadable as error:
            return Refused(error.code, error.path, error.message)
        self._reports[record.id] = report
        while len(self._reports) > REMEMBERED:
            self._reports.popitem(last=False)
        return record, report

    def _ahead(self, record: Record, report: Report) -> Sequence[Notice]:
        if report.time <= record.accepted_at + AHEAD:
            return ()
        message = "eventTime is more than a day ahead of its arrival; its order is kept"
        return (Notice("event_time_ahead", "/eventTime", message),)
