"""A picture of a source: what a connector saw there at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.facts import Schema
from ingest.flows import Flow
from ingest.names import DatasetName


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or a view. `flows`: what its own definition makes it of; None of one without."""

    dataset: DatasetName
    is_view: bool
    schema: Schema | None
    flows: tuple[Flow, ...] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The relations of a namespace, as `producer` saw them."""

    namespace: str
    producer: str
    relations: tuple[Relation, ...]
