"""Sayings as they are stored in a fold: small ones in place, large ones once, by hash."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TypeAlias

import msgspec

from catalog.stores.codec import dump, saying_to_json
from catalog.stores.sqlite.writing.remembered import ByIdentity
from ingest.facts import Saying

LARGE = 160
"""Encoded bytes from which on a saying is worth a row of its own."""

OVERHEAD = 500
"""Bytes that remembering a saying costs beside its content, roughly."""

ROOM = 50_000_000
"""How many bytes of sayings are remembered."""

Stored: TypeAlias = msgspec.Raw | int
"""Encoded content, or the id of its row."""


class Contents:
    """Keeps sayings; remembers where the latest went."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._stored: ByIdentity[Stored] = ByIdentity(ROOM)
        self._rows: ByIdentity[int] = ByIdentity(ROOM)

    def forget(self) -> None:
        """Forget all ids: they may be of a transaction that failed."""
        self._stored.clear()
        self._rows.clear()

    def store(self, saying: Saying) -> Stored:
        """Give what stands in a fold for this saying."""
        known = self._stored.get(saying)
        if known is not None:
            return known
        body = dump(saying_to_json(saying))
        stored = self._row(body) if len(body) > LARGE else msgspec.Raw(body)
        return self._stored.put(saying, stored, OVERHEAD + len(body))

    def row(self, saying: Saying) -> int:
        """Give the id of the row that holds this saying, however small it is."""
        known = self._rows.get(saying)
        if known is not None:
            return known
        body = dump(saying_to_json(saying))
        return self._rows.put(saying, self._row(body), OVERHEAD + len(body))

    def _row(self, body: bytes) -> int:
        digest = hashlib.sha256(body).digest()[:16]
        row = self._connection.execute(
            "SELECT id FROM contents WHERE hash = ?", (digest,)
        ).fetchone()
        if row:
            return row[0]
        inserted = self._connection.execute(
            "INSERT INTO contents (hash, body) VALUES (?, ?)", (digest, body)
        )
        return inserted.lastrowid or 0
