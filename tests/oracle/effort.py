"""How much the oracle tries: the one place to turn it up for a long run."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Effort:
    """`worlds` x `statements` statements; per world so many columns dropped, added and changed."""

    worlds: int
    statements: int
    edits: int
    changes: int

    @property
    def total(self) -> int:
        return self.worlds * self.statements


GATE = Effort(worlds=50, statements=40, edits=3, changes=5)
LONG = Effort(worlds=5_000, statements=40, edits=8, changes=12)


def chosen() -> Effort:
    """The gate's effort, or the long run's (`poe test-long`)."""
    return LONG if os.environ.get("HEADWATER_TEST_EFFORT") == "long" else GATE
