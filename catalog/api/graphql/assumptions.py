"""The question of assumptions: who relies on which values?"""

from __future__ import annotations

import strawberry

from catalog.api.graphql.context import Context
from catalog.api.graphql.datasets import ColumnType
from catalog.api.graphql.jobs import JobView
from catalog.api.graphql.refs import ThingInput, resolve
from catalog.errors import Invalid
from catalog.whatif.assumptions import Assumed, Assumptions, assumptions_of
from ingest.names import ColumnName, DatasetName, JobName
from ingest.sql.assumption import Assumption

strawberry.enum(Assumption, name="AssumptionKind", description="What a reader assumes.")


@strawberry.type(name="Assumption", description="What the SQL of a reader assumes of a column.")
class AssumptionType:
    value: str = strawberry.field(description="A literal, a type, or `table.column` of a partner.")
    text: str = strawberry.field(description="Where its SQL says so.")
    line: int = strawberry.field(description="The line of its SQL, from 1.")

    @strawberry.field(description="What is assumed.")
    @staticmethod
    def kind(root: strawberry.Parent[Assumed]) -> Assumption:
        return root.assumption

    @strawberry.field(graphql_type=JobView, description="The reader.")
    @staticmethod
    def job(root: strawberry.Parent[Assumed]) -> JobName:
        return root.job

    @strawberry.field(graphql_type=ColumnType, description="The column.")
    @staticmethod
    def column(root: strawberry.Parent[Assumed]) -> ColumnName:
        return root.column


@strawberry.type(name="Assumptions", description="A contract that nobody wrote down.")
class AssumptionsType:
    truncated: bool = strawberry.field(description="There are more readers than were asked.")
    found: list[AssumptionType] = strawberry.field(description="By column, then by what it is.")


async def assumptions(of: ThingInput, context: Context) -> Assumptions:
    """Answer the question of assumptions.

    Raises:
        Invalid: it is asked of something that is neither a column nor a dataset.
    """
    thing = await resolve(of, context)
    if isinstance(thing, DatasetName):
        return await assumptions_of(context.graph, context.sql, thing)
    if not isinstance(thing, ColumnName):
        raise Invalid("assumptions are those on a column or on a dataset")
    told = await assumptions_of(context.graph, context.sql, thing.dataset)
    return Assumptions(tuple(one for one in told.found if one.column == thing), told.truncated)
