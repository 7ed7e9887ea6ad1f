"""What lineage joins, and how: ends, kinds, and the flow of data from one end to another.

Kinds and subtypes are OpenLineage's (`ColumnLineageDatasetFacet` 1-2-0, transformations).
"""

from __future__ import annotations

import enum
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


@dataclass(frozen=True, slots=True)
class Flow:
    """Data goes from `source` to `target`. `masking`: the value can no longer be told from it."""

    source: End
    target: End
    kind: Kind
    subtype: Subtype
    masking: bool = False
