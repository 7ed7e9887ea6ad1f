"""Datasets, columns, jobs and runs: views on their names and on the folds of runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry

from catalog.api.graphql.acknowledgements import Accepted, AcknowledgementType
from catalog.api.graphql.context import Info
from catalog.api.graphql.pages import Connection, page_size
from catalog.api.graphql.values import (
    FailureType,
    JobKindType,
    NominalTimeType,
    OwnerType,
    ReadingType,
    SourceCodeType,
    SourceLocationType,
    SqlType,
    StatisticsType,
    TagType,
)
from catalog.errors import Invalid
from catalog.model.description import ConsumerSort, Criticality
from catalog.model.page import Page, PageEdge, page_with
from catalog.model.reading import Reading
from catalog.model.thing import Thing
from catalog.whatif.tags import InheritedTag, inherited_tags
from ingest.facts import (
    EventType,
    Failure,
    JobType,
    NominalTime,
    Owner,
    Parent,
    Role,
    SourceCode,
    SourceLocation,
    Sql,
    Statistics,
    Tag,
    Touched,
    Verbatim,
)
from ingest.flows import Rows, Whole
from ingest.folds import RunFold, sayings
from ingest.names import (
    ColumnName,
    DatasetName,
    JobName,
    MalformedId,
    RunKey,
    decode_id,
    encode_id,
)

_HERE = strawberry.lazy("catalog.api.graphql.things")
_Dataset = Annotated["DatasetType", _HERE]
_Column = Annotated["ColumnType", _HERE]
_Inherited = Annotated["InheritedTagType", _HERE]
_Job = Annotated["JobView", _HERE]
_Run = Annotated["RunType", _HERE]


@strawberry.interface(name="Thing", description="A dataset or a job.")
class ThingType:
    @strawberry.field(description="Opaque, stable, fit for URLs.")
    @staticmethod
    def id(root: strawberry.Parent[Thing]) -> strawberry.ID:
        return strawberry.ID(encode_id(root))

    @strawberry.field(description="Where the name is defined.")
    @staticmethod
    def namespace(root: strawberry.Parent[Thing]) -> str:
        return root.namespace

    @strawberry.field(description="The name in its namespace.")
    @staticmethod
    def name(root: strawberry.Parent[Thing]) -> str:
        return root.name

    @strawberry.field(description="What it is, in its producers' words.")
    @staticmethod
    async def description(root: strawberry.Parent[Thing], info: Info) -> str | None:
        return (await info.context.descriptions.load(root)).text

    @strawberry.field(graphql_type=list[OwnerType], description="Who answers for it.")
    @staticmethod
    async def owners(root: strawberry.Parent[Thing], info: Info) -> Sequence[Owner]:
        return (await info.context.descriptions.load(root)).owners

    @strawberry.field(graphql_type=list[TagType], description="Labels on it and its columns.")
    @staticmethod
    async def tags(root: strawberry.Parent[Thing], info: Info) -> Sequence[Tag]:
        return (await info.context.descriptions.load(root)).tags

    @strawberry.field(description="How much depends on it.")
    @staticmethod
    async def criticality(root: strawberry.Parent[Thing], info: Info) -> Criticality:
        return (await info.context.descriptions.load(root)).criticality

    @strawberry.field(description="What sort of consumer it is marked as: dashboard, agent …")
    @staticmethod
    async def consumer(root: strawberry.Parent[Thing], info: Info) -> str | None:
        mark = (await info.context.descriptions.load(root)).consumer
        return None if mark == ConsumerSort.NONE else mark

    @strawberry.field(
        graphql_type=list[AcknowledgementType],
        description="What is accepted of changes upstream; expired words stay until withdrawn.",
    )
    @staticmethod
    async def acknowledgements(root: strawberry.Parent[Thing], info: Info) -> Sequence[Accepted]:
        described = await info.context.descriptions.load(root)
        return [Accepted(root, word) for word in described.acknowledgements]

    @strawberry.field(description="Keys of facets that are kept as they were sent.")
    @staticmethod
    async def facets(root: strawberry.Parent[Thing], info: Info) -> Sequence[str]:
        return (await info.context.descriptions.load(root)).facets

    @strawberry.field(
        graphql_type=Connection[_Run], description="Its runs, the latest heard of first."
    )
    @staticmethod
    async def runs(
        root: strawberry.Parent[Thing], info: Info, first: int = 20, after: str | None = None
    ) -> Page[RunFold]:
        return await runs_page(info, root, first, after)


@strawberry.type(name="Column", description="A column of a dataset.")
class ColumnType:
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, ColumnName)

    @strawberry.field(description="Opaque, stable, fit for URLs.")
    @staticmethod
    def id(root: strawberry.Parent[ColumnName]) -> strawberry.ID:
        return strawberry.ID(encode_id(root))

    @strawberry.field(description="The name; of a nested field the names on its path, dotted.")
    @staticmethod
    def name(root: strawberry.Parent[ColumnName]) -> str:
        return ".".join(root.path)

    @strawberry.field(description="The names on its path; one, unless it is nested.")
    @staticmethod
    def path(root: strawberry.Parent[ColumnName]) -> Sequence[str]:
        return root.path

    @strawberry.field(graphql_type=_Dataset, description="The dataset that it is a column of.")
    @staticmethod
    def dataset(root: strawberry.Parent[ColumnName]) -> DatasetName:
        return root.dataset

    @strawberry.field(description="Its type in the schema in force, as the producer spells it.")
    @staticmethod
    async def type(root: strawberry.Parent[ColumnName], info: Info) -> str | None:
        field = await info.context.fields.load(root)
        return field.type if field else None

    @strawberry.field(description="What it is, in its producers' words.")
    @staticmethod
    async def description(root: strawberry.Parent[ColumnName], info: Info) -> str | None:
        field = await info.context.fields.load(root)
        return field.description if field else None

    @strawberry.field(description="Is it in the schema in force, or only named by lineage?")
    @staticmethod
    async def in_schema(root: strawberry.Parent[ColumnName], info: Info) -> bool:
        return await info.context.fields.load(root) is not None

    @strawberry.field(graphql_type=list[TagType], description="Labels on this column.")
    @staticmethod
    async def tags(root: strawberry.Parent[ColumnName], info: Info) -> Sequence[Tag]:
        described = await info.context.descriptions.load(root.dataset)
        return [tag for tag in described.tags if tag.column == ".".join(root.path)]

    @strawberry.field(
        graphql_type=list[_Inherited],
        description="Labels of the columns whose values it has, unmasked: the nearest of each.",
    )
    @staticmethod
    async def inherited_tags(
        root: strawberry.Parent[ColumnName], info: Info
    ) -> Sequence[InheritedTag]:
        return await inherited_tags(info.context.graph, root)


@strawberry.type(name="InheritedTag", description="A label that comes with a column's value.")
class InheritedTagType:
    depth: int = strawberry.field(description="Over how many links.")

    @strawberry.field(graphql_type=TagType, description="The label.")
    @staticmethod
    def tag(root: strawberry.Parent[InheritedTag]) -> Tag:
        return root.tag

    @strawberry.field(graphql_type=_Column, description="The column that it is on.")
    @staticmethod
    def source(root: strawberry.Parent[InheritedTag]) -> ColumnName:
        return root.source


@strawberry.type(name="Schema", description="The columns of a dataset as now known.")
class SchemaType:
    full: bool = strawberry.field(description="There are no other columns.")
    since: datetime | None = strawberry.field(description="When it was last stated.")


@strawberry.type(name="Dataset", description="A table, a view, a file, a topic.")
class DatasetType(ThingType):
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, DatasetName)

    @strawberry.field(description="TABLE, VIEW, FILE, TOPIC and so on, if told.")
    @staticmethod
    async def type(root: strawberry.Parent[DatasetName], info: Info) -> str | None:
        told = (await info.context.descriptions.load(root)).dataset_type
        return told.type if told else None

    @strawberry.field(graphql_type=list[_Dataset], description="The other names it has.")
    @staticmethod
    async def aliases(root: strawberry.Parent[DatasetName], info: Info) -> Sequence[DatasetName]:
        return await info.context.graph.called(root)

    @strawberry.field(graphql_type=SchemaType, description="What is known of its columns.")
    @staticmethod
    async def schema(root: strawberry.Parent[DatasetName], info: Info) -> Any:  # noqa: ANN401
        return await info.context.schemas.load(root)

    @strawberry.field(
        graphql_type=list[ColumnType],
        description="Its columns in the order of the schema, then those only lineage names.",
    )
    @staticmethod
    async def columns(root: strawberry.Parent[DatasetName], info: Info) -> Sequence[ColumnName]:
        schema = await info.context.schemas.load(root)
        stated = [ColumnName(root, field.path) for field in schema.fields]
        ends = await info.context.ends.load(root)
        named = [end for end in ends if isinstance(end, ColumnName)]
        return list(dict.fromkeys((*stated, *named)))


@strawberry.type(name="Rows", description="The row set of a dataset: which rows there are.")
class RowsType:
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, Rows)

    @strawberry.field(graphql_type=DatasetType, description="The dataset whose rows they are.")
    @staticmethod
    def dataset(root: strawberry.Parent[Rows]) -> DatasetName:
        return root.dataset


@strawberry.type(name="Whole", description="A dataset of which it is not known which columns.")
class WholeType:
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, Whole)

    @strawberry.field(graphql_type=DatasetType, description="The dataset.")
    @staticmethod
    def dataset(root: strawberry.Parent[Whole]) -> DatasetName:
        return root.dataset


@strawberry.type(name="Job", description="Something that runs and moves data.")
class JobView(ThingType):
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, JobName)

    @strawberry.field(graphql_type=JobKindType | None, description="What sort of job, if told.")
    @staticmethod
    async def kind(root: strawberry.Parent[JobName], info: Info) -> JobType | None:
        return (await info.context.codes.load(root)).job_type

    @strawberry.field(graphql_type=SqlType | None, description="Its statement, if it is SQL.")
    @staticmethod
    async def sql(root: strawberry.Parent[JobName], info: Info) -> Sql | None:
        return (await info.context.codes.load(root)).sql

    @strawberry.field(
        graphql_type=ReadingType | None, description="What became of the SQL of its latest run."
    )
    @staticmethod
    async def reading(root: strawberry.Parent[JobName], info: Info) -> Reading | None:
        return await info.context.readings.load(root)

    @strawberry.field(graphql_type=SourceCodeType | None, description="Its code, if told.")
    @staticmethod
    async def source_code(root: strawberry.Parent[JobName], info: Info) -> SourceCode | None:
        return (await info.context.codes.load(root)).source

    @strawberry.field(graphql_type=SourceLocationType | None, description="Where its code lies.")
    @staticmethod
    async def location(root: strawberry.Parent[JobName], info: Info) -> SourceLocation | None:
        return (await info.context.codes.load(root)).location


@strawberry.type(name="RunDataset", description="A dataset that a run read or wrote.")
class RunDatasetType:
    dataset: DatasetType = strawberry.field(description="The dataset.")
    statistics: StatisticsType | None = strawberry.field(description="How much of it, if told.")


@strawberry.type(name="Run", description="One run of a job, as its events tell together.")
class RunType:
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, RunFold)

    @strawberry.field(description="Opaque, stable, fit for URLs.")
    @staticmethod
    def id(root: strawberry.Parent[RunFold]) -> strawberry.ID:
        return strawberry.ID(encode_id(root.run))

    @strawberry.field(description="The id that the producer gave it.")
    @staticmethod
    def run_id(root: strawberry.Parent[RunFold]) -> str:
        return root.run.run_id

    @strawberry.field(graphql_type=JobView, description="The job that ran.")
    @staticmethod
    def job(root: strawberry.Parent[RunFold]) -> JobName:
        return root.run.job

    @strawberry.field(
        description="COMPLETE, FAIL or ABORT once it ended; else START or RUNNING.",
    )
    @staticmethod
    def state(root: strawberry.Parent[RunFold]) -> EventType | None:
        return root.state

    @strawberry.field(description="When it first started.")
    @staticmethod
    def started_at(root: strawberry.Parent[RunFold]) -> datetime | None:
        return root.started_at

    @strawberry.field(description="When it ended.")
    @staticmethod
    def ended_at(root: strawberry.Parent[RunFold]) -> datetime | None:
        return root.ended_at

    @strawberry.field(description="How often it was started.")
    @staticmethod
    def attempts(root: strawberry.Parent[RunFold]) -> int:
        return root.attempts

    @strawberry.field(description="Which code ran: `sql:…`, `code:…`, `location:…` or `none`.")
    @staticmethod
    def code_version(root: strawberry.Parent[RunFold]) -> str:
        return root.code_version

    @strawberry.field(graphql_type=FailureType | None, description="Why it failed, if told.")
    @staticmethod
    def failure(root: strawberry.Parent[RunFold]) -> Failure | None:
        return root.find(Failure)

    @strawberry.field(graphql_type=NominalTimeType | None, description="What it was scheduled for.")
    @staticmethod
    def nominal_time(root: strawberry.Parent[RunFold]) -> NominalTime | None:
        return root.find(NominalTime)

    @strawberry.field(graphql_type=_Run | None, description="The run that started it.")
    @staticmethod
    async def parent(root: strawberry.Parent[RunFold], info: Info) -> RunFold | None:
        told = root.find(Parent)
        return await info.context.folds.load(told.run) or RunFold(told.run) if told else None

    @strawberry.field(graphql_type=list[RunDatasetType], description="What it read.")
    @staticmethod
    def inputs(root: strawberry.Parent[RunFold]) -> Sequence[RunDatasetType]:
        return _touched(root, Role.INPUT)

    @strawberry.field(
        graphql_type=list[RunDatasetType], description="What it wrote, or tried to if it failed."
    )
    @staticmethod
    def outputs(root: strawberry.Parent[RunFold]) -> Sequence[RunDatasetType]:
        return _touched(root, Role.OUTPUT)

    @strawberry.field(description="Keys of its facets that are kept as they were sent.")
    @staticmethod
    def facets(root: strawberry.Parent[RunFold]) -> Sequence[str]:
        return sorted({one.key for _, _, one in sayings(root.said, Verbatim)})


async def runs_page(
    info: Info, thing: Thing | None, first: int, after: str | None
) -> Page[RunFold]:
    """Give a page of runs; the cursor is the id of the last run before it."""
    size = page_size(first)
    before = _run_of(after) if after else None
    folds = await info.context.graph.recent_runs(thing, size + 1, before)
    return page_with([PageEdge(encode_id(fold.run), fold) for fold in folds], size)


def _run_of(cursor: str) -> RunKey:
    try:
        run = decode_id(cursor)
    except MalformedId as error:
        raise Invalid(f"{cursor!r} is not a cursor of this answer") from error
    if not isinstance(run, RunKey):
        raise Invalid(f"{cursor!r} is not a cursor of this answer")
    return run


def _touched(fold: RunFold, role: Role) -> list[RunDatasetType]:
    amounts = {
        slot.about: amount
        for slot, _, amount in sayings(fold.said, Statistics)
        if slot.role is role
    }
    names = [
        slot.about
        for slot, _, _ in sayings(fold.said, Touched)
        if slot.role is role and isinstance(slot.about, DatasetName)
    ]
    made: Any = RunDatasetType
    return [made(dataset=name, statistics=amounts.get(name)) for name in sorted(set(names))]
