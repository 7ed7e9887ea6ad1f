"""Facts: the small things concluded from one record, each about one thing.

A record becomes one `Report`: who speaks, when, of what, and the facts. What the record does not
say is no fact. Facts of many records fold by `Stamp`: of two facts that fill the same slot the
later one holds, whatever the order in which they arrived.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from ingest.flows import Flow, owner_of
from ingest.names import DatasetName, FieldPath, JobName, RunKey


class EventType(enum.StrEnum):
    """What a run event says of its run's life."""

    START = "START"
    RUNNING = "RUNNING"
    OTHER = "OTHER"
    COMPLETE = "COMPLETE"
    ABORT = "ABORT"
    FAIL = "FAIL"


BY_COMMAND = "headwater:command"
"""The producer of what people command; no event speaks in its name."""

TERMINAL = frozenset({EventType.COMPLETE, EventType.ABORT, EventType.FAIL})


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """When something was said, in the order that decides between two sayings.

    `phase` is 0 for START, 1 while running, 2 at the end, so that events of one instant fold in
    the order of a run's life; records that belong to no run have phase 0.
    """

    time: datetime
    phase: int
    record_id: str


# --- what can be said -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Touched:
    """The run or the job reads or writes this dataset (which one: the fact's role)."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column; nested ones have a longer path. `type` as the producer spells it."""

    path: FieldPath
    type: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """Columns of a dataset, in order. `full`: there are no others, as far as this role can know."""

    fields: tuple[Field, ...]
    full: bool


@dataclass(frozen=True, slots=True)
class ColumnLineage:
    """Flows into the columns and the rows of one output (facet `columnLineage`).

    `transformations`: the producer says of some flow how the data is transformed. `sources`: the
    datasets that the flows come from, worked out once, since jobs repeat their lineage run by run.
    """

    flows: tuple[Flow, ...]
    transformations: bool
    sources: tuple[DatasetName, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out the sources."""
        owners = {owner_of(flow.source) for flow in self.flows}
        datasets = sorted(name for name in owners if isinstance(name, DatasetName))
        object.__setattr__(self, "sources", tuple(datasets))


@dataclass(frozen=True, slots=True)
class ExplicitLineage:
    """Flows into one target (facet `lineage`). `closed`: it names all its inputs, maybe none."""

    target: DatasetName | JobName
    flows: tuple[Flow, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class DeclaredLineage:
    """All flows into one target that somebody wrote down, maybe none."""

    target: DatasetName | JobName
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Sql:
    """The statement that a job runs. `fingerprint`: of its text without comments and literals."""

    query: str
    dialect: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SourceCode:
    """The code of a job, where it is not SQL."""

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """Where the code of a job lies. `version` is a commit or the like."""

    url: str
    path: str | None = None
    version: str | None = None
    branch: str | None = None
    tag: str | None = None
    repository: str | None = None


@dataclass(frozen=True, slots=True)
class JobType:
    """What sort of job. `snapshots`: each of its events shows the whole picture of the run."""

    processing: str
    integration: str
    type: str | None = None
    snapshots: bool = False


@dataclass(frozen=True, slots=True)
class DbtNode:
    """What a job runs of its dbt project."""

    unique_id: str


@dataclass(frozen=True, slots=True)
class Parent:
    """The run that started this one, and the one at the root of it all."""

    run: RunKey
    root: RunKey | None = None


@dataclass(frozen=True, slots=True)
class NominalTime:
    """The time for which a run was scheduled."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run failed."""

    message: str
    language: str | None = None
    stack_trace: str | None = None


@dataclass(frozen=True, slots=True)
class Incomplete:
    """The producer could not extract all lineage of this run (facet `extractionError`)."""

    failed_tasks: int
    total_tasks: int
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """A person or a team, as named; `type` says in which role."""

    name: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns the thing."""

    owners: tuple[Owner, ...]


@dataclass(frozen=True, slots=True)
class Documentation:
    """What the thing is, in words."""

    description: str


@dataclass(frozen=True, slots=True, order=True)
class Tag:
    """A label. `column`: the column of the dataset that it is on, else it is on the whole thing."""

    key: str
    value: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Tags:
    """The labels of the thing."""

    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """Another name of a dataset; `type` as told (TABLE for a metastore's)."""

    name: DatasetName
    type: str


@dataclass(frozen=True, slots=True)
class Symlinks:
    """Other names of the same dataset, listed together."""

    identifiers: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The dataset was created, dropped, renamed, truncated …; `previous`: its name until then."""

    change: str
    previous: DatasetName | None = None


@dataclass(frozen=True, slots=True)
class DatasetType:
    """TABLE, VIEW, FILE, TOPIC …, as told."""

    type: str
    sub_type: str | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much of the dataset a run read or wrote. `bytes` is its size; None is not told."""

    rows: int | None = None
    bytes: int | None = None
    files: int | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """One check of data quality and whether it held."""

    name: str
    success: bool
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Assertions:
    """Checks that a run made on a dataset."""

    assertions: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody accepts what a change does to the thing. `until`: the last day on which it counts.

    `change`: `kind dataset[.column]`.
    """

    change: str
    by: str
    why: str
    until: date


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A facet that is not read further; it is kept as it is in the log, in the fact's record."""

    key: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """The facet `key` no longer holds."""

    key: str


Saying: TypeAlias = (
    Touched
    | Schema
    | ColumnLineage
    | ExplicitLineage
    | DeclaredLineage
    | Sql
    | SourceCode
    | SourceLocation
    | JobType
    | DbtNode
    | Parent
    | NominalTime
    | Failure
    | Incomplete
    | Ownership
    | Documentation
    | Tags
    | Symlinks
    | Lifecycle
    | DatasetType
    | Statistics
    | Assertions
    | Acceptance
    | Verbatim
    | Deleted
)


class Role(enum.StrEnum):
    """The place of a thing in its event."""

    INPUT = "INPUT"
    OUTPUT = "OUTPUT"
    SUBJECT = "SUBJECT"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said about one thing. `facet`: the key under which the producer said it."""

    about: DatasetName | JobName | RunKey
    role: Role
    facet: str
    saying: Saying


@dataclass(frozen=True, slots=True)
class Notice:
    """What was odd about a record. `code` is stable; `path` is a JSON pointer into the record."""

    code: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class RunEvent:
    """A report on a run."""

    run: RunKey
    type: EventType


@dataclass(frozen=True, slots=True)
class Source:
    """All that a connector found in a namespace."""

    namespace: str


Subject: TypeAlias = RunEvent | JobName | DatasetName | Source
"""Of what a record speaks: a run, or the design of a job, of a dataset, of a whole source."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was concluded from one record."""

    record_id: str
    time: datetime
    producer: str
    subject: Subject
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...]

    @property
    def stamp(self) -> Stamp:
        """When and in which order this was said."""
        return Stamp(self.time, _phase(self.subject), self.record_id)


def _phase(subject: Subject) -> int:
    if not isinstance(subject, RunEvent) or subject.type is EventType.START:
        return 0
    return 2 if subject.type in TERMINAL else 1
