"""The folds written last: the next event of a run mostly comes soon after the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ingest.folds import RunFold
from ingest.names import RunKey

ROOM = 4_000
"""How many folds are kept; they share most of what they say."""


class RecentFolds:
    """Folds as they are stored. Only the writer adds to them, once they are committed."""

    def __init__(self) -> None:
        self._folds: dict[RunKey, RunFold] = {}

    def keep(self, folds: Iterable[RunFold]) -> None:
        """Keep folds, and let the oldest go."""
        for fold in folds:
            self._folds.pop(fold.run, None)
            self._folds[fold.run] = fold
        while len(self._folds) > ROOM:
            del self._folds[next(iter(self._folds))]

    def find(self, runs: Collection[RunKey]) -> Mapping[RunKey, RunFold]:
        """Give those of these runs' folds that are kept."""
        return {run: fold for run in runs if (fold := self._folds.get(run)) is not None}

    def forget(self) -> None:
        """Forget everything."""
        self._folds.clear()
