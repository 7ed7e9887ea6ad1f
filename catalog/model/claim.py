"""Claims: what one source of evidence says of the flows into one target.

The evidence of an edge is (edge, tier, code version, producer, schema hash). A claim holds the
edges that share all of this but the edge, so a job that runs again with the same code repeats a
claim instead of a hundred edges: only a sighting is new. First and last seen are the first and
last sighting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeAlias

from catalog.model.reading import Quote, Reading, SqlOf
from ingest.facts import Schema, Stamp
from ingest.flows import Flow, Tier, owner_of
from ingest.names import DatasetName, JobName, RunKey

Via: TypeAlias = JobName | DatasetName
"""What makes an edge: a job, or a dataset by its own definition (a view)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Flows into `target`, made by `via`, as one source of evidence tells them.

    `version`: the code version of the runs that show it; None for a declaration, which stands
    outside the version timeline. `schemas`: the hash of the schemas against which SQL was bound.
    `precise`: transformations are told (FACET), every name was bound (PARSED), or it adds what
    better evidence of the same run cannot say (INFERRED): a facet, or our reading of the SQL.
    """

    via: Via
    target: DatasetName | JobName
    tier: Tier
    producer: str
    version: str | None
    schemas: str | None
    precise: bool
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class SchemaStatement:
    """Columns of a dataset as stated at one moment."""

    dataset: DatasetName
    stamp: Stamp
    producer: str
    schema: Schema


class DatasetAt(NamedTuple):
    """A dataset as it was at a time."""

    dataset: DatasetName
    at: datetime


Witness: TypeAlias = RunKey | SqlOf | str
"""Who makes a contribution: a run, our reading of its SQL, or the record (by its id) that declares
something."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one witness adds to the graph; a run's later contribution replaces its earlier one.

    `seen`: the moment of which it speaks; a run that is not (yet) completed has claims of none.
    `reading`: of a reading of SQL, what became of the text.
    """

    witness: Witness
    seen: Stamp
    claims: tuple[Claim, ...] = ()
    schemas: tuple[SchemaStatement, ...] = ()
    reads: tuple[DatasetName, ...] = ()
    writes: tuple[DatasetName, ...] = ()
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class SeenClaim:
    """A claim, and when it was first and last seen (event time).

    `quotes`: of parsed SQL, where the last text seen says that its flows are.
    """

    claim: Claim
    first: datetime
    last: Stamp
    quotes: tuple[Quote, ...] = ()


def quotes_of(claim: Claim, reading: Reading | None) -> tuple[Quote, ...]:
    """Give where a text says what a claim does, if it is that of our reading of the text."""
    if reading is None or claim.tier is not Tier.PARSED:
        return ()
    return tuple(one for one in reading.quotes if owner_of(one.target) == claim.target)


@dataclass(frozen=True, slots=True)
class Completion:
    """A completed run of a job: when, and with which code."""

    stamp: Stamp
    version: str
    run_id: str
