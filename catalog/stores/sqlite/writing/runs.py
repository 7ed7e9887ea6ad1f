"""Writing runs: the fold, and beside it what runs are looked up by."""

from __future__ import annotations

import sqlite3

from catalog.stores.codec import dump
from catalog.stores.sqlite.fold_rows import encode_fold
from catalog.stores.sqlite.times import ticks
from catalog.stores.sqlite.writing.contents import Contents
from catalog.stores.sqlite.writing.interner import Interner
from ingest.folds import RunFold
from ingest.names import RunKey

_COLUMNS = (
    "cast_id, heard, heard_phase, heard_record, completed, completed_phase, completed_record,"
    " version, fold"
)


class Runs:
    """Writes the folds of runs."""

    def __init__(
        self, connection: sqlite3.Connection, interner: Interner, contents: Contents
    ) -> None:
        self._connection = connection
        self._interner = interner
        self._contents = contents
        self._casts: dict[tuple[int, ...], int] = {}

    def forget(self) -> None:
        """Forget all ids: they may be of a transaction that failed."""
        self._casts.clear()

    def write(self, fold: RunFold) -> None:
        """Write the fold of a run, replacing what is stored of it."""
        job = self._interner.thing(fold.run.job)
        row = (*self._row(job, fold), job, fold.run.run_id)
        updated = self._connection.execute(
            f"UPDATE runs SET ({_COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " WHERE job = ? AND run_id = ?",
            row,
        )
        if not updated.rowcount:
            self._connection.execute(
                f"INSERT INTO runs ({_COLUMNS}, job, run_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def _row(self, job: int, fold: RunFold) -> tuple[object, ...]:
        heard, done = fold.heard, fold.completed
        completed = (ticks(done.time), done.phase, done.record_id) if done else (None, None, None)
        body = encode_fold(fold, self._interner.thing, self._contents.store)
        return (
            self._cast(job, fold),
            *(ticks(heard.time), heard.phase, heard.record_id),
            *completed,
            fold.code_version,
            body,
        )

    def _cast(self, job: int, fold: RunFold) -> int:
        """Give the cast of a run: its job and whatever its facts are about."""
        about = {slot.about for slot in fold.said}
        things = {self._interner.thing(one) for one in about if not isinstance(one, RunKey)}
        cast = tuple(sorted({job, *things}))
        known = self._casts.get(cast)
        if known is None:
            known = self._casts[cast] = self._find_or_add_cast(cast)
        return known

    def _find_or_add_cast(self, cast: tuple[int, ...]) -> int:
        text = dump(cast).decode()
        row = self._connection.execute("SELECT id FROM casts WHERE things = ?", (text,)).fetchone()
        if row:
            return row[0]
        key = self._connection.execute("INSERT INTO casts (things) VALUES (?)", (text,)).lastrowid
        self._connection.executemany(
            "INSERT INTO cast_things (thing, cast_id) VALUES (?, ?)", [(one, key) for one in cast]
        )
        self._connection.executemany(
            "UPDATE things SET named = 1 WHERE id = ?", [(one,) for one in cast]
        )
        return key or 0
