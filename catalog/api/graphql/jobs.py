"""Jobs: views on their names, and on what they are made of."""

from __future__ import annotations

import strawberry

from catalog.api.graphql.context import Info
from catalog.api.graphql.things import ThingType
from catalog.api.graphql.values import (
    JobKindType,
    ReadingType,
    SourceCodeType,
    SourceLocationType,
    SqlType,
)
from catalog.model.reading import Reading
from ingest.facts import JobType, SourceCode, SourceLocation, Sql
from ingest.names import JobName


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
