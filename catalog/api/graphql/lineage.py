"""The question of lineage: what is up- or downstream, at which grain, over which links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import strawberry

from catalog.api.graphql.context import Context, Info
from catalog.api.graphql.links import LineageEnd, LinkType
from catalog.api.graphql.pages import Connection, offset_of, page_size
from catalog.api.graphql.refs import ThingInput, ends_of, resolve
from catalog.errors import Invalid
from catalog.lineage.answer import Answered, ColumnAnswer, Grain, ThingAnswer
from catalog.lineage.closure import Reach, edge_order
from catalog.lineage.path import Arrival
from catalog.lineage.thing_closure import Link, ThingReach, link_order
from catalog.model.edge import Direction, Edge
from catalog.model.page import Page, PageEdge, page_of
from catalog.model.thing import Thing
from ingest.flows import Kind
from ingest.names import ColumnName, RunKey

LIMIT = 10_000
"""How much is reached at the most if a question sets no limit; and the largest limit."""

ROOTS = 1_000
"""The largest number of roots."""

strawberry.enum(
    Grain, name="Grain", description="COLUMN: columns and rows; DATASET: datasets and jobs."
)

_Answer: TypeAlias = strawberry.Parent[ColumnAnswer | ThingAnswer]


@strawberry.type(name="Totals", description="How much was reached.")
class TotalsType:
    reached: int = strawberry.field(description="Everything.")
    datasets: int = strawberry.field(description="Different datasets.")
    columns: int = strawberry.field(description="Columns; 0 at dataset grain.")
    jobs: int = strawberry.field(description="Jobs in which data ends or begins.")


@strawberry.type(name="Answered", description="Of which moment an answer is: log positions.")
class AnsweredType:
    before: int = strawberry.field(description="The graph's position when answering began.")
    after: int = strawberry.field(description="The graph's position when answering ended.")
    consistent: bool = strawberry.field(description="The whole answer is of one moment.")


@strawberry.type(name="Reached", description="Something reached, with a shortest path to it.")
class ReachedType:
    depth: int = strawberry.field(description="Over how many links.")
    end: LineageEnd = strawberry.field(description="What was reached.")
    path: list[LinkType] = strawberry.field(description="The links from a root on.")

    @strawberry.field(graphql_type=LinkType, description="The last link of the path.")
    @staticmethod
    def last_link(root: strawberry.Parent[Arrival]) -> Edge | Link:
        return root.path[-1]


@strawberry.type(name="Lineage", description="What is up- or downstream.")
class LineageType:
    answered: AnsweredType = strawberry.field(description="Of which moment the answer is.")
    totals: TotalsType = strawberry.field(description="How much was reached, on all pages.")
    roots: list[LineageEnd] = strawberry.field(description="From where.")

    @strawberry.field(description="A limit left something out.")
    @staticmethod
    def truncated(root: _Answer) -> bool:
        return root.closure.truncated

    @strawberry.field(graphql_type=Connection[ReachedType], description="The nearest first.")
    @staticmethod
    def reached(root: _Answer, first: int = 100, after: str | None = None) -> Page[Arrival]:
        size, offset = page_size(first), offset_of(after)
        page = page_of(root.closure.reached, size, offset)
        found = root.arrivals(offset, offset + size)
        edges = (PageEdge(at.cursor, one) for at, one in zip(page.edges, found, strict=True))
        return Page(tuple(edges), page.page_info, page.total_count)

    @strawberry.field(
        graphql_type=Connection[LinkType],
        description="The links among the roots and all that was reached.",
    )
    @staticmethod
    async def links(
        root: _Answer, info: Info, first: int = 1_000, after: str | None = None
    ) -> Page[Edge | Link]:
        size, offset = page_size(first), offset_of(after)
        return page_of(await _links(root, info.context), size, offset)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, as it is asked."""

    roots: Sequence[ThingInput]
    direction: Direction
    grain: Grain
    depth: int | None
    kinds: Sequence[Kind] | None
    limit: int


async def answer(question: Question, context: Context) -> ColumnAnswer | ThingAnswer:
    """Answer the question of lineage.

    Raises:
        Invalid: the question cannot be meant.
        NotFound: a root is not known.
    """
    _check(question)
    before = await context.graph.cursor()
    roots = [await resolve(ref, context) for ref in question.roots]
    if question.grain is Grain.DATASET:
        things = tuple(dict.fromkeys(_thing(root) for root in roots))
        reach = ThingReach(things, question.direction, question.depth, question.limit)
        reached = await context.graph.thing_closure(reach)
        answered = Answered(before, await context.graph.cursor())
        return ThingAnswer(things, question.direction, reached, answered)
    ends = tuple(dict.fromkeys([end for root in roots for end in await ends_of(root, context)]))
    kinds = frozenset(question.kinds or Kind)
    closure = await context.graph.closure(
        Reach(ends, question.direction, kinds, question.depth, question.limit)
    )
    answered = Answered(before, await context.graph.cursor())
    return ColumnAnswer(ends, question.direction, kinds, closure, answered)


async def _links(root: ColumnAnswer | ThingAnswer, context: Context) -> Sequence[Edge | Link]:
    if isinstance(root, ThingAnswer):
        things = (*root.roots, *root.ends)
        links = await context.graph.links(things, Direction.DOWNSTREAM)
        return sorted(root.between(links), key=link_order)
    edges = await context.graph.edges(root.inside, Direction.DOWNSTREAM)
    return sorted(root.between(edges), key=edge_order)


def _check(question: Question) -> None:
    if not 1 <= len(question.roots) <= ROOTS:
        raise Invalid(f"give 1 to {ROOTS} roots, not {len(question.roots)}")
    if question.depth is not None and question.depth < 1:
        raise Invalid(f"depth must be at least 1, not {question.depth}")
    if not 1 <= question.limit <= LIMIT:
        raise Invalid(f"limit must be between 1 and {LIMIT}, not {question.limit}")


def _thing(root: Thing | ColumnName | RunKey) -> Thing:
    match root:
        case ColumnName():
            return root.dataset
        case RunKey():
            raise Invalid("a run has no lineage of its own; ask for its job")
        case _:
            return root
