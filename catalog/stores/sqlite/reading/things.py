"""Reading the list of what there is."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from catalog.model.thing import Thing
from ingest.facts import BY_COMMAND, Acceptance
from ingest.names import DatasetName, JobName


def things_behind(
    connection: sqlite3.Connection, after: Thing | None, limit: int
) -> Sequence[Thing]:
    """Give known datasets, then jobs, each by name."""
    last = (-1, "", "")
    if after is not None:
        last = (int(isinstance(after, JobName)), after.namespace, after.name)
    rows = connection.execute(
        "SELECT sort, namespace, name FROM things WHERE (named OR uses > 0)"
        " AND (sort, namespace, name) > (?, ?, ?) ORDER BY sort, namespace, name LIMIT ?",
        (*last, limit),
    )
    return [(JobName if sort else DatasetName)(*name) for sort, *name in rows]


def accepting(connection: sqlite3.Connection) -> Sequence[Thing]:
    """Give the things for which somebody accepts a change, in order."""
    rows = connection.execute(
        "SELECT DISTINCT sort, namespace, name FROM sayings JOIN things ON id = thing"
        " WHERE producer = ? AND json_extract(CAST(said AS TEXT), '$[2][0]') = ?"
        " ORDER BY sort, namespace, name",
        (BY_COMMAND, Acceptance.__name__),
    )
    return [(JobName if sort else DatasetName)(*name) for sort, *name in rows]
