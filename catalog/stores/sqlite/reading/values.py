"""From ids to values and back, for one answer: each is looked up once, many at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping

from catalog.model.thing import Thing
from catalog.stores.codec import dump, load, saying_from_json
from catalog.stores.sqlite.ends import FIRST_COLUMN, JOB, ROWS, WHOLE, end_at, place_of, thing_of
from catalog.stores.sqlite.names import path_of, path_text
from ingest.facts import Saying
from ingest.flows import End, Rows, Whole
from ingest.names import ColumnName, DatasetName, JobName


class Values:
    """What ids stand for, as far as it was asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._things: dict[int, Thing] = {}
        self._ends: dict[int, End] = {}

    def things(self, ids: Iterable[int]) -> Mapping[int, Thing]:
        """Give things by id; at least those asked for."""
        if missing := {key for key in ids if key not in self._things}:
            rows = self._connection.execute(
                "SELECT things.id, sort, namespace, name FROM json_each(?) CROSS JOIN things"
                " ON things.id = json_each.value",
                (listed(missing),),
            )
            for key, sort, namespace, name in rows:
                self._things[key] = (JobName if sort else DatasetName)(namespace, name)
        return self._things

    def ends(self, ids: Iterable[int]) -> Mapping[int, End]:
        """Give ends by their integers; at least those asked for."""
        if missing := {key for key in ids if key not in self._ends}:
            things = self.things({thing_of(key) for key in missing})
            columns = [key for key in missing if place_of(key) >= FIRST_COLUMN]
            rows = self._connection.execute(
                "SELECT columns.id, names.path FROM json_each(?) CROSS JOIN columns"
                " ON columns.id = json_each.value CROSS JOIN names ON names.id = columns.name_id",
                (listed(columns),),
            )
            for key, path in rows:
                self._ends[key] = _column(things[thing_of(key)], path)
            for key in missing.difference(columns):
                self._ends[key] = _other_end(things[thing_of(key)], place_of(key))
        return self._ends

    def contents(self, ids: Iterable[int]) -> Mapping[int, Saying]:
        """Give large sayings by the id of their content."""
        rows = self._connection.execute(
            "SELECT contents.id, body FROM json_each(?) CROSS JOIN contents"
            " ON contents.id = json_each.value",
            (listed(ids),),
        )
        return {key: saying_from_json(load(body)) for key, body in rows}


def listed(ids: Iterable[int]) -> str:
    """Write ids as `json_each` reads them, in order, so that look-ups go through the file."""
    return dump(sorted(ids)).decode()


def find_thing(connection: sqlite3.Connection, thing: Thing) -> int | None:
    """Give the id of a thing, None of one never named."""
    row = connection.execute(
        "SELECT id FROM things WHERE sort = ? AND namespace = ? AND name = ?",
        (int(isinstance(thing, JobName)), thing.namespace, thing.name),
    ).fetchone()
    return row[0] if row else None


def find_things(connection: sqlite3.Connection, things: Collection[Thing]) -> Mapping[int, Thing]:
    """Give things by id; those never named are missing."""
    found = ((find_thing(connection, thing), thing) for thing in things)
    return {key: thing for key, thing in found if key is not None}


def find_end(connection: sqlite3.Connection, end: End) -> int | None:
    """Give the integer of an end, None of one never named."""
    thing = find_thing(connection, end if isinstance(end, JobName) else end.dataset)
    if thing is None:
        return None
    match end:
        case ColumnName(_, path):
            row = connection.execute(
                "SELECT columns.id FROM names CROSS JOIN columns ON columns.name_id = names.id"
                " WHERE path = ? AND columns.id BETWEEN ? AND ?",
                (path_text(path), end_at(thing, 0), end_at(thing + 1, 0) - 1),
            ).fetchone()
            return row[0] if row else None
        case Rows():
            return end_at(thing, ROWS)
        case Whole():
            return end_at(thing, WHOLE)
        case JobName():
            return end_at(thing, JOB)


def _column(dataset: Thing, path: str) -> ColumnName:
    return ColumnName(_dataset(dataset), path_of(path))


def _other_end(thing: Thing, place: int) -> End:
    if isinstance(thing, JobName):
        return thing
    return Rows(thing) if place == ROWS else Whole(thing)


def _dataset(thing: Thing) -> DatasetName:
    if isinstance(thing, JobName):
        raise ValueError(thing)
    return thing
