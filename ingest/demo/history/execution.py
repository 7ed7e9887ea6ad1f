"""One run of a job, and the moments of it that a producer tells about."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from ingest.demo.company.incidents import Failure
from ingest.demo.model import Job, Name, Revision


class Outcome(enum.StrEnum):
    """How a run ended, in OpenLineage's words."""

    COMPLETE = "COMPLETE"
    FAIL = "FAIL"
    ABORT = "ABORT"


@dataclass(frozen=True, slots=True)
class Started:
    """A run that has begun: its job and id."""

    job: Name
    run_id: str


@dataclass(frozen=True, slots=True)
class Execution:
    """A run. `ancestors` are the runs that started it, outermost first.

    `ended` is None for a stream that nobody stopped; `beats` are the times at which a stream
    reports; `rows` is what it wrote, or read if it writes nothing.
    """

    run: Started
    job: Job
    revision: Revision
    day: int
    nominal: datetime
    started: datetime
    ended: datetime | None
    outcome: Outcome
    rows: int
    ancestors: tuple[Started, ...] = ()
    failure: Failure | None = None
    attempt: int = 1
    beats: tuple[datetime, ...] = ()


class Phase(enum.StrEnum):
    """Which part of a run a moment is."""

    START = "START"
    RUNNING = "RUNNING"
    END = "END"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in a run at which its producer sends an event."""

    at: datetime
    phase: Phase
    execution: Execution
