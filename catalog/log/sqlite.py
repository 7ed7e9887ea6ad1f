"""The event log in a SQLite file of its own: durable, in order, each record once.

One thread writes. The appends of one turn of the event loop, and of those turns that came while the
thread was at work, share one transaction and one fsync.
"""

from __future__ import annotations

import asyncio
import json
import queue
import sqlite3
import threading
import zlib
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from catalog.errors import Unavailable
from catalog.model.record import LogEntry, Record, RecordKind
from catalog.ports import Appended
from catalog.sqlite.connection import connect_writer, reported, writing
from catalog.sqlite.lease import take_lease
from catalog.sqlite.migrations import migrate, version_of
from catalog.sqlite.readers import Readers

DEFLATE = 1
"""An event of 27 KB becomes 1.6 KB in 0.05 ms; level 6 takes four times as long to save 0.3 KB."""

GROUP = 1_000
"""How many turns share one transaction at the most."""

Waiting = tuple[Sequence[Record], Future[Sequence[Appended]]]


def open_log(path: Path) -> SqliteLog:
    """Open the log for reading and appending, making it if there is none.

    Raises:
        Unavailable: another process appends to it.
        Mismatch: a newer release wrote it.
    """
    lease = take_lease(path)
    try:
        with reported(path):
            connection = connect_writer(path, durable=True)
            migrate(connection, files("catalog.log") / "migrations")
    except BaseException:
        lease.close()
        raise
    return SqliteLog(path, Readers(path), Appender(path, connection, lease))


def open_log_to_read(path: Path) -> SqliteLog:
    """Open a log that is there, which another process may be appending to.

    Raises:
        Unavailable: there is none.
    """
    readers = Readers(path)
    readers.call(version_of)
    return SqliteLog(path, readers, None)


@dataclass(frozen=True, slots=True)
class Turn:
    """The records that one turn of the event loop appends; `stored` tells where they are."""

    records: list[Record]
    stored: asyncio.Task[Sequence[Appended]]


class SqliteLog:
    """Accepted records in a file."""

    def __init__(self, path: Path, readers: Readers, appender: Appender | None) -> None:
        self._path = path
        self._readers = readers
        self._appender = appender
        self._turn: Turn | None = None

    async def append(self, records: Sequence[Record]) -> Sequence[Appended]:
        """Store records durably, all or none; one that is there already keeps its position.

        Raises:
            Unavailable: the disk does not take them, or the log was opened to read.
        """
        if self._appender is None:
            raise Unavailable(f"{self._path} was opened to read only")
        turn = self._turn or self._begin(self._appender)
        place = len(turn.records)
        turn.records.extend(records)
        stored = await asyncio.shield(turn.stored)
        return stored[place : place + len(records)]

    def _begin(self, appender: Appender) -> Turn:
        records: list[Record] = []

        async def end() -> Sequence[Appended]:
            self._turn = None
            return await asyncio.wrap_future(appender.put(records))

        self._turn = Turn(records, asyncio.create_task(end()))
        return self._turn

    async def read(self, after: int, limit: int) -> Sequence[LogEntry]:
        """Give the next entries behind a position, in order."""
        return await self._readers.run(lambda connection: _read(connection, after, limit))

    async def head(self) -> int:
        """Give the position of the last record, 0 of an empty log."""
        return await self._readers.run(_head)

    async def record(self, id: str) -> Record | None:
        """Give the record with this id."""
        return await self._readers.run(lambda connection: _record(connection, id))

    async def positions(self, ids: Collection[str]) -> Mapping[str, int]:
        """Give the positions of records by their ids."""
        return await self._readers.run(lambda connection: _positions(connection, ids))

    async def close(self) -> None:
        """Store what waits, then let go of the file."""
        if self._turn is not None:
            await asyncio.wait([self._turn.stored])
        if self._appender is not None:
            await asyncio.to_thread(self._appender.stop)
        self._readers.close()


class Appender:
    """The thread that writes, with the connection and the lease it holds."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lease: sqlite3.Connection
    ) -> None:
        self._path = path
        self._connection = connection
        self._lease = lease
        self._stopped = False
        self._waiting: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="log-appender", daemon=True)
        self._thread.start()

    def put(self, records: Sequence[Record]) -> Future[Sequence[Appended]]:
        """Hand records over; the future is done once they are durable."""
        if self._stopped:
            raise Unavailable(f"{self._path} is closed")
        future: Future[Sequence[Appended]] = Future()
        future.set_running_or_notify_cancel()  # what was handed over is stored, waited for or not
        self._waiting.put((records, future))
        return future

    def stop(self) -> None:
        """Store what waits, then close."""
        self._stopped = True
        self._waiting.put(None)
        self._thread.join()
        self._connection.close()
        self._lease.close()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            group, last = self._group(first)
            self._store(group)
            if last:
                return

    def _group(self, first: Waiting) -> tuple[list[Waiting], bool]:
        """Take whatever else waits; tell whether it ended with the word to stop."""
        group = [first]
        while len(group) < GROUP and not self._waiting.empty():
            following = self._waiting.get()
            if following is None:
                return group, True
            group.append(following)
        return group, False

    def _store(self, group: Sequence[Waiting]) -> None:
        records = [record for some, _ in group for record in some]
        try:
            with reported(self._path), writing(self._connection):
                places = iter(_insert(self._connection, records))
        except BaseException as error:  # noqa: BLE001 whoever waits must hear of it
            for _, future in group:
                future.set_exception(error)
            return
        for some, future in group:
            future.set_result([next(places) for _ in some])


def _insert(connection: sqlite3.Connection, records: Sequence[Record]) -> Sequence[Appended]:
    """Store what is new; those of one statement get positions that follow each other."""
    known = _positions(connection, {record.id for record in records})
    new = {record.id: record for record in records if record.id not in known}
    connection.executemany(
        "INSERT INTO records (id, kind, accepted_at, body) VALUES (?, ?, ?, ?)",
        [_row(record) for record in new.values()],
    )
    (last,) = connection.execute("SELECT last_insert_rowid()").fetchone()
    positions = {**known, **dict(zip(new, range(last - len(new) + 1, last + 1), strict=True))}
    return [  # the first one of an id is the new one
        Appended(positions[record.id], new.pop(record.id, None) is not None) for record in records
    ]


def _read(connection: sqlite3.Connection, after: int, limit: int) -> Sequence[LogEntry]:
    rows = connection.execute(
        "SELECT position, id, kind, accepted_at, body FROM records"
        " WHERE position > ? ORDER BY position LIMIT ?",
        (after, limit),
    )
    return [LogEntry(position, _from_row(*row)) for position, *row in rows]


def _head(connection: sqlite3.Connection) -> int:
    (position,) = connection.execute("SELECT max(position) FROM records").fetchone()
    return position or 0


def _positions(connection: sqlite3.Connection, ids: Collection[str]) -> Mapping[str, int]:
    rows = connection.execute(
        "SELECT records.id, position FROM json_each(?) CROSS JOIN records ON records.id = value",
        (json.dumps(list(ids)),),
    )
    return dict(rows.fetchall())


def _record(connection: sqlite3.Connection, id: str) -> Record | None:
    row = connection.execute(
        "SELECT id, kind, accepted_at, body FROM records WHERE id = ?", (id,)
    ).fetchone()
    return _from_row(*row) if row else None


def _row(record: Record) -> tuple[str, str, str, bytes]:
    body = zlib.compress(record.body, DEFLATE)
    return record.id, record.kind, record.accepted_at.isoformat(), body


def _from_row(id: str, kind: str, accepted_at: str, body: bytes) -> Record:
    moment = datetime.fromisoformat(accepted_at)
    return Record(id, RecordKind(kind), zlib.decompress(body), moment)
