"""Who uses it in the end: consumers downstream. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.lineage.answer import Answered
from catalog.lineage.closure import Reached
from catalog.model.description import ConsumerSort, Criticality, Description
from catalog.model.thing import Thing
from ingest.flows import owner_of
from ingest.names import JobName


@dataclass(frozen=True, slots=True)
class Consumer:
    """A thing that is marked as a consumer, or a reader: a job whose reads end in it.

    `mark`: dashboard, report, agent and so on; None for a reader.
    """

    thing: Thing
    mark: str | None
    criticality: Criticality
    depth: int


@dataclass(frozen=True, slots=True)
class Consumers:
    """An answer: consumers in order; `truncated` if a limit may have left some out."""

    found: tuple[Consumer, ...]
    truncated: bool
    answered: Answered


def candidates(reached: Sequence[Reached]) -> Mapping[Thing, Reached]:
    """Give the things on the way that could be consumers, each where it is first met."""
    met: dict[Thing, Reached] = {}
    for one in reached:
        met.setdefault(owner_of(one.end), one)
        met.setdefault(one.edge.via, one)
    return met


def consumers(
    met: Mapping[Thing, Reached],
    descriptions: Mapping[Thing, Description],
    others: frozenset[JobName],
) -> tuple[Consumer, ...]:
    """Give the consumers: marked ones before readers, then by criticality and distance.

    A reader is a job that is itself reached, and none of the `others`: tests, and jobs that write.
    What is said to be none is neither.
    """
    found = [
        Consumer(thing, description.consumer, description.criticality, reached.depth)
        for thing, reached in met.items()
        if (description := descriptions[thing]).consumer != ConsumerSort.NONE
        and (description.consumer or (thing == reached.end and thing not in others))
    ]
    return tuple(sorted(found, key=_order))


def marked(descriptions: Mapping[Thing, Description]) -> tuple[Consumer, ...]:
    """Give the things that are marked as consumers, by criticality; reached from nowhere: at 0."""
    found = [
        Consumer(thing, description.consumer, description.criticality, 0)
        for thing, description in descriptions.items()
        if description.consumer not in (None, ConsumerSort.NONE)
    ]
    return tuple(sorted(found, key=_order))


def _order(consumer: Consumer) -> tuple[object, ...]:
    rank = list(Criticality).index(consumer.criticality)
    thing = consumer.thing
    return (
        consumer.mark is None,
        -rank,
        consumer.depth,
        thing.namespace,
        thing.name,
    )
