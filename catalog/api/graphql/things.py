"""What datasets and jobs have in common: a view on their names and on what is said about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import strawberry

from catalog.api.graphql.acknowledgements import Accepted, AcknowledgementType
from catalog.api.graphql.context import Info
from catalog.api.graphql.pages import Connection
from catalog.api.graphql.recent_runs import runs_page
from catalog.api.graphql.values import OwnerType, TagType
from catalog.model.description import ConsumerSort, Criticality
from catalog.model.page import Page
from catalog.model.thing import Thing
from ingest.facts import Owner, Tag
from ingest.folds import RunFold
from ingest.names import encode_id

# A run is one of a job, which is a thing: so its type can only be named here.
_RUN = strawberry.lazy("catalog.api.graphql.runs")
_Run = Annotated["RunType", _RUN]  # noqa: F821 # pyright: ignore[reportUndefinedVariable, reportUnknownVariableType]


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
