"""The question of what could be dropped: nobody reads it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import strawberry

from catalog.api.graphql.context import Info
from catalog.api.graphql.datasets import ColumnType, DatasetType
from catalog.api.graphql.pages import offset_of, page_size
from catalog.api.graphql.refs import ThingInput, resolve
from catalog.api.graphql.things import ThingType
from catalog.errors import Invalid
from catalog.lineage.unused import Doubt, Unused
from catalog.model.claim import Via
from catalog.model.page import Page, page_of
from catalog.whatif.unused import Place, Unread
from ingest.names import ColumnName, DatasetName, MalformedId, decode_id

MOST_DAYS = 36_500

strawberry.enum(Doubt, name="Doubt", description="Why it may be read although nobody is known to.")


@strawberry.type(name="Unused", description="What nobody has read since some time.")
class UnusedType:
    read: datetime | None = strawberry.field(
        description="When it was last read; null: never, as far as anybody told."
    )
    doubts: list[Doubt] = strawberry.field(description="Why it may be read all the same.")

    @strawberry.field(graphql_type=DatasetType, description="The dataset.")
    @staticmethod
    def dataset(root: strawberry.Parent[Unused]) -> DatasetName:
        return root.of.dataset if isinstance(root.of, ColumnName) else root.of

    @strawberry.field(graphql_type=ColumnType | None, description="Null: the dataset as a whole.")
    @staticmethod
    def column(root: strawberry.Parent[Unused]) -> ColumnName | None:
        return root.of if isinstance(root.of, ColumnName) else None

    @strawberry.field(graphql_type=ThingType | None, description="What read it last.")
    @staticmethod
    def by(root: strawberry.Parent[Unused]) -> Via | None:
        return root.by


Days = Annotated[
    int, strawberry.argument(description="For how many days nobody has read it, until now.")
]


async def unused_page(
    of: ThingInput | None, days: int, first: int, after: str | None, info: Info
) -> Page[Unused]:
    """Give a page of what nobody reads: of everything, or of one dataset.

    Raises:
        Invalid: the number of days, the page or its cursor is none; or it is asked of no dataset.
    """
    context, size = info.context, page_size(first)
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"days must be between 1 and {MOST_DAYS}, not {days}")
    unread = Unread(context.graph, context.clock.now() - timedelta(days=days))
    if of is not None:
        dataset = await resolve(of, context)
        if not isinstance(dataset, DatasetName):
            raise Invalid("what is unused is asked of a dataset, or of everything")
        return page_of(await unread.of(dataset), size, offset_of(after))
    return await unread.page(_place(after), size)


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    try:
        place = decode_id(cursor)
    except MalformedId as error:
        raise Invalid(f"{cursor!r} is not a cursor of this answer") from error
    if not isinstance(place, DatasetName | ColumnName):
        raise Invalid(f"{cursor!r} is not a cursor of this answer")
    return place
