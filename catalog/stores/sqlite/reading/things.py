"""Reading the list of what there is."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from catalog.model.thing import Thing
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
