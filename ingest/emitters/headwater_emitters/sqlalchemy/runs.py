"""Runs of statements: what is told of a statement that is executed again and again.

A statement is known by its shape, so a loop over a thousand rows is one run. A run begins with the
first execution and is complete with the first that counts: of a statement that writes, when its
transaction is committed. Later executions are the same run until it is an hour old; one that fails
is a run of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from headwater_emitters import events
from headwater_emitters.events import Dataset, Job, Json, Run

MOST_STATEMENTS = 2_000
"""Shapes that are told of within one age; what builds its SQL by hand may have no end of them."""
MOST_FAILURES = 5
"""Runs of one statement that are told to have failed within one age."""

Tell: TypeAlias = Callable[[Json], None]


@dataclass(frozen=True, slots=True)
class Telling:
    """What is said of a statement: its name within the job, its text, the tables it names."""

    name: str
    query: str
    dialect: str | None
    inputs: tuple[Dataset, ...]
    outputs: tuple[Dataset, ...]


@dataclass(slots=True)
class StatementRun:
    """A run of a statement. `state`: the last that was told."""

    shape: str
    run: Run
    telling: Telling
    begun: datetime
    state: str = "START"


@dataclass(slots=True)
class Runs:
    """The runs of the statements of one job; not safe for threads."""

    tell: Tell
    parent: Run
    root: Run
    engine: Json
    age: float
    untold: int = 0
    _runs: dict[str, StatementRun] = field(default_factory=dict[str, StatementRun])
    _failures: dict[str, int] = field(default_factory=dict[str, int])
    _names: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def known(self, shape: str, at: datetime) -> StatementRun | None:
        """Give the run that an execution belongs to, if there is one that is not too old."""
        run = self._runs.get(shape)
        if run is None or run.state in {"FAIL", "ABORT"}:
            return None
        return run if (at - run.begun).total_seconds() < self.age else None

    def begin(self, shape: str, telling: Telling, at: datetime) -> StatementRun | None:
        """Begin a run; None if too much is told already."""
        if self._failures.get(shape, 0) >= MOST_FAILURES or self._is_full(shape, at):
            self.untold += 1
            return None
        name = f"{self.parent.job.name}.{self._own(telling.name, shape)}"
        run = Run(events.new_run_id(), Job(self.parent.job.namespace, name))
        begun = StatementRun(shape, run, telling, at)
        self._runs[shape] = begun
        self._tell(begun, "START", at, columns=False)
        return begun

    def complete(self, run: StatementRun, at: datetime, outputs: tuple[Dataset, ...] = ()) -> None:
        """An execution counts. `outputs`: described after it, if it made them."""
        if run.state == "START":
            self._tell(run, "COMPLETE", at, outputs=outputs)

    def fail(self, run: StatementRun, at: datetime, error: str) -> None:
        """An execution failed; if others of the run counted, it is a run of its own."""
        self._end(run, "FAIL", at, events.error(error, "SQL"))

    def abort(self, run: StatementRun, at: datetime) -> None:
        """An execution was rolled back."""
        self._end(run, "ABORT", at, {})

    def _end(self, run: StatementRun, state: str, at: datetime, facets: Json) -> None:
        if run.state in {"FAIL", "ABORT"}:
            return
        self._failures[run.shape] = self._failures.get(run.shape, 0) + 1
        if run.state == "COMPLETE":
            again = self.begin(run.shape, run.telling, at)
            self._runs[run.shape] = run
            if again is None:
                return
            run = again
        self._tell(run, state, at, facets=facets)

    def _is_full(self, shape: str, at: datetime) -> bool:
        if shape in self._runs or len(self._runs) < MOST_STATEMENTS:
            return False
        old = [one for one, run in self._runs.items() if self._is_old(run, at)]
        for one in old:
            del self._runs[one]
            self._failures.pop(one, None)
        return not old

    def _is_old(self, run: StatementRun, at: datetime) -> bool:
        return (at - run.begun).total_seconds() >= self.age

    def _own(self, name: str, shape: str) -> str:
        """Number the statements that would share a name, in the order in which they came."""
        shapes = self._names.setdefault(name, [])
        if shape not in shapes:
            shapes.append(shape)
        place = shapes.index(shape)
        return f"{name}.{place + 1}" if place else name

    def _tell(
        self,
        run: StatementRun,
        state: str,
        at: datetime,
        *,
        columns: bool = True,
        facets: Json | None = None,
        outputs: tuple[Dataset, ...] = (),
    ) -> None:
        telling = run.telling
        run.state = state
        inputs, outputs = telling.inputs, outputs or telling.outputs
        self.tell(
            events.run_event(
                state,
                at,
                run.run,
                run_facets=events.parent(self.parent, self.root) | self.engine | (facets or {}),
                job_facets=events.sql(telling.query, telling.dialect),
                inputs=inputs if columns else map(_bare, inputs),
                outputs=outputs if columns else map(_bare, outputs),
            )
        )


def _bare(dataset: Dataset) -> Dataset:
    return Dataset(dataset.namespace, dataset.name)
