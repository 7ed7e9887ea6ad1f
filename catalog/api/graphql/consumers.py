"""The question of consumers: who uses this column, or this dataset, in the end."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from catalog.api.graphql.context import Context
from catalog.api.graphql.lineage import LIMIT, AnsweredType
from catalog.api.graphql.pages import Connection, offset_of, page_size
from catalog.api.graphql.refs import ThingInput, ends_of, resolve
from catalog.api.graphql.things import ThingType
from catalog.lineage.answer import Answered
from catalog.lineage.closure import Reach
from catalog.lineage.consumers import Consumer, Consumers, candidates, consumers, marked
from catalog.model.description import Criticality
from catalog.model.edge import Direction
from catalog.model.page import Page, page_of
from catalog.model.thing import Thing
from catalog.whatif.readers import writing
from catalog.whatif.tags import unmasked
from ingest.names import JobName


@strawberry.type(name="Consumer", description="A marked consumer, or a job whose reads end in it.")
class ConsumerType:
    mark: str | None = strawberry.field(description="dashboard, agent …; null: a reader.")
    depth: int = strawberry.field(
        description="Over how many links it is reached; 0 where all consumers are asked for."
    )

    @strawberry.field(graphql_type=ThingType, description="The job or the dataset.")
    @staticmethod
    def thing(root: strawberry.Parent[Consumer]) -> Thing:
        return root.thing

    @strawberry.field(description="How much depends on it.")
    @staticmethod
    def criticality(root: strawberry.Parent[Consumer]) -> Criticality:
        return root.criticality


@strawberry.type(name="Consumers", description="Who uses a thing in the end.")
class ConsumersType:
    answered: AnsweredType = strawberry.field(description="Of which moment the answer is.")
    truncated: bool = strawberry.field(description="A limit left something out.")

    @strawberry.field(
        graphql_type=Connection[ConsumerType],
        description="Marked consumers before readers, then by criticality and distance.",
    )
    @staticmethod
    def found(
        root: strawberry.Parent[Consumers], first: int = 100, after: str | None = None
    ) -> Page[Consumer]:
        return page_of(root.found, page_size(first), offset_of(after))


async def marked_page(first: int, after: str | None, context: Context) -> Page[Consumer]:
    """Give a page of all that is marked as a consumer."""
    size, offset = page_size(first), offset_of(after)
    things = list(await context.graph.marked())
    described = await context.descriptions.load_many(things)
    return page_of(marked(dict(zip(things, described, strict=True))), size, offset)


async def consumers_of(of: ThingInput, context: Context, *, as_is: bool) -> Consumers:
    """Answer the question of consumers; `as_is`: those to whom values come, unmasked."""
    before = await context.graph.cursor()
    roots = await ends_of(await resolve(of, context), context)
    if as_is:
        closure = await unmasked(context.graph, roots)
    else:
        closure = await context.graph.closure(Reach(roots, Direction.DOWNSTREAM, limit=LIMIT))
    met = candidates(closure.reached)
    things: Sequence[Thing] = list(met)
    described = dict(zip(things, await context.descriptions.load_many(things), strict=True))
    jobs = [thing for thing in things if isinstance(thing, JobName)]
    codes = dict(zip(jobs, await context.codes.load_many(jobs), strict=True))
    tests = frozenset(
        job for job, code in codes.items() if code.job_type and code.job_type.type == "TEST"
    )
    others = tests | await writing(context.graph, jobs)
    answered = Answered(before, await context.graph.cursor())
    return Consumers(consumers(met, described, others), closure.truncated, answered)
