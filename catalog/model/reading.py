"""What our own reading of the SQL of a run came to."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.flows import End, Subtype
from ingest.names import DatasetName, RunKey

OURSELVES = "headwater"
"""The producer of what we conclude ourselves."""


FAULTS = frozenset({"timeout"})
"""Codes of problems that another try may not have."""


@dataclass(frozen=True, slots=True, order=True)
class SqlOf:
    """The SQL of a run, as a witness."""

    run: RunKey


@dataclass(frozen=True, slots=True)
class Quote:
    """Where a text says that data flows: the expression that makes the value, or what decides.

    The latter is the smallest clause that does. `start`: in characters, from the beginning of the
    SQL.
    """

    source: End
    target: End
    subtype: Subtype
    start: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """Why a text could not be read, or not whole. `code`: as in `headwater sql lineage`.

    `line` and `column` are 1-based; 0 where there is no place.
    """

    code: str
    message: str
    line: int
    column: int

    @property
    def is_fault(self) -> bool:
        """Whether another try may go better: it took too long, or ended the process."""
        return self.code in FAULTS


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text. `bound`: each name in it was found, in tables that are known whole.

    `reads`, `writes`: what it names. `unmatched`: names of which no dataset could be told.
    """

    bound: bool
    reads: tuple[DatasetName, ...]
    writes: tuple[DatasetName, ...]
    trouble: Trouble | None = None
    unmatched: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
