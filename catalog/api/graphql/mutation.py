"""The commands: what people say of things, over what their producers say."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from catalog.api.graphql.context import Context, Info
from catalog.api.graphql.refs import ThingInput, name_of, resolve, thing_among
from catalog.api.graphql.things import ThingType
from catalog.errors import HeadwaterError, Invalid
from catalog.model.command import (
    Acknowledge,
    Command,
    MarkConsumer,
    SetCriticality,
    SetOwner,
    WithdrawAcknowledgement,
)
from catalog.model.description import ConsumerSort, Criticality
from catalog.model.thing import Thing
from ingest.flows import Whole
from ingest.names import ColumnName, DatasetName

WAIT_SECONDS = 20.0
"""How long an answer waits for the graph to show what was commanded."""

strawberry.enum(
    ConsumerSort,
    name="ConsumerSort",
    description="What sort of consumer; NONE: it is no consumer, whatever its producers say.",
)


_By: TypeAlias = Annotated[str, strawberry.argument(description="Who says so.")]
_Named: TypeAlias = Annotated[ThingInput, strawberry.argument(description="A job or a dataset.")]
_Change: TypeAlias = Annotated[
    str,
    strawberry.argument(
        description="The change as a check tells it: `kind dataset` or `kind dataset.column`, "
        "such as `removed public.orders.amount`."
    ),
]
_Sort: TypeAlias = Annotated[
    ConsumerSort | None, strawberry.argument(description="What sort of consumer it is.")
]
_Reads: TypeAlias = Annotated[
    list[ThingInput] | None,
    strawberry.argument(
        description="All datasets and columns that it reads: its declared lineage. Not given, "
        "what was declared before stays, unless the mark is taken back."
    ),
]
_Owners: TypeAlias = Annotated[
    list[str] | None,
    strawberry.argument(description="People or teams; of an empty list nobody owns it."),
]
_Criticality: TypeAlias = Annotated[
    Criticality | None, strawberry.argument(description="How much depends on it.")
]
_Why: TypeAlias = Annotated[str, strawberry.argument(description="Why it is acceptable.")]
_Until: TypeAlias = Annotated[
    date, strawberry.argument(description="The last day on which this counts.")
]


class NotProjected(HeadwaterError):
    """The command is stored and will not be lost, but the graph does not show it yet."""

    code = "not_projected"


@strawberry.type(description="What the catalog can be told. A later command wins.")
class Mutation:
    @strawberry.mutation(
        graphql_type=ThingType,
        description="Mark a job or a dataset as a consumer, also one that no event ever named. "
        "Without a sort what its producers say counts again.",
    )
    @staticmethod
    async def mark_consumer(
        info: Info,
        thing: _Named,
        by: _By,
        sort: _Sort = None,
        reads: _Reads = None,
    ) -> Thing:
        consumer = await name_of(thing, info.context)
        ends = None if reads is None else tuple([await _read(one, info.context) for one in reads])
        return await _given(MarkConsumer(consumer, sort, ends), by, info.context)

    @strawberry.mutation(
        graphql_type=ThingType,
        description="Say who owns a job or a dataset; without owners what its producers say "
        "counts again.",
    )
    @staticmethod
    async def set_owner(info: Info, thing: _Named, by: _By, owners: _Owners = None) -> Thing:
        named = None if owners is None else tuple(dict.fromkeys(owners))
        return await _given(SetOwner(await _known(thing, info.context), named), by, info.context)

    @strawberry.mutation(
        graphql_type=ThingType,
        description="Say how much depends on a job or a dataset; without a criticality what its "
        "producers say counts again.",
    )
    @staticmethod
    async def set_criticality(
        info: Info, thing: _Named, by: _By, criticality: _Criticality = None
    ) -> Thing:
        command = SetCriticality(await _known(thing, info.context), criticality)
        return await _given(command, by, info.context)

    @strawberry.mutation(
        graphql_type=ThingType,
        description="Accept what a change does to a job or a dataset, up to and with a day.",
    )
    @staticmethod
    async def acknowledge(
        info: Info, thing: _Named, change: _Change, why: _Why, until: _Until, by: _By
    ) -> Thing:
        accepted = Acknowledge(await _known(thing, info.context), change, why, until)
        return await _given(accepted, by, info.context)

    @strawberry.mutation(
        graphql_type=ThingType, description="Take back what was accepted; the change is as told."
    )
    @staticmethod
    async def withdraw_acknowledgement(
        info: Info, thing: _Named, change: _Change, by: _By
    ) -> Thing:
        named = await _known(thing, info.context)
        described = await info.context.descriptions.load(named)
        if change not in [one.change for one in described.acknowledgements]:
            raise Invalid(f"nothing is accepted of {change!r} for {named.name!r}")
        return await _given(WithdrawAcknowledgement(named, change), by, info.context)


async def _given(command: Command, by: str, context: Context) -> Thing:
    """Store a command, and wait until the graph shows it."""
    accepted = await context.intake.accept_command(command, by)
    context.stage.wake()
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            await context.stage.reached(accepted.position)
    except TimeoutError:
        trouble = f": {context.stage.trouble}" if context.stage.trouble else ""
        raise NotProjected(f"stored, but the graph does not show it yet{trouble}") from None
    context.forget()
    return command.thing


async def _known(ref: ThingInput, context: Context) -> Thing:
    return thing_among(await resolve(ref, context))


async def _read(ref: ThingInput, context: Context) -> ColumnName | Whole:
    match await resolve(ref, context):
        case DatasetName() as dataset:
            return Whole(dataset)
        case ColumnName() as column:
            return column
        case _:
            raise Invalid("what is read is a dataset or a column")
