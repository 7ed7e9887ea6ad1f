"""Reading everything there is, as canonical lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, LiteralString

from catalog.model.thing import Thing
from catalog.stores.lines import claim_line, edge_line, fold_line, saying_line, schema_line
from catalog.stores.sqlite.reading.edges import read_edges
from catalog.stores.sqlite.reading.evidence import sayings_of, schemas_of, seen_claims
from catalog.stores.sqlite.reading.runs import folds_at
from catalog.stores.sqlite.reading.values import Values
from ingest.names import JobName

CHUNK = 500
"""How many rows are read at a time."""


def all_lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Give the lines of all runs, sayings, schemas, claims and edges."""
    for rows in _chunks(connection, "SELECT id FROM runs"):
        yield from map(fold_line, folds_at(connection, [key for (key,) in rows]))
    for rows in _chunks(connection, "SELECT id FROM things"):
        yield from _lines_of_things(connection, [key for (key,) in rows])
    for rows in _chunks(connection, "SELECT source, how, target, via FROM edges"):
        yield from map(edge_line, read_edges(rows, Values(connection)))


def _lines_of_things(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[str]:
    values = Values(connection)
    named = values.things(ids)
    things: list[Thing] = [named[key] for key in ids]
    for slots in sayings_of(connection, things).values():
        for slot, said in slots.items():
            yield saying_line(slot, said)
    datasets = [thing for thing in things if not isinstance(thing, JobName)]
    for statements in schemas_of(connection, datasets).values():
        yield from map(schema_line, statements)
    for key in ids:
        yield from map(claim_line, seen_claims(connection, key, values))


def _chunks(connection: sqlite3.Connection, query: LiteralString) -> Iterator[list[Any]]:
    cursor = connection.execute(query)
    while rows := cursor.fetchmany(CHUNK):
        yield rows
