"""Reading edges: one step at either grain, and the ends of datasets."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from catalog.lineage.thing_closure import Link
from catalog.model.edge import Direction, Edge
from catalog.model.thing import Thing
from catalog.stores.sqlite.ends import FIRST_COLUMN, end_at, meant_by
from catalog.stores.sqlite.names import path_of
from catalog.stores.sqlite.reading.values import Values, find_end, find_things, listed
from ingest.flows import End, Rows, Whole, end_order
from ingest.names import ColumnName, DatasetName

StoredEdge = tuple[int, int, int, int]
"""Source, how, target, via."""

# CROSS JOIN keeps the order of the loops as written: from the frontier into the index.
STEP = {
    Direction.DOWNSTREAM: (
        "SELECT source, how, target, via FROM json_each(?) CROSS JOIN edges"
        " ON source = json_each.value WHERE how BETWEEN ? AND ?"
    ),
    Direction.UPSTREAM: (
        "SELECT source, how, target, via FROM json_each(?) CROSS JOIN edges"
        " ON target = json_each.value WHERE how BETWEEN ? AND ?"
    ),
}
THING_STEP = {
    Direction.DOWNSTREAM: (
        "SELECT source, target, via FROM json_each(?) CROSS JOIN links ON source = json_each.value"
    ),
    Direction.UPSTREAM: (
        "SELECT source, target, via FROM json_each(?) CROSS JOIN links ON target = json_each.value"
    ),
}
ANY_HOW = (0, 255)


def edges_at(
    connection: sqlite3.Connection, ends: Collection[End], direction: Direction
) -> Sequence[Edge]:
    """Give the edges that leave these ends."""
    ids = [key for end in ends if (key := find_end(connection, end)) is not None]
    rows = connection.execute(STEP[direction], (listed(ids), *ANY_HOW)).fetchall()
    return list(read_edges(rows, Values(connection)))


def read_edges(rows: Sequence[StoredEdge], values: Values) -> Iterable[Edge]:
    """Give stored edges as edges."""
    ends = values.ends({end for source, _, target, _ in rows for end in (source, target)})
    things = values.things({via for *_, via in rows})
    for source, how, target, via in rows:
        kind, subtype, masking = meant_by(how)
        yield Edge(ends[source], ends[target], kind, subtype, things[via], masking)


def links_at(
    connection: sqlite3.Connection,
    things: Collection[Thing],
    direction: Direction,
    values: Values,
) -> Sequence[Link]:
    """Give the links that leave these things."""
    ids = find_things(connection, things)
    rows = connection.execute(THING_STEP[direction], (listed(ids),)).fetchall()
    named = values.things({key for row in rows for key in row})
    return [Link(named[source], named[target], named[via]) for source, target, via in rows]


def ends_of(
    connection: sqlite3.Connection, datasets: Collection[DatasetName]
) -> Mapping[DatasetName, Sequence[End]]:
    """Give every known end of datasets."""
    ends: dict[DatasetName, list[End]] = {name: [Rows(name), Whole(name)] for name in datasets}
    for key, dataset in find_things(connection, datasets).items():
        if isinstance(dataset, DatasetName):
            paths = _columns(connection, key)
            ends[dataset] += [ColumnName(dataset, path_of(path)) for path in paths]
    return {dataset: sorted(of, key=end_order) for dataset, of in ends.items()}


def _columns(connection: sqlite3.Connection, dataset: int) -> Iterable[str]:
    rows = connection.execute(
        "SELECT path FROM columns CROSS JOIN names ON names.id = columns.name_id"
        " WHERE columns.id BETWEEN ? AND ? AND uses > 0",
        (end_at(dataset, FIRST_COLUMN), end_at(dataset + 1, 0) - 1),
    )
    return (path for (path,) in rows)
