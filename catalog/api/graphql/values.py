"""Types without identity: owners, tags, code, failures. Views on values of the core."""

from __future__ import annotations

from datetime import datetime

import strawberry

from catalog.lineage.currency import Status
from catalog.model.description import Criticality
from catalog.model.edge import Direction
from ingest.facts import EventType
from ingest.flows import Kind, Tier

strawberry.enum(Criticality, name="Criticality", description="How much depends on a thing.")
strawberry.enum(Direction, name="Direction", description="With the data, or against it.")
strawberry.enum(
    Kind, name="LinkKind", description="Does the value flow (DIRECT), or does it only decide?"
)
strawberry.enum(Tier, name="EvidenceTier", description="How a link is known.")
strawberry.enum(
    Status, name="EvidenceStatus", description="Does evidence hold: is its code in force?"
)
strawberry.enum(EventType, name="RunState", description="What a run's events say of its life.")


@strawberry.type(name="Owner", description="A person or a team that answers for a thing.")
class OwnerType:
    name: str = strawberry.field(description="As the producer names it.")
    type: str | None = strawberry.field(description="In which role, if told.")


@strawberry.type(name="Tag", description="A label on a thing.")
class TagType:
    key: str = strawberry.field(description="What the label is about.")
    value: str = strawberry.field(description="What it says.")
    column: str | None = strawberry.field(description="The column it is on; null: the thing.")


@strawberry.type(name="Sql", description="The statement that a job runs.")
class SqlType:
    query: str = strawberry.field(description="Its text, as sent.")
    dialect: str | None = strawberry.field(description="Its dialect, if told.")
    fingerprint: str = strawberry.field(
        description="Hash of its text without comments and literals: the code version."
    )


@strawberry.type(name="Trouble", description="Why SQL could not be read, or not whole.")
class TroubleType:
    code: str = strawberry.field(description="As in `headwater sql lineage`: syntax and so on.")
    message: str = strawberry.field(description="In words.")
    line: int = strawberry.field(description="From 1.")
    column: int = strawberry.field(description="From 1.")


@strawberry.type(name="Reading", description="What our reading of a job's SQL came to.")
class ReadingType:
    bound: bool = strawberry.field(
        description="Every name was found, in tables whose columns are all known."
    )
    trouble: TroubleType | None = strawberry.field(description="The first thing that is wrong.")
    unmatched: list[str] = strawberry.field(
        description="Tables in the SQL for which no dataset could be told."
    )


@strawberry.type(
    name="Quote",
    description="What SQL says of a link: the expression that makes the target, or what decides.",
)
class QuoteType:
    text: str = strawberry.field(description="The expression or clause, as written.")
    start: int = strawberry.field(description="Where it begins in the SQL: characters before it.")


@strawberry.type(name="SourceCode", description="The code of a job that is not SQL.")
class SourceCodeType:
    language: str = strawberry.field(description="Its language.")
    code: str = strawberry.field(description="Its text.")


@strawberry.type(name="SourceLocation", description="Where the code of a job lies.")
class SourceLocationType:
    url: str = strawberry.field(description="Where to read it.")
    path: str | None = strawberry.field(description="Its path in the repository.")
    version: str | None = strawberry.field(description="The commit or the like.")
    branch: str | None = strawberry.field(description="The branch.")


@strawberry.type(name="JobKind", description="What sort of job.")
class JobKindType:
    processing: str = strawberry.field(description="BATCH, STREAMING or SERVICE.")
    integration: str = strawberry.field(description="AIRFLOW, DBT, SPARK and so on.")
    type: str | None = strawberry.field(description="TASK, MODEL, QUERY and so on, if told.")


@strawberry.type(name="Failure", description="Why a run failed.")
class FailureType:
    message: str = strawberry.field(description="The error's message.")
    language: str | None = strawberry.field(description="The language of the stack trace.")
    stack_trace: str | None = strawberry.field(description="Where it happened.")


@strawberry.type(name="Statistics", description="How much of a dataset a run read or wrote.")
class StatisticsType:
    rows: float | None = strawberry.field(description="Rows, if counted.")
    bytes: float | None = strawberry.field(description="Bytes, if counted.")
    files: float | None = strawberry.field(description="Files, if counted.")


@strawberry.type(name="NominalTime", description="The time for which a run was scheduled.")
class NominalTimeType:
    start: datetime = strawberry.field(description="Its start.")
    end: datetime | None = strawberry.field(description="Its end, if told.")
