"""Applying changes: runs, sayings, contributions, then the edges that follow, in one commit."""

from __future__ import annotations

import sqlite3

from catalog.model.thing import ThingSlot
from catalog.ports import Changes
from catalog.sqlite.connection import writing
from catalog.stores.codec import dump, load, said_from_json, said_to_json, saying_to_json
from catalog.stores.sqlite.schema import create, drop, move_cursors
from catalog.stores.sqlite.writing.contents import Contents
from catalog.stores.sqlite.writing.interner import Interner
from catalog.stores.sqlite.writing.makers import Makers
from catalog.stores.sqlite.writing.recent import RecentFolds
from catalog.stores.sqlite.writing.runs import Runs
from catalog.stores.sqlite.writing.testimony import Testimonies
from catalog.stores.sqlite.writing.uses import Shifts, settle
from ingest.facts import Symlinks
from ingest.folds import Said, later


class Writer:
    """Applies changes over the one writing connection; used by one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, reader: str) -> None:
        self._connection = connection
        self._reader = reader
        self._interner = Interner(connection)
        self._contents = Contents(connection)
        self._runs = Runs(connection, self._interner, self._contents)
        self._testimonies = Testimonies(connection, self._interner, self._contents)
        self._makers = Makers(connection)
        self.recent = RecentFolds()

    def apply(self, changes: Changes) -> None:
        """Apply changes: all of them, or, if one fails, nothing."""
        try:
            with writing(self._connection):
                self._apply(changes)
        except BaseException:
            self._forget()
            raise
        self.recent.keep(changes.runs.values())
        self._interner.trim()
        self._testimonies.trim()

    def clear(self) -> None:
        """Forget everything."""
        self._forget()
        with writing(self._connection):
            drop(self._connection)
            create(self._connection, self._reader)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _forget(self) -> None:
        for cache in (
            self._interner,
            self._contents,
            self._runs,
            self._testimonies,
            self._makers,
            self.recent,
        ):
            cache.forget()

    def _apply(self, changes: Changes) -> None:
        for fold in changes.runs.values():
            self._runs.write(fold)
        for slot, said in changes.sayings.items():
            self._say(slot, said)
        shifts = Shifts()
        for contribution in changes.contributions:
            self._testimonies.write(contribution, shifts)
        settle(self._connection, shifts)
        jobs = {self._interner.thing(run.job) for run in changes.runs}
        shifts.makers |= {job for job in jobs if self._makers.versions_moved(job)}
        for maker in sorted(shifts.makers):
            self._makers.remake(maker)
        move_cursors(self._connection, changes.cursor, changes.sql_cursor)

    def _say(self, slot: ThingSlot, said: Said) -> None:
        key = (self._interner.thing(slot.thing), slot.producer, slot.key)
        row = self._connection.execute(
            "SELECT said FROM sayings WHERE thing = ? AND producer = ? AND key = ?", key
        ).fetchone()
        if row:
            said = later(said_from_json(load(row[0])), said)
        else:
            self._connection.execute("UPDATE things SET named = 1 WHERE id = ?", key[:1])
            if isinstance(said.saying, Symlinks):
                self._connection.execute(
                    "INSERT INTO symlinks (thing, saying) VALUES (?, ?)",
                    (key[0], dump(saying_to_json(said.saying))),
                )
        self._connection.execute(
            "INSERT OR REPLACE INTO sayings (thing, producer, key, said) VALUES (?, ?, ?, ?)",
            (*key, dump(said_to_json(said))),
        )
