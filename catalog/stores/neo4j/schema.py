"""The shape of the graph: constraints and indexes, and the version under which it was written."""

from __future__ import annotations

from catalog.errors import Mismatch
from catalog.stores.neo4j.connection import Connection, Transaction, rows
from catalog.stores.neo4j.queries import queries

SHAPE = 3
"""Raised with every change of labels, relationships, properties or keys."""

_SHAPE = queries("schema")
_Q = queries("version")


async def prepare(connection: Connection, reader: str) -> None:
    """Make an empty graph, or see that the one there is of this shape and reader.

    Raises:
        Mismatch: it is not.
    """
    version = f"{SHAPE} {reader}".strip()
    found = await connection.read(_version)
    if found is None:
        for query in _SHAPE.values():
            await connection.alone(query)
        found = await connection.write(lambda transaction: _begin(transaction, version))
    if found != version:
        raise Mismatch(f"The graph is of version {found}, this program's is {version}: rebuild it")


async def wipe(connection: Connection) -> None:
    """Forget everything that is ours in the database."""
    await connection.alone(_Q["wipe"])


async def _version(transaction: Transaction) -> str | None:
    found = await rows(transaction, _Q["version"])
    return found[0][0] if found else None


async def _begin(transaction: Transaction, version: str) -> str:
    [[made]] = await rows(transaction, _Q["begin"], version=version)
    return made
