"""The canonical lines whose sorted hash is a graph's digest: the same whatever the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from catalog.model.claim import SchemaStatement, SeenClaim
from catalog.model.edge import Edge
from catalog.model.thing import ThingSlot
from catalog.ports import GraphReader
from catalog.stores.codec import (
    claim_to_json,
    dump,
    end_to_json,
    fold_to_json,
    quotes_to_json,
    said_to_json,
    saying_to_json,
    stamp_to_json,
    thing_to_json,
)
from ingest.folds import RunFold, Said


def fold_line(fold: RunFold) -> str:
    """Give the line of a run."""
    return _line("run", fold_to_json(fold))


def saying_line(slot: ThingSlot, said: Said) -> str:
    """Give the line of what is said about a thing."""
    return _line("said", [thing_to_json(slot.thing), slot.producer, slot.key, said_to_json(said)])


def claim_line(seen: SeenClaim) -> str:
    """Give the line of a claim: all its edges with their evidence."""
    times = [seen.first.isoformat(), stamp_to_json(seen.last)]
    return _line("claim", [claim_to_json(seen.claim), times, quotes_to_json(seen.quotes)])


def edge_line(edge: Edge) -> str:
    """Give the line of an edge that holds."""
    ends = [end_to_json(edge.source), end_to_json(edge.target)]
    return _line("edge", [*ends, edge.kind, edge.subtype, thing_to_json(edge.via), edge.masking])


def schema_line(statement: SchemaStatement) -> str:
    """Give the line of a stated schema."""
    stamp = stamp_to_json(statement.stamp)
    what = saying_to_json(statement.schema)
    return _line("schema", [thing_to_json(statement.dataset), stamp, statement.producer, what])


def _line(sort: str, content: object) -> str:
    return f"{sort} {dump(content).decode()}"


def digest_of(lines: Iterable[str]) -> str:
    """Hash lines, whatever their order.

    The lines are hashed one by one first, so that a large graph is not held as text.
    """
    hashes = sorted(hashlib.sha256(line.encode()).digest() for line in lines)
    return hashlib.sha256(b"".join(hashes)).hexdigest()


async def digest(graph: GraphReader) -> str:
    """Give the digest of a graph."""
    return digest_of([line async for line in graph.lines()])
