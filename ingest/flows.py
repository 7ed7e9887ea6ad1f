"""What lineage joins, and how: ends, kinds, and the flow of data from one end to another.

Kinds and subtypes are OpenLineage's (`ColumnLineageDatasetFacet` 1-2-0, transformations).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from ingest.names import ColumnName, DatasetName, JobName


@dataclass(frozen=True, slots=True, order=True)
class Rows:
    """The row set of a dataset: which rows there are."""

    dataset: DatasetName


@dataclass(frozen=True, slots=True, order=True)
class Whole:
    """A dataset of which it is not known which columns take part, even if its schema is."""

    dataset: DatasetName


End: TypeAlias = ColumnName | Rows | Whole | JobName
"""What a flow joins. A job is an end where it reads with no tracked output, writes with no
tracked input, or hands data to another job."""


class Kind(enum.StrEnum):
    """Does the value flow, or does it only decide?"""

    DIRECT = "DIRECT"
    INDIRECT = "INDIRECT"


class Subtype(enum.StrEnum):
    """How data flows; `UNTOLD` where the producer does not say (such flows are DIRECT)."""

    IDENTITY = "IDENTITY"
    TRANSFORMATION = "TRANSFORMATION"
    AGGREGATION = "AGGREGATION"
    JOIN = "JOIN"
    FILTER = "FILTER"
    GROUP_BY = "GROUP_BY"
    SORT = "SORT"
    WINDOW = "WINDOW"
    CONDITIONAL = "CONDITIONAL"
    UNTOLD = ""


KIND_OF: dict[Subtype, Kind] = {
    Subtype.IDENTITY: Kind.DIRECT,
    Subtype.TRANSFORMATION: Kind.DIRECT,
    Subtype.AGGREGATION: Kind.DIRECT,
    Subtype.UNTOLD: Kind.DIRECT,
    Subtype.JOIN: Kind.INDIRECT,
    Subtype.FILTER: Kind.INDIRECT,
    Subtype.GROUP_BY: Kind.INDIRECT,
    Subtype.SORT: Kind.INDIRECT,
    Subtype.WINDOW: Kind.INDIRECT,
    Subtype.CONDITIONAL: Kind.INDIRECT,
}


class Tier(enum.StrEnum):
    """How a flow is known."""

    EXPLICIT = "EXPLICIT"
    """The producer's facet `lineage`."""
    PARSED = "PARSED"
    """Our own reading of the SQL."""
    FACET = "FACET"
    """The producer's facet `columnLineage`."""
    DECLARED = "DECLARED"
    """Written down by somebody: a manifest, a contract, by hand."""
    INFERRED = "INFERRED"
    """Inputs and outputs of one job, no more."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Data goes from `source` to `target`. `masking`: the value can no longer be told from it."""

    source: End
    target: End
    kind: Kind
    subtype: Subtype
    masking: bool = False


def end_order(end: End) -> tuple[str, ...]:
    """Give a key that puts ends of all sorts into one fixed order."""
    match end:
        case ColumnName(DatasetName(namespace, name), path):
            return ("column", namespace, name, *path)
        case Rows(DatasetName(namespace, name)):
            return ("rows", namespace, name)
        case Whole(DatasetName(namespace, name)):
            return ("whole", namespace, name)
        case JobName(namespace, name):
            return ("job", namespace, name)


def flow_order(flow: Flow) -> tuple[tuple[str, ...], tuple[str, ...], str, str, bool]:
    """Give a key that puts flows into one fixed order."""
    source, target = end_order(flow.source), end_order(flow.target)
    return source, target, flow.kind, flow.subtype, flow.masking


def owner_of(end: End) -> DatasetName | JobName:
    """Give the dataset or job that an end belongs to."""
    return end if isinstance(end, JobName) else end.dataset


def sorted_flows(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    """Give each flow once, in the fixed order."""
    return tuple(sorted(set(flows), key=flow_order))
