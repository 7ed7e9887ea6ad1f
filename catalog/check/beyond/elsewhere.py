"""What is asked of a catalog, whether it is a server or an exported file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from catalog.errors import HeadwaterError
from catalog.model.report import Acknowledgement, Criticality, Report, ThingKind
from catalog.whatif.composed import Composed
from ingest.names import ColumnName, DatasetName


class Refused(HeadwaterError):
    """A change cannot be made of what the catalog knows."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A thing that reads something, over any number of steps."""

    kind: ThingKind
    namespace: str
    name: str
    owners: tuple[str, ...]
    criticality: Criticality


@dataclass(frozen=True, slots=True)
class Label:
    """What is said of a column. `source`: the column that it is on; empty: it is on this one."""

    text: str
    source: str = ""


class Elsewhere(Protocol):
    """A catalog. Each question may raise `Unavailable`: there is no answer."""

    @property
    def outdated(self) -> bool:
        """Tell whether it may know too little of today."""
        ...

    def known(self, datasets: Collection[DatasetName]) -> Mapping[DatasetName, DatasetName]:
        """Give those of these that it knows, each with the name by which it calls it."""
        ...

    def made_of(self, nodes: Collection[str]) -> Mapping[str, Sequence[DatasetName]]:
        """Give what dbt made of nodes of its projects, by unique id; of those it knows."""
        ...

    def impact(self, changes: Sequence[Composed]) -> Report:
        """Judge changes.

        Raises:
            Refused: a change cannot be made of what it knows.
        """
        ...

    def accepted(self) -> Sequence[Acknowledgement]:
        """Give what people accept, of things and changes as the catalog calls them."""
        ...

    def labels(self, columns: Collection[ColumnName]) -> Mapping[ColumnName, Sequence[Label]]:
        """Give the labels that columns have, and those that come with their values."""
        ...

    def exposed(self, columns: Collection[ColumnName]) -> Mapping[ColumnName, Sequence[Behind]]:
        """Give the consumers that the values of columns come to, unmasked."""
        ...

    def behind(self, dataset: DatasetName) -> tuple[Sequence[Behind], bool]:
        """Give what reads a dataset, over any number of steps, and whether that is not all."""
        ...
