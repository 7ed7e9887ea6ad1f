"""What is said about a thing, put together for those who ask. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from catalog.model.thing import ThingSlot
from ingest.facts import (
    DatasetType,
    Documentation,
    JobType,
    Lifecycle,
    Owner,
    Ownership,
    SourceCode,
    SourceLocation,
    Sql,
    Stamp,
    Symlinks,
    Tag,
    Tags,
    Verbatim,
)
from ingest.folds import RunFold, Said
from ingest.names import DatasetName

S = TypeVar("S")

CONSUMER_TAG = "headwater.consumer"
CRITICALITY_TAG = "headwater.criticality"


class Criticality(enum.StrEnum):
    """How much depends on it."""

    LOW = "LOW"
    NORMAL = "NORMAL"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"


@dataclass(frozen=True, slots=True)
class Description:
    """What producers say of a dataset or a job; of two that say different the later counts.

    `consumer`: what sort of consumer it is marked as. `facets`: keys of those kept verbatim.
    """

    text: str | None
    owners: tuple[Owner, ...]
    tags: tuple[Tag, ...]
    criticality: Criticality
    consumer: str | None
    dataset_type: DatasetType | None
    aliases: tuple[DatasetName, ...]
    lifecycle: tuple[tuple[Stamp, Lifecycle], ...]
    facets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """What a job is made of, as last told."""

    job_type: JobType | None
    sql: Sql | None
    source: SourceCode | None
    location: SourceLocation | None


def describe(said: Mapping[ThingSlot, Said]) -> Description:
    """Put together what is said about one thing."""
    ownership = _latest(said, Ownership)
    documentation = _latest(said, Documentation)
    tags = sorted({tag for _, one in _all(said, Tags) for tag in one.tags})
    marks = {tag.key: tag.value for tag in tags if tag.column is None}
    symlinks = [one for _, one in _all(said, Symlinks)]
    return Description(
        text=documentation.description if documentation else None,
        owners=ownership.owners if ownership else (),
        tags=tuple(tags),
        criticality=_criticality(marks.get(CRITICALITY_TAG)),
        consumer=marks.get(CONSUMER_TAG),
        dataset_type=_latest(said, DatasetType),
        aliases=tuple(sorted({it.name for one in symlinks for it in one.identifiers})),
        lifecycle=tuple(sorted(_all(said, Lifecycle), key=lambda pair: pair[0])),
        facets=tuple(sorted({one.key for _, one in _all(said, Verbatim)})),
    )


def code_of(said: Mapping[ThingSlot, Said], latest: RunFold | None) -> Code:
    """Tell what a job is made of: by its latest run, else by its design."""
    of_run = latest.find if latest else _nothing
    return Code(
        job_type=of_run(JobType) or _latest(said, JobType),
        sql=of_run(Sql) or _latest(said, Sql),
        source=of_run(SourceCode) or _latest(said, SourceCode),
        location=of_run(SourceLocation) or _latest(said, SourceLocation),
    )


def _nothing(_kind: type[S]) -> S | None:
    return None


def _all(said: Mapping[ThingSlot, Said], kind: type[S]) -> Iterator[tuple[Stamp, S]]:
    for one in said.values():
        if isinstance(one.saying, kind):
            yield one.stamp, one.saying


def _latest(said: Mapping[ThingSlot, Said], kind: type[S]) -> S | None:
    found: Iterable[tuple[Stamp, S]] = _all(said, kind)
    return max(found, key=lambda pair: pair[0], default=(None, None))[1]


def _criticality(told: str | None) -> Criticality:
    name = (told or "").upper()
    return Criticality[name] if name in Criticality.__members__ else Criticality.NORMAL
