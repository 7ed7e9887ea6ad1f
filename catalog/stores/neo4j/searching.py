"""Search: the distinct names are searched, and lead to the things that are called so."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.model.search import Match, match
from catalog.stores.neo4j.connection import Transaction, rows
from catalog.stores.neo4j.queries import queries
from catalog.stores.neo4j.rows import SEARCHED
from ingest.names import ColumnName, DatasetName, JobName

_Q = queries("reading")


async def search(transaction: Transaction, text: str, limit: int) -> Sequence[Match]:
    """Find things whose name holds the text, the closest first; of a long name its beginning."""
    if not text:
        return []
    found = await rows(transaction, _Q["search"], text=text.lower()[:SEARCHED], limit=limit)
    hits = (match(_thing(*row), text) for row in found)
    return sorted((hit for hit in hits if hit), key=Match.order)


def _thing(
    sort: int, namespace: str, name: str, path: Sequence[str]
) -> DatasetName | JobName | ColumnName:
    match sort:
        case 0:
            return DatasetName(namespace, name)
        case 1:
            return JobName(namespace, name)
        case _:
            return ColumnName(DatasetName(namespace, name), tuple(path))
