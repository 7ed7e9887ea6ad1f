"""What happens on one connection: which statements count, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from headwater_emitters.events import Dataset
from headwater_emitters.sqlalchemy.runs import StatementRun


@dataclass(frozen=True, slots=True)
class Execution:
    """An execution that succeeded. `outputs`: described after it, if it made them."""

    run: StatementRun
    outputs: tuple[Dataset, ...] = ()


@dataclass(slots=True)
class Executions:
    """The executions of a connection.

    A commit is known to have worked only by what comes after it: that it was begun is all that
    SQLAlchemy tells. So what it commits is `committing` until something else happens.

    `running`: the run whose statement is at work. `temporary`: tables of this session.
    """

    running: StatementRun | None = None
    temporary: set[str] = field(default_factory=set[str])
    committed_at: datetime | None = None
    _pending: list[Execution | str] = field(default_factory=list["Execution | str"])
    _committing: list[Execution] = field(default_factory=list[Execution])

    def add(self, execution: Execution) -> None:
        """Keep an execution until its transaction ends."""
        self._pending.append(execution)

    def save(self, savepoint: str) -> None:
        """Remember where a savepoint is."""
        self._pending.append(savepoint)

    def commit(self, at: datetime) -> None:
        """The transaction is being committed."""
        self._committing = list(_executions(self._pending))
        self._pending.clear()
        self.committed_at = at

    def settled(self) -> list[Execution]:
        """Take what was committed, now that nothing was said against it."""
        committed, self._committing = self._committing, []
        return committed

    def undone(self, savepoint: str | None = None) -> list[Execution]:
        """Take what a rollback undoes: what came after a savepoint, else everything."""
        start = 0
        if savepoint in self._pending:
            start = len(self._pending) - self._pending[::-1].index(savepoint)
        undone = list(_executions(self._pending[start:]))
        del self._pending[start:]
        return undone

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is open here."""
        return not self._pending and not self._committing


def _executions(pending: list[Execution | str]) -> Iterator[Execution]:
    return (one for one in pending if isinstance(one, Execution))
