"""From names to ids: whatever is named gets an id, once and for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from catalog.model.thing import Thing
from catalog.stores.sqlite.ends import FIRST_COLUMN, JOB, PLACES, ROWS, WHOLE, end_at
from catalog.stores.sqlite.names import path_of, path_text, searchable
from catalog.stores.sqlite.schema import has_trigrams
from ingest.flows import End, Rows, Whole
from ingest.names import ColumnName, DatasetName, FieldPath, JobName

ROOM = 200_000
"""How many things, and how many columns, are remembered."""


class Interner:
    """Gives ids to things, columns and names; remembers the latest."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._trigrams = has_trigrams(connection)
        self._things: dict[Thing, int] = {}
        self._columns: dict[int, dict[FieldPath, int]] = {}
        self._names: dict[FieldPath, int] = {}
        self._held = 0

    def forget(self) -> None:
        """Forget all ids: they may be of a transaction that failed."""
        self._things.clear()
        self._columns.clear()
        self._names.clear()
        self._held = 0

    def trim(self) -> None:
        """Keep within bounds."""
        if max(self._held, len(self._things), len(self._names)) > ROOM:
            self.forget()

    def thing(self, thing: Thing) -> int:
        """Give the id of a dataset or a job."""
        known = self._things.get(thing)
        if known is None:
            known = self._things[thing] = self._find_thing(thing) or self._add_thing(thing)
        return known

    def end(self, end: End) -> int:
        """Give the integer of an end."""
        match end:
            case ColumnName(dataset, path):
                return self.column(self.thing(dataset), path)
            case Rows(dataset):
                return end_at(self.thing(dataset), ROWS)
            case Whole(dataset):
                return end_at(self.thing(dataset), WHOLE)
            case JobName():
                return end_at(self.thing(end), JOB)

    def column(self, dataset: int, path: FieldPath) -> int:
        """Give the end of a column."""
        known = self._known_columns(dataset).get(path)
        return self.columns(dataset, (path,))[0] if known is None else known

    def columns(self, dataset: int, paths: Iterable[FieldPath]) -> list[int]:
        """Give the ends of columns, each once."""
        known, wanted = self._known_columns(dataset), list(dict.fromkeys(paths))
        if new := [path for path in wanted if path not in known]:
            self._add_columns(dataset, known, new)
        return [known[path] for path in wanted]

    def _find_thing(self, thing: Thing) -> int | None:
        row = self._connection.execute(
            "SELECT id FROM things WHERE sort = ? AND namespace = ? AND name = ?",
            (int(isinstance(thing, JobName)), thing.namespace, thing.name),
        ).fetchone()
        return row[0] if row else None

    def _add_thing(self, thing: DatasetName | JobName) -> int:
        row = (int(isinstance(thing, JobName)), thing.namespace, thing.name)
        inserted = self._connection.execute(
            "INSERT INTO things (sort, namespace, name, name_id) VALUES (?, ?, ?, ?)",
            (*row, self._name((thing.name,))),
        )
        return inserted.lastrowid or 0

    def _known_columns(self, dataset: int) -> dict[FieldPath, int]:
        known = self._columns.get(dataset)
        if known is None:
            known = self._columns[dataset] = self._columns_of(dataset)
            self._held += len(known)
        return known

    def _columns_of(self, dataset: int) -> dict[FieldPath, int]:
        rows = self._connection.execute(
            "SELECT columns.id, path FROM columns CROSS JOIN names"
            " ON names.id = columns.name_id WHERE columns.id BETWEEN ? AND ?",
            (end_at(dataset, 0), end_at(dataset + 1, 0) - 1),
        )
        return {path_of(path): key for key, path in rows}

    def _add_columns(
        self, dataset: int, known: dict[FieldPath, int], new: Sequence[FieldPath]
    ) -> None:
        first = FIRST_COLUMN + len(known)
        if first + len(new) >> PLACES:
            raise OverflowError(f"a dataset of more than {len(known)} columns")
        added = {path: end_at(dataset, place) for place, path in enumerate(new, start=first)}
        self._connection.executemany(
            "INSERT INTO columns (id, name_id) VALUES (?, ?)",
            [(key, self._name(path)) for path, key in added.items()],
        )
        known.update(added)
        self._held += len(added)

    def _name(self, path: FieldPath) -> int:
        known = self._names.get(path)
        if known is None:
            known = self._names[path] = self._find_or_add_name(path)
        return known

    def _find_or_add_name(self, path: FieldPath) -> int:
        text = path_text(path)
        row = self._connection.execute("SELECT id FROM names WHERE path = ?", (text,)).fetchone()
        if row:
            return row[0]
        lower = searchable(".".join(path))
        key = (
            self._connection.execute(
                "INSERT INTO names (path, lower) VALUES (?, ?)", (text, lower)
            ).lastrowid
            or 0
        )
        if self._trigrams:
            self._connection.execute(
                "INSERT INTO names_by_trigram (rowid, lower) VALUES (?, ?)", (key, lower)
            )
        return key
