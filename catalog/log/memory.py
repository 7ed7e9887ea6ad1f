"""The event log in memory: the reference for tests and for checking a graph against a fresh one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.model.record import LogEntry, Record
from catalog.ports import Appended


@dataclass(slots=True)
class MemoryLog:
    """A log that lives as long as the process."""

    _records: list[Record] = field(default_factory=list[Record])
    _positions: dict[str, int] = field(default_factory=dict[str, int])

    async def append(self, records: Sequence[Record]) -> Sequence[Appended]:
        """Store records; one that is there already keeps its position."""
        return [self._append(record) for record in records]

    def _append(self, record: Record) -> Appended:
        new = record.id not in self._positions
        if new:
            self._records.append(record)
            self._positions[record.id] = len(self._records)
        return Appended(self._positions[record.id], new)

    async def read(self, after: int, limit: int) -> Sequence[LogEntry]:
        """Give the next entries behind a position."""
        records = self._records[after : after + limit]
        return [LogEntry(after + place, record) for place, record in enumerate(records, start=1)]

    async def head(self) -> int:
        """Give the position of the last record."""
        return len(self._records)

    async def record(self, id: str) -> Record | None:
        """Give the record with this id."""
        position = self._positions.get(id)
        return self._records[position - 1] if position else None

    async def positions(self, ids: Collection[str]) -> Mapping[str, int]:
        """Give the positions of records by their ids."""
        return {one: self._positions[one] for one in ids if one in self._positions}

    async def close(self) -> None:
        """Do nothing: there is nothing to let go of."""
