"""The questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeAlias, TypeVar

import strawberry

from catalog.aliases.nodes import made_of
from catalog.api.graphql.acknowledgements import (
    Accepted,
    AcknowledgementType,
    acknowledgements_page,
)
from catalog.api.graphql.assumptions import AssumptionsType, assumptions
from catalog.api.graphql.consumers import ConsumersType, ConsumerType, consumers_of, marked_page
from catalog.api.graphql.context import Info
from catalog.api.graphql.coverage import CoverageType
from catalog.api.graphql.datasets import ColumnType, DatasetType
from catalog.api.graphql.dbt_nodes import DbtNodeType, MadeOfNode, UniqueIds
from catalog.api.graphql.impact import AsOf, Changes, ImpactReportType, impact_of
from catalog.api.graphql.jobs import JobView
from catalog.api.graphql.lineage import LIMIT, LineageType, Question, answer
from catalog.api.graphql.links import LinkType
from catalog.api.graphql.pages import Connection, page_size
from catalog.api.graphql.recent_runs import runs_page
from catalog.api.graphql.refs import (
    ThingInput,
    known_column,
    known_dataset,
    known_id,
    known_job,
    resolve,
    thing_among,
    thing_of_cursor,
)
from catalog.api.graphql.runs import RunType
from catalog.api.graphql.things import ThingType
from catalog.api.graphql.unused import Days, UnusedType, unused_page
from catalog.errors import Invalid, NotFound
from catalog.lineage.answer import ColumnAnswer, Grain, ThingAnswer
from catalog.lineage.consumers import Consumer, Consumers
from catalog.lineage.evidence import disputed
from catalog.lineage.unused import Unused
from catalog.model.census import Census
from catalog.model.edge import Direction, Edge
from catalog.model.page import Page, PageEdge, page_with
from catalog.model.report import Report
from catalog.model.thing import Thing
from catalog.whatif.assumptions import Assumptions
from ingest.flows import Kind
from ingest.folds import RunFold
from ingest.names import ColumnName, DatasetName, JobName, RunKey, encode_id

_AsIs: TypeAlias = Annotated[
    bool,
    strawberry.argument(
        description="Only those to whom its values come as they are: DIRECT, and never masked."
    ),
]

N = TypeVar("N", DatasetName, JobName, ColumnName, RunKey)

SearchHit = Annotated[
    DatasetType | ColumnType | JobView,
    strawberry.union("SearchHit", description="What a search finds."),
]


@strawberry.type(description="What the catalog can be asked.")
class Query:
    @strawberry.field(
        graphql_type=list[SearchHit],
        description="Things whose name holds the text: exact, then prefix, then rest.",
    )
    @staticmethod
    async def search(
        info: Info, text: str, first: int = 20
    ) -> Sequence[DatasetName | JobName | ColumnName]:
        found = await info.context.graph.search(text, page_size(first))
        return [match.thing for match in found]

    @strawberry.field(
        graphql_type=Connection[ThingType], description="All datasets, then all jobs, by name."
    )
    @staticmethod
    async def things(info: Info, first: int = 100, after: str | None = None) -> Page[Thing]:
        size = page_size(first)
        before = thing_of_cursor(after) if after else None
        found = await info.context.graph.things(before, size + 1)
        return page_with([PageEdge(encode_id(thing), thing) for thing in found], size)

    @strawberry.field(graphql_type=DatasetType | None, description="A dataset, by id or by name.")
    @staticmethod
    async def dataset(
        info: Info,
        id: strawberry.ID | None = None,
        namespace: str | None = None,
        name: str | None = None,
    ) -> DatasetName:
        if id is not None:
            return _expect(await known_id(id, info.context), DatasetName)
        return await known_dataset(DatasetName(*_both(namespace, name)), info.context)

    @strawberry.field(graphql_type=JobView | None, description="A job, by id or by name.")
    @staticmethod
    async def job(
        info: Info,
        id: strawberry.ID | None = None,
        namespace: str | None = None,
        name: str | None = None,
    ) -> JobName:
        if id is not None:
            return _expect(await known_id(id, info.context), JobName)
        return await known_job(JobName(*_both(namespace, name)), info.context)

    @strawberry.field(graphql_type=ColumnType | None, description="A column, by id or by name.")
    @staticmethod
    async def column(
        info: Info,
        id: strawberry.ID | None = None,
        namespace: str | None = None,
        name: str | None = None,
        column: str | None = None,
    ) -> ColumnName:
        if id is not None:
            return _expect(await known_id(id, info.context), ColumnName)
        if column is None:
            raise Invalid("give an id, or namespace, name and column")
        return await known_column(*_both(namespace, name), column, info.context)

    @strawberry.field(graphql_type=RunType | None, description="A run, by its id in this catalog.")
    @staticmethod
    async def run(info: Info, id: strawberry.ID) -> RunFold:
        run = _expect(await known_id(id, info.context), RunKey)
        fold = await info.context.folds.load(run)
        if fold is None:
            raise NotFound(f"no run {run.run_id!r} of job {run.job.name!r}")
        return fold

    @strawberry.field(
        graphql_type=Connection[RunType],
        description="Runs, the latest heard of first: all, or those of a job or a dataset.",
    )
    @staticmethod
    async def runs(
        info: Info, of: ThingInput | None = None, first: int = 20, after: str | None = None
    ) -> Page[RunFold]:
        thing = await resolve(of, info.context) if of else None
        if isinstance(thing, ColumnName | RunKey):
            raise Invalid("runs are those of a job or of a dataset")
        return await runs_page(info, thing, first, after)

    @strawberry.field(
        graphql_type=LineageType, description="What is up- or downstream of these things."
    )
    @staticmethod
    async def lineage(
        info: Info,
        roots: list[ThingInput],
        direction: Direction = Direction.DOWNSTREAM,
        grain: Grain = Grain.COLUMN,
        depth: int | None = None,
        kinds: list[Kind] | None = None,
        limit: int = LIMIT,
    ) -> ColumnAnswer | ThingAnswer:
        question = Question(roots, direction, grain, depth, kinds, limit)
        return await answer(question, info.context)

    @strawberry.field(
        graphql_type=ConsumersType, description="Who uses a column, a dataset or a job in the end."
    )
    @staticmethod
    async def consumers(info: Info, of: ThingInput, as_is: _AsIs = False) -> Consumers:
        return await consumers_of(of, info.context, as_is=as_is)

    @strawberry.field(
        graphql_type=Connection[ConsumerType],
        description="All that is marked as a consumer, what matters most first.",
    )
    @staticmethod
    async def marked_consumers(
        info: Info, first: int = 100, after: str | None = None
    ) -> Page[Consumer]:
        return await marked_page(first, after, info.context)

    @strawberry.field(
        graphql_type=Connection[AcknowledgementType],
        description="All that is accepted, by thing; expired words stay until withdrawn.",
    )
    @staticmethod
    async def acknowledgements(
        info: Info, first: int = 100, after: str | None = None
    ) -> Page[Accepted]:
        return await acknowledgements_page(info.context, first, after)

    @strawberry.field(
        graphql_type=ImpactReportType,
        description="What breaks downstream if this changes, why, and who owns it.",
    )
    @staticmethod
    async def impact(info: Info, changes: Changes, as_of: AsOf = None) -> Report:
        return await impact_of(changes, as_of, info)

    @strawberry.field(
        graphql_type=list[LinkType],
        description="What only weaker evidence tells of what a job, or a view, makes of what.",
    )
    @staticmethod
    async def disputed(info: Info, of: ThingInput) -> Sequence[Edge]:
        thing = thing_among(await resolve(of, info.context))
        return disputed(await info.context.testimonies.load(thing))

    @strawberry.field(
        graphql_type=AssumptionsType,
        description="Who relies on which values, types and partners of a column or a dataset.",
    )
    @staticmethod
    async def assumptions(info: Info, of: ThingInput) -> Assumptions:
        return await assumptions(of, info.context)

    @strawberry.field(
        graphql_type=Connection[UnusedType],
        description="What could be dropped: datasets and columns that nobody has read for a while.",
    )
    @staticmethod
    async def unused(
        info: Info,
        of: ThingInput | None = None,
        days: Days = 90,
        first: int = 100,
        after: str | None = None,
    ) -> Page[Unused]:
        return await unused_page(of, days, first, after, info)

    @strawberry.field(
        graphql_type=list[DbtNodeType],
        description="What dbt makes of nodes of its projects; those that nobody told of are left"
        " out.",
    )
    @staticmethod
    async def dbt_nodes(info: Info, unique_ids: UniqueIds) -> Sequence[MadeOfNode]:
        found = await made_of(info.context.graph, unique_ids)
        return [MadeOfNode(node, datasets) for node, datasets in sorted(found.items())]

    @strawberry.field(graphql_type=CoverageType, description="How much the catalog knows.")
    @staticmethod
    async def coverage(info: Info) -> Census:
        return await info.context.graph.census()


def _expect(thing: object, kind: type[N]) -> N:
    if not isinstance(thing, kind):
        raise Invalid(f"this id is not that of a {kind.__name__.removesuffix('Name').lower()}")
    return thing


def _both(namespace: str | None, name: str | None) -> tuple[str, str]:
    if namespace is None or name is None:
        raise Invalid("give an id, or namespace and name")
    return namespace, name
