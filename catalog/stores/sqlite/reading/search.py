"""Searching names: over the distinct ones, the closest first, and no further than asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from catalog.model.search import Closeness, Match
from catalog.stores.sqlite.ends import PLACES
from catalog.stores.sqlite.names import path_of, searchable
from catalog.stores.sqlite.schema import has_trigrams
from ingest.names import ColumnName, DatasetName, JobName

TRIGRAM = 3
"""Characters without which the index of trigrams is of no use."""

PHRASE = 64
"""Characters that the index is asked for; what is found is compared with the whole text."""

COMMON = 500
"""A name of more columns than this is looked for dataset by dataset, in the order asked for."""

_NAMES = {
    Closeness.EXACT: "lower = :text",
    Closeness.PREFIX: "lower > :text AND lower < :text || char(1114111)",
    Closeness.INSIDE: "instr(lower, :text) > 1",
}
_BY_TRIGRAM = "names.id IN (SELECT rowid FROM names_by_trigram WHERE lower MATCH :phrase) AND "

_THINGS = (
    "SELECT namespace, things.name FROM names CROSS JOIN things ON name_id = names.id"
    " WHERE {names} AND sort = :sort AND (named OR uses > 0)"
    " ORDER BY things.name, namespace LIMIT :limit"
)
_NAMES_OF_COLUMNS = (
    "SELECT id, path FROM names WHERE {names}"
    " AND EXISTS (SELECT 1 FROM columns WHERE name_id = names.id AND uses > 0)"
)
_HOW_MANY = "SELECT count(*) FROM (SELECT 1 FROM columns WHERE name_id = ? LIMIT ?)"
_BY_COLUMN = (
    "SELECT namespace, name FROM columns CROSS JOIN things"
    f" ON things.id = columns.id >> {PLACES} WHERE columns.name_id = ? AND columns.uses > 0"
    " ORDER BY name, namespace LIMIT ?"
)
_BY_DATASET = (
    "SELECT namespace, name FROM things WHERE sort = 0 AND EXISTS (SELECT 1 FROM columns"
    f" WHERE name_id = ? AND columns.id BETWEEN things.id << {PLACES}"
    f" AND (things.id + 1 << {PLACES}) - 1 AND columns.uses > 0)"
    " ORDER BY name, namespace LIMIT ?"
)


def search(connection: sqlite3.Connection, text: str, limit: int) -> Sequence[Match]:
    """Find things by name."""
    if not text:
        return []
    return list(islice(_matches(connection, text, limit), limit))


def _matches(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[Match]:
    values = _values(text, limit)
    for closeness in Closeness:
        names = _condition(connection, values["text"], closeness)
        for sort in (DatasetName, JobName):
            asked = {**values, "sort": int(sort is JobName)}
            for row in connection.execute(_THINGS.format(names=names), asked):
                yield Match(sort(*row), closeness)
        found = connection.execute(_NAMES_OF_COLUMNS.format(names=names), values)
        paths = sorted((path_of(path), key) for key, path in found)
        for path, key in paths:
            for row in _datasets_with(connection, key, limit):
                yield Match(ColumnName(DatasetName(*row), path), closeness)


def _values(text: str, limit: int) -> dict[str, Any]:
    wanted = searchable(text)
    phrase = wanted[:PHRASE].replace('"', '""')
    return {"text": wanted, "phrase": f'"{phrase}"', "limit": limit}


def _condition(connection: sqlite3.Connection, text: str, closeness: Closeness) -> str:
    """Give the condition for the names that are so close to the text."""
    condition = _NAMES[closeness]
    indexed = closeness is Closeness.INSIDE and len(text) >= TRIGRAM and has_trigrams(connection)
    return _BY_TRIGRAM + condition if indexed else condition


def _datasets_with(
    connection: sqlite3.Connection, name: int, limit: int
) -> Iterable[tuple[str, str]]:
    """Give the first datasets with a column of this name."""
    (columns,) = connection.execute(_HOW_MANY, (name, COMMON)).fetchone()
    query = _BY_DATASET if columns == COMMON else _BY_COLUMN
    return connection.execute(query, (name, limit))
