"""A reader of SQL that reads each text once: jobs run the same statements again and again."""

from __future__ import annotations

from catalog.model.reading import FAULTS
from catalog.parsing.reader import SqlReader
from catalog.recent import Recent
from ingest.sql.errors import Problem
from ingest.sql.readout import Naming, Readout, Request, Text


class RememberingReader:
    """Remembers the latest answers of another, faults apart."""

    def __init__(self, reader: SqlReader) -> None:
        self._reader = reader
        self._namings: Recent[Text, Naming] = Recent()
        self._readouts: Recent[Request, Readout] = Recent()

    async def naming(self, text: Text) -> Naming:
        """Tell which tables a text names."""
        known = self._namings.get(text)
        if known is None:
            known = await self._reader.naming(text)
            if not is_fault(known.problem):
                self._namings.put(text, known)
        return known

    async def read_out(self, request: Request) -> Readout:
        """Bind a text and tell what it says."""
        known = self._readouts.get(request)
        if known is None:
            known = await self._reader.read_out(request)
            if not is_fault(known.problem):
                self._readouts.put(request, known)
        return known


def is_fault(problem: Problem | None) -> bool:
    """Tell whether another try may not have this problem."""
    return problem is not None and problem.code in FAULTS
