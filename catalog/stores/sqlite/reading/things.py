"""Reading the list of what there is."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence

from catalog.model.alias import Told
from catalog.model.description import CONSUMER_TAG, is_mark, jobs_by_node
from catalog.model.thing import Thing
from catalog.stores.codec import load, said_from_json, saying_from_json
from ingest.facts import BY_COMMAND, Acceptance, Symlinks
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


def symlinks_behind(connection: sqlite3.Connection, known: int) -> Sequence[Told]:
    """Give what is told of other names, but for the first `known`."""
    rows = connection.execute(
        "SELECT namespace, name, saying FROM symlinks JOIN things ON things.id = thing"
        " WHERE symlinks.id > ? ORDER BY symlinks.id",
        (known,),
    )
    return [
        Told(DatasetName(namespace, name), saying)
        for namespace, name, body in rows
        if isinstance(saying := saying_from_json(load(body)), Symlinks)
    ]


def namespaces(connection: sqlite3.Connection) -> Collection[str]:
    """Give the namespaces of known datasets; steps from one to the next by the index."""
    rows = connection.execute(
        "WITH RECURSIVE found(namespace) AS ("
        " SELECT min(namespace) FROM things WHERE sort = 0 AND (named OR uses > 0)"
        " UNION ALL SELECT (SELECT min(other.namespace) FROM things AS other"
        "  WHERE sort = 0 AND (named OR uses > 0) AND other.namespace > found.namespace)"
        " FROM found WHERE found.namespace IS NOT NULL"
        ") SELECT namespace FROM found WHERE namespace IS NOT NULL"
    )
    return {namespace for (namespace,) in rows}


def accepting(connection: sqlite3.Connection) -> Sequence[Thing]:
    """Give the things for which somebody accepts a change, in order."""
    rows = connection.execute(
        "SELECT DISTINCT sort, namespace, name FROM sayings JOIN things ON id = thing"
        " WHERE producer = ? AND json_extract(CAST(said AS TEXT), '$[2][0]') = ?"
        " ORDER BY sort, namespace, name",
        (BY_COMMAND, Acceptance.__name__),
    )
    return [(JobName if sort else DatasetName)(*name) for sort, *name in rows]


def dbt_nodes(
    connection: sqlite3.Connection, ids: Collection[str]
) -> Mapping[str, Sequence[JobName]]:
    """Give the jobs that run these nodes of dbt projects, in order."""
    rows = connection.execute(
        "SELECT namespace, name, said FROM sayings JOIN things ON id = thing"
        " WHERE key = 'dbt_node' AND sort"
    )
    told = (
        (JobName(namespace, name), said_from_json(load(said))) for namespace, name, said in rows
    )
    return jobs_by_node(told, ids)


def marked(connection: sqlite3.Connection) -> Sequence[Thing]:
    """Give the things that somebody marks as consumers, or as none, in order."""
    rows = connection.execute(
        "SELECT sort, namespace, name, said FROM sayings JOIN things ON id = thing"
        " WHERE instr(said, CAST(? AS BLOB)) ORDER BY sort, namespace, name",
        (CONSUMER_TAG,),
    )
    found: dict[Thing, None] = {
        (JobName if sort else DatasetName)(namespace, name): None
        for sort, namespace, name, said in rows
        if is_mark(said_from_json(load(said)).saying)
    }
    return list(found)
