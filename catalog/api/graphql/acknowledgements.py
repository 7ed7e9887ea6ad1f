"""What people accept of changes: a view on their words, each with the thing it is about."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeAlias

import strawberry

from catalog.api.graphql.context import Context
from catalog.api.graphql.pages import offset_of, page_size
from catalog.model.page import Page, page_of
from catalog.model.thing import Thing
from ingest.facts import Acceptance
from ingest.names import encode_id


class Accepted(NamedTuple):
    """A thing, and what is accepted for it."""

    thing: Thing
    word: Acceptance


_Root: TypeAlias = strawberry.Parent[Accepted]


@strawberry.type(
    name="Acknowledgement", description="Somebody accepts what a change does to a thing."
)
class AcknowledgementType:
    @strawberry.field(description="The id of the job or the dataset.")
    @staticmethod
    def id(root: _Root) -> strawberry.ID:
        return strawberry.ID(encode_id(root.thing))

    @strawberry.field(description="The thing's namespace.")
    @staticmethod
    def namespace(root: _Root) -> str:
        return root.thing.namespace

    @strawberry.field(description="The thing's name.")
    @staticmethod
    def name(root: _Root) -> str:
        return root.thing.name

    @strawberry.field(description="The change: `kind dataset[.column]`.")
    @staticmethod
    def change(root: _Root) -> str:
        return root.word.change

    @strawberry.field(description="Who accepts it.")
    @staticmethod
    def by(root: _Root) -> str:
        return root.word.by

    @strawberry.field(description="Why.")
    @staticmethod
    def why(root: _Root) -> str:
        return root.word.why

    @strawberry.field(description="The last day on which it counts.")
    @staticmethod
    def until(root: _Root) -> date:
        return root.word.until


async def acknowledgements_page(context: Context, first: int, after: str | None) -> Page[Accepted]:
    """Give a page of all that is accepted, by thing."""
    size, offset = page_size(first), offset_of(after)
    things = list(await context.graph.accepting())
    described = await context.descriptions.load_many(things)
    found = [
        Accepted(thing, word)
        for thing, one in zip(things, described, strict=True)
        for word in one.acknowledgements
    ]
    return page_of(found, size, offset)
