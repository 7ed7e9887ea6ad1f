"""What a company consists of, as values: teams, datasets with columns, jobs with their code.

A day is counted from the first day of the demo's month (0). What changes in the month says
since when: a `SchemaChange` of a dataset, a `Revision` of a job. Datasets, jobs and their
revisions are declared once and told apart by identity.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Team:
    """Who owns things: a team, and the person who answers for it."""

    name: str
    person: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `pii` if it tells who somebody is."""

    name: str
    type: str
    description: str = ""
    pii: bool = False


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """From `day` on, `column` replaces the column of its name, or is a new last one."""

    day: int
    column: Column


class DatasetKind(enum.StrEnum):
    """OpenLineage's `datasetType`."""

    TABLE = "TABLE"
    VIEW = "VIEW"
    TOPIC = "TOPIC"
    FILE = "FILE"
    MODEL = "MODEL"


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a dataset or job: OpenLineage's namespace and name."""

    namespace: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A dataset. `also_named`: the metastore's name of a location."""

    at: Name
    kind: DatasetKind
    description: str
    owner: Team
    columns: tuple[Column, ...]
    changes: tuple[SchemaChange, ...] = ()
    also_named: Name | None = None
    file_format: str | None = None
    consumer: str | None = None
    criticality: str | None = None

    def columns_on(self, day: int) -> tuple[Column, ...]:
        """Give the columns in force on a day, in their order."""
        in_force = {column.name: column for column in self.columns}
        for change in self.changes:
            if change.day <= day:
                in_force[change.column.name] = change.column
        return tuple(in_force.values())


@dataclass(frozen=True, slots=True)
class Source:
    """A column that something is derived from."""

    dataset: Dataset
    column: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """How one output column comes about.

    `target` is `*` for what shapes the whole output, and for what a job without output reads.
    `subtype` is OpenLineage's (IDENTITY, AGGREGATION, JOIN, …), `masking` its masking flag.
    """

    target: str
    subtype: str
    sources: tuple[Source, ...]
    masking: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Revision:
    """A job's code from day `since` on: what it reads, writes and does.

    `hands_over` are the jobs whose state this one takes on, `sql` the statement as the producer
    reports it, `dialect` None where it does not say. `renames`: what the output was called.
    """

    since: int = 0
    inputs: tuple[Dataset, ...] = ()
    output: Dataset | None = None
    hands_over: tuple[Name, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    sql: str | None = None
    dialect: str | None = None
    renames: Dataset | None = None


class Tool(enum.StrEnum):
    """Which producer tells about a job."""

    AIRFLOW = "airflow"
    DBT = "dbt"
    SPARK = "spark"
    HAMILTON = "hamilton"
    BURR = "burr"
    BI = "bi"


@dataclass(frozen=True, slots=True)
class Check:
    """A data test on a column: `assertion` as dbt names it (`not_null`, `unique`, …)."""

    assertion: str
    column: str


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A job. Its `steps` are groups of jobs that it starts, one group after the other.

    `type` is OpenLineage's `jobType` (DAG, TASK, MODEL, …), `processing` its processing type,
    `minutes` how long a run usually takes, `path` its source file,
    `until` the first day on which it no longer exists.
    """

    at: Name
    tool: Tool
    type: str
    description: str
    owner: Team
    path: str
    revisions: tuple[Revision, ...] = (Revision(),)
    steps: tuple[tuple[Job, ...], ...] = ()
    checks: tuple[Check, ...] = ()
    minutes: float = 3
    processing: str = "BATCH"
    until: int | None = None
    consumer: str | None = None
    criticality: str | None = None

    def revision(self, day: int) -> Revision | None:
        """Give the code in force on a day; None if the job does not exist then."""
        if self.until is not None and day >= self.until:
            return None
        return next((it for it in reversed(self.revisions) if it.since <= day), None)

    def tree(self) -> tuple[Job, ...]:
        """Give the job and everything it starts, outermost first."""
        return (self, *(job for group in self.steps for step in group for job in step.tree()))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a job starts (UTC): `weekdays` counted from Monday, `only` the days of the month."""

    job: Job
    at: time
    weekdays: frozenset[int] = frozenset(range(7))
    only: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """Everything there is, for the history to play and the producers to tell."""

    datasets: tuple[Dataset, ...]
    schedules: tuple[Schedule, ...]
    streams: tuple[Job, ...]
    assistant: Job

    def jobs(self) -> tuple[Job, ...]:
        """Give every job, each once."""
        roots = (*(it.job for it in self.schedules), *self.streams, self.assistant)
        return tuple(job for root in roots for job in root.tree())
