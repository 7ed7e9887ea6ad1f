"""Links and their evidence: views on edges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from catalog.api.graphql.context import Info
from catalog.api.graphql.datasets import ColumnType, DatasetType, RowsType, WholeType
from catalog.api.graphql.jobs import JobView
from catalog.api.graphql.things import ThingType
from catalog.api.graphql.values import QuoteType
from catalog.lineage.currency import Status
from catalog.lineage.evidence import Evidence, best_status, evidence_of
from catalog.lineage.thing_closure import Link
from catalog.model.edge import Edge
from catalog.model.reading import Quote
from catalog.model.thing import Thing
from ingest.flows import End, Kind, Tier

LineageEnd: TypeAlias = Annotated[
    DatasetType | ColumnType | RowsType | WholeType | JobView,
    strawberry.union("LineageEnd", description="What a link joins."),
]

_Root: TypeAlias = strawberry.Parent[Edge | Link]


@strawberry.type(name="Evidence", description="Why a link is believed.")
class EvidenceType:
    first_seen: datetime = strawberry.field(description="When it was first seen (event time).")
    last_seen: datetime = strawberry.field(description="When it was last seen (event time).")
    status: Status = strawberry.field(description="Does it hold?")
    authoritative: bool = strawberry.field(description="The link is there because of this.")

    @strawberry.field(description="How it is known.")
    @staticmethod
    def tier(root: strawberry.Parent[Evidence]) -> Tier:
        return root.claim.tier

    @strawberry.field(description="Who says so: the producer without its version.")
    @staticmethod
    def producer(root: strawberry.Parent[Evidence]) -> str:
        return root.claim.producer

    @strawberry.field(
        graphql_type=QuoteType | None,
        description="Where the SQL last seen says so: the expression that makes the target, or the"
        " smallest clause that decides. Of read SQL alone.",
    )
    @staticmethod
    def quote(root: strawberry.Parent[Evidence]) -> Quote | None:
        return root.quote

    @strawberry.field(description="The code version that shows it; null: declared.")
    @staticmethod
    def code_version(root: strawberry.Parent[Evidence]) -> str | None:
        return root.claim.version


@strawberry.type(name="Link", description="Data goes from `source` to `target`.")
class LinkType:
    @strawberry.field(graphql_type=LineageEnd, description="Where the data comes from.")
    @staticmethod
    def source(root: _Root) -> End | Thing:
        return root.source

    @strawberry.field(graphql_type=LineageEnd, description="Where it goes to.")
    @staticmethod
    def target(root: _Root) -> End | Thing:
        return root.target

    @strawberry.field(graphql_type=ThingType, description="What moves it: a job, or a view.")
    @staticmethod
    def via(root: _Root) -> Thing:
        return root.via

    @strawberry.field(description="Null at dataset grain.")
    @staticmethod
    def kind(root: _Root) -> Kind | None:
        return root.kind if isinstance(root, Edge) else None

    @strawberry.field(description="IDENTITY, JOIN and so on; null: not told, or dataset grain.")
    @staticmethod
    def subtype(root: _Root) -> str | None:
        return (root.subtype.value or None) if isinstance(root, Edge) else None

    @strawberry.field(description="The value can no longer be told from what arrives.")
    @staticmethod
    def masking(root: _Root) -> bool:
        return root.masking if isinstance(root, Edge) else False

    @strawberry.field(description="That of its best evidence.")
    @staticmethod
    async def status(root: _Root, info: Info) -> Status:
        return best_status(await _evidence(root, info))

    @strawberry.field(graphql_type=list[EvidenceType], description="What counts first.")
    @staticmethod
    async def evidence(root: _Root, info: Info) -> Sequence[Evidence]:
        return await _evidence(root, info)


async def _evidence(link: Edge | Link, info: Info) -> Sequence[Evidence]:
    testimony = await info.context.testimonies.load(link.via)
    return evidence_of(link, {link.via: testimony}, info.context.clock.now())
