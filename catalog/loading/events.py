"""Loading events from files into the log."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catalog.intake import Accepted, Intake, Refused
from ingest.openlineage.files import Place, read_events
from ingest.openlineage.unreadable import Unreadable

BATCH = 200
"""Events stored in one commit."""

STDIN = Path("-")


@dataclass(slots=True)
class Summary:
    """What became of the events that were read."""

    new: int = 0
    repeated: int = 0
    refused: list[tuple[Place, str]] = field(default_factory=list[tuple[Place, str]])
    notices: Counter[str] = field(default_factory=Counter[str])

    def add(self, place: Place, result: Accepted | Refused) -> None:
        """Count one result."""
        if isinstance(result, Refused):
            self.refused.append((place, f"{result.message} ({result.path or 'the whole event'})"))
            return
        self.new += result.new
        self.repeated += not result.new
        self.notices.update(notice.code for notice in result.notices)

    def as_json(self) -> dict[str, object]:
        """Give it for programs."""
        return {
            "new": self.new,
            "repeated": self.repeated,
            "refused": [{"place": str(place), "reason": why} for place, why in self.refused],
            "warnings": dict(sorted(self.notices.items())),
        }


async def load(files: Sequence[Path], intake: Intake, summary: Summary) -> AsyncIterator[Path]:
    """Store the events of files, counting what becomes of them; give each file when it is done."""
    for file in files:
        for places, values in _batches(file, summary):
            results = await intake.accept_values(values)
            for place, result in zip(places, results, strict=True):
                summary.add(place, result)
        yield file


def _batches(file: Path, summary: Summary) -> Iterator[tuple[list[Place], list[object]]]:
    places: list[Place] = []
    values: list[object] = []
    with sys.stdin.buffer if file == STDIN else file.open("rb") as stream:
        for place, value in read_events(stream, str(file)):
            if isinstance(value, Unreadable):
                summary.refused.append((place, str(value)))
                continue
            places.append(place)
            values.append(value)
            if len(values) == BATCH:
                yield places, values
                places, values = [], []
    if values:
        yield places, values
