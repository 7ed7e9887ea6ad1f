"""What stands at dataset grain, and where what is said about it is kept."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from ingest.names import DatasetName, JobName

Thing: TypeAlias = DatasetName | JobName
"""A dataset, or a job."""


class ThingSlot(NamedTuple):
    """A place for one saying about a thing, apart from any run. `key`: the facet."""

    thing: Thing
    producer: str
    key: str


def thing_order(thing: Thing) -> tuple[bool, str, str]:
    """Give the key that puts datasets first, then jobs, each by (namespace, name)."""
    return (isinstance(thing, JobName), thing.namespace, thing.name)
