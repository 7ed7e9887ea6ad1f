"""Searching names: over the distinct ones, the closest first, and no further than asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice

from catalog.model.search import Closeness, Match
from catalog.stores.sqlite.ends import PLACES
from catalog.stores.sqlite.names import path_of, searchable
from catalog.stores.sqlite.reading.values import listed
from catalog.stores.sqlite.schema import has_trigrams
from ingest.names import ColumnName, DatasetName, FieldPath, JobName

TRIGRAM = 3
"""Characters without which the index of trigrams is of no use."""

PHRASE = 64
"""Characters that the index is asked for; what is found is compared with the whole text."""

CHUNK = 50
"""How many names' columns are read at once."""

_EXACT = "SELECT id, path FROM names WHERE lower = :text"
_PREFIX = "SELECT id, path FROM names WHERE lower > :text AND lower < :text || char(1114111)"
_BY_TRIGRAM = (
    "SELECT id, path FROM names WHERE id IN"
    " (SELECT rowid FROM names_by_trigram WHERE lower MATCH :phrase) AND instr(lower, :text) > 1"
)
_BY_SCAN = "SELECT id, path FROM names WHERE instr(lower, :text) > 1"

_THINGS = (
    "SELECT namespace, name FROM json_each(?) CROSS JOIN things ON name_id = json_each.value"
    " WHERE sort = ? AND (named OR uses > 0) ORDER BY name, namespace LIMIT ?"
)
_COLUMNS = (
    "SELECT columns.name_id, namespace, name FROM json_each(?) CROSS JOIN columns"
    " ON columns.name_id = json_each.value CROSS JOIN things"
    f" ON things.id = columns.id >> {PLACES} WHERE columns.uses > 0"
)

Name = tuple[int, FieldPath]


def search(connection: sqlite3.Connection, text: str, limit: int) -> Sequence[Match]:
    """Find things by name."""
    if not text:
        return []
    return list(islice(_matches(connection, text, limit), limit))


def _matches(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[Match]:
    for closeness in Closeness:
        names = _names(connection, searchable(text), closeness)
        for sort in (DatasetName, JobName):
            for thing in _things(connection, names, sort, limit):
                yield Match(thing, closeness)
        for column in _columns(connection, names):
            yield Match(column, closeness)


def _names(connection: sqlite3.Connection, text: str, closeness: Closeness) -> list[Name]:
    """Give the names that are so close to the text, by path."""
    query = {Closeness.EXACT: _EXACT, Closeness.PREFIX: _PREFIX}.get(closeness)
    if query is None:
        indexed = len(text) >= TRIGRAM and has_trigrams(connection)
        query = _BY_TRIGRAM if indexed else _BY_SCAN
    phrase = text[:PHRASE].replace('"', '""')
    values = {"text": text, "phrase": f'"{phrase}"'}
    found = [(key, path_of(path)) for key, path in connection.execute(query, values)]
    return sorted(found, key=lambda name: name[1])


def _things(
    connection: sqlite3.Connection,
    names: Sequence[Name],
    sort: type[DatasetName | JobName],
    limit: int,
) -> Iterator[DatasetName | JobName]:
    ids = listed(key for key, path in names if len(path) == 1)
    rows = connection.execute(_THINGS, (ids, int(sort is JobName), limit))
    return (sort(*row) for row in rows)


def _columns(connection: sqlite3.Connection, names: Sequence[Name]) -> Iterator[ColumnName]:
    for start in range(0, len(names), CHUNK):
        paths = dict(names[start : start + CHUNK])
        rows = connection.execute(_COLUMNS, (listed(paths),))
        columns = [ColumnName(DatasetName(*dataset), paths[key]) for key, *dataset in rows]
        yield from sorted(columns, key=_column_order)


def _column_order(column: ColumnName) -> tuple[FieldPath, str, str]:
    return (column.path, column.dataset.name, column.dataset.namespace)
