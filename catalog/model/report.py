"""What a change does to the things downstream: one impact for each, and how much was seen."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from catalog.model.change import Change, Rows, SchemaChange
from catalog.model.thing import Thing


class Verdict(enum.StrEnum):
    """What happens to a thing, the strongest first."""

    BREAKS = "BREAKS"
    BLOCKED = "BLOCKED"
    SCHEMA_CHANGES = "SCHEMA_CHANGES"
    ROWS_CHANGE = "ROWS_CHANGE"
    VALUES_CHANGE = "VALUES_CHANGE"
    UNKNOWN = "UNKNOWN"
    UNAFFECTED = "UNAFFECTED"


class Certainty(enum.StrEnum):
    """How a verdict is known."""

    PROVEN = "PROVEN"
    """The SQL was bound again, against what the change leaves."""
    OBSERVED = "OBSERVED"
    """Recorded edges say so."""
    DATA_DEPENDENT = "DATA_DEPENDENT"
    """Only if the data are so, or by a rule of a dialect that was not checked by execution."""
    DECLARED = "DECLARED"
    INFERRED = "INFERRED"


class Criticality(enum.StrEnum):
    """How much depends on a thing."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class ThingKind(enum.StrEnum):
    """What an impact is about."""

    JOB = "job"
    DATASET = "dataset"
    CONSUMER = "consumer"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a query no longer runs, or means something else. Line and column count from 1.

    `length`: how many characters of the line, from the column on, are to blame.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    sql: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A line as it is, and as it has to be."""

    file: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Effects:
    """All that happens to a thing, whatever its verdict."""

    schema: tuple[SchemaChange, ...] = ()
    rows: Rows = Rows.NONE
    columns: tuple[str, ...] = ()
    rebound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Somebody accepts an impact, until a day. `change`: `kind dataset[.column]`.

    `namespace`: of the thing; empty of the project's own; None, if only a name is said: any.
    """

    namespace: str | None
    name: str
    change: str
    by: str
    why: str
    until: date


@dataclass(frozen=True, slots=True)
class Impact:
    """What happens to one thing, why, and who is to be asked.

    `columns`: output columns that change; of a BREAKS, the input columns that failed. `path`: from
    the changed thing to this one, each as `name` or `name.column`. `thing`, `makers`, `steps`: what
    it, its jobs and what is on its path are in the catalog.
    """

    kind: ThingKind
    namespace: str
    name: str
    verdict: Verdict
    certainty: Certainty | None
    effects: Effects = Effects()
    columns: tuple[str, ...] = ()
    reason: str = ""
    proof: Proof | None = None
    path: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    criticality: Criticality = Criticality.NORMAL
    jobs: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()  # that mend it
    blocked_by: tuple[str, ...] = ()  # all that breaks before it
    acknowledged: Acknowledgement | None = None
    thing: Thing | None = None
    makers: tuple[Thing, ...] = ()
    steps: tuple[Thing | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A thing gets values, unmasked, of a column with a label (`pii`), which it had not before.

    `source`: the column that the label is on; `path`: from there to the thing, each as
    `name.column`, the last may be a `name`.
    """

    label: str
    source: str
    kind: ThingKind
    namespace: str
    name: str
    path: tuple[str, ...]
    owners: tuple[str, ...] = ()
    criticality: Criticality = Criticality.NORMAL


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A thing whose SQL could not be bound, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what is downstream could be proved."""

    jobs: int = 0
    parsed: int = 0
    columns: int = 0
    resolved: int = 0
    unmatched: tuple[str, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
    dialect_level: str = "parsed"
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to: what breaks? `complete`: all that a change reaches was examined.

    `labelled`: what gets values that are labelled.
    """

    changes: tuple[Change, ...]
    impacts: tuple[Impact, ...]
    coverage: Coverage
    complete: bool
    labelled: tuple[Labelled, ...] = ()
