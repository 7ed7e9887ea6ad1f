"""Taking records in: decoded, redacted, stored durably; only then acknowledged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from catalog.model.command import Command, Given, check
from catalog.model.record import Record, RecordKind, record_id
from catalog.ports import Appended, Clock, EventLog
from catalog.projector.commands import read_command, write_command
from catalog.projector.snapshots import read_snapshot, write_snapshot
from ingest.connectors.picture import Picture
from ingest.facts import Notice, Report
from ingest.openlineage import Unreadable, canonical, encode, read, redact_text

REMEMBERED = 500
"""Reports kept for those who follow the log close behind; for others it is read again."""

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
    """Accepts records, and remembers what the latest of them say until all is done with them."""

    def __init__(self, log: EventLog, clock: Clock) -> None:
        self._log = log
        self._clock = clock
        self._upcoming: OrderedDict[int, Report] = OrderedDict()

    async def accept(self, body: bytes) -> Sequence[Accepted | Refused]:
        """Store the event, or the events of an array, that a body holds, in one commit.

        What cannot be stored is refused by itself; the rest is stored.

        Raises:
            Unreadable: the body is not JSON, or neither an object nor an array.
        """
        value, text = canonical(body)
        if isinstance(value, list):
            return await self.accept_values(cast("list[object]", value))
        return await self._store([self._record(value, text)])

    async def accept_values(self, values: Sequence[object]) -> Sequence[Accepted | Refused]:
        """Store decoded events in one commit."""
        return await self._store([self._record(value) for value in values])

    async def accept_command(self, command: Command, by: str) -> Accepted:
        """Store a command that somebody gives now.

        Raises:
            Invalid: it cannot be meant.
        """
        now = self._clock.now()
        given = Given(command, by, now)
        check(given)
        body = write_command(given)
        record = Record(record_id(body), RecordKind.COMMAND, body, now)
        return await self._keep(record, read_command(record.id, body))

    async def accept_picture(self, picture: Picture) -> Accepted:
        """Store the picture of a source that was taken now."""
        now = self._clock.now()
        body = write_snapshot(picture, now)
        record = Record(record_id(body), RecordKind.SNAPSHOT, body, now)
        return await self._keep(record, read_snapshot(record.id, body))

    async def _keep(self, record: Record, report: Report) -> Accepted:
        [place] = await self._append([(record, report)])
        return Accepted(record.id, place.position, place.new, report.notices)

    async def _store(
        self, read: Sequence[tuple[Record, Report] | Refused]
    ) -> Sequence[Accepted | Refused]:
        appended = iter(await self._append([one for one in read if not isinstance(one, Refused)]))
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

    async def _append(self, read: Sequence[tuple[Record, Report]]) -> Sequence[Appended]:
        """Store records, and remember what they say for those who follow the log."""
        places = await self._log.append([record for record, _ in read])
        for place, (_, report) in zip(places, read, strict=True):
            if place.new:
                self._upcoming[place.position] = report
        while len(self._upcoming) > REMEMBERED:
            self._upcoming.popitem(last=False)
        return places

    def behind(self, position: int, limit: int) -> Sequence[Report]:
        """Give the reports of the records that directly follow a position, as far as at hand."""
        reports: list[Report] = []
        while len(reports) < limit and (report := self._upcoming.get(position + 1)):
            reports.append(report)
            position += 1
        return reports

    def forget(self, position: int) -> None:
        """Take note that nobody will ask for what stands up to a position."""
        while self._upcoming and next(iter(self._upcoming)) <= position:
            self._upcoming.popitem(last=False)

    def _record(self, value: object, text: bytes | None = None) -> tuple[Record, Report] | Refused:
        """Read one event; `text` is its canonical text, if it is known."""
        try:
            body = redact_text(text or encode(value))
            record = Record(record_id(body), RecordKind.EVENT, body, self._clock.now())
            report = read(record.id, value, body)
        except Unreadable as error:
            return Refused(error.code, error.path, error.message)
        return record, report

    def _ahead(self, record: Record, report: Report) -> Sequence[Notice]:
        if report.time <= record.accepted_at + AHEAD:
            return ()
        message = "eventTime is more than a day ahead of its arrival; its order is kept"
        return (Notice("event_time_ahead", "/eventTime", message),)
