"""What is said about a thing, put together for those who ask. Pure."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from catalog.model.thing import Thing, ThingSlot
from ingest.facts import (
    BY_COMMAND,
    Acceptance,
    DatasetType,
    DbtNode,
    Documentation,
    JobType,
    Lifecycle,
    Owner,
    Ownership,
    Saying,
    SourceCode,
    SourceLocation,
    Sql,
    Stamp,
    Tag,
    Tags,
    Verbatim,
)
from ingest.folds import RunFold, Said, later
from ingest.names import JobName

S = TypeVar("S")
T = TypeVar("T")

OWN_TAGS = "headwater."
"""How the keys of labels begin that say something to this catalog."""

CONSUMER_TAG = f"{OWN_TAGS}consumer"
CRITICALITY_TAG = f"{OWN_TAGS}criticality"


class Criticality(enum.StrEnum):
    """How much depends on it."""

    LOW = "LOW"
    NORMAL = "NORMAL"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"


class ConsumerSort(enum.StrEnum):
    """What sort of consumer people mark a thing as; producers may say others."""

    DASHBOARD = "dashboard"
    REPORT = "report"
    MODEL = "model"
    NOTEBOOK = "notebook"
    EXPORT = "export"
    AGENT = "agent"
    NONE = "none"
    """It is no consumer."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a dataset or a job: a command counts, else what a producer said last.

    `consumer`: what sort of consumer it is marked as, `ConsumerSort.NONE` if that it is none;
    None if nobody says. `facets`: keys of those kept verbatim.
    """

    text: str | None
    owners: tuple[Owner, ...]
    tags: tuple[Tag, ...]
    criticality: Criticality
    consumer: str | None
    dataset_type: DatasetType | None
    lifecycle: tuple[tuple[Stamp, Lifecycle], ...]
    facets: tuple[str, ...]
    acknowledgements: tuple[Acceptance, ...]


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
    tags, marks = _tags(said), _marks(said)
    return Description(
        text=documentation.description if documentation else None,
        owners=ownership.owners if ownership else (),
        tags=tags,
        criticality=_criticality(marks.get(CRITICALITY_TAG)),
        consumer=marks.get(CONSUMER_TAG),
        dataset_type=_latest(said, DatasetType),
        lifecycle=tuple(
            sorted(((word.stamp, one) for word, one in _all(said, Lifecycle)), key=_first)
        ),
        facets=tuple(sorted({one.key for _, one in _all(said, Verbatim)})),
        acknowledgements=tuple(_acknowledgements(said)),
    )


def jobs_by_node(
    said: Iterable[tuple[Thing, Said]], ids: Collection[str]
) -> dict[str, Sequence[JobName]]:
    """Give the jobs that run these nodes of dbt projects, in order, by what is said of things."""
    found: dict[str, set[JobName]] = {}
    for thing, one in said:
        node = one.saying
        if isinstance(node, DbtNode) and isinstance(thing, JobName) and node.unique_id in ids:
            found.setdefault(node.unique_id, set()).add(thing)
    return {node: sorted(jobs) for node, jobs in found.items()}


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


class _Word(NamedTuple):
    """How much a saying weighs against others of its kind: commands before all, then the later."""

    commanded: bool
    stamp: Stamp


def _all(said: Mapping[ThingSlot, Said], kind: type[S]) -> Iterator[tuple[_Word, S]]:
    for slot, one in said.items():
        if isinstance(one.saying, kind):
            yield _Word(slot.producer == BY_COMMAND, one.stamp), one.saying


def is_mark(saying: Saying) -> bool:
    """Tell whether a saying labels a thing as a sort of consumer, or as none."""
    return isinstance(saying, Tags) and any(
        tag.key == CONSUMER_TAG and tag.column is None for tag in saying.tags
    )


def _latest(said: Mapping[ThingSlot, Said], kind: type[S]) -> S | None:
    found: Iterable[tuple[_Word, S]] = _all(said, kind)
    return max(found, key=_first, default=(None, None))[1]


def _first(pair: tuple[T, object]) -> T:
    return pair[0]


def _tags(said: Mapping[ThingSlot, Said]) -> tuple[Tag, ...]:
    """Labels: those of all producers, but where a command says what a label says."""
    told = [(word.commanded, tag) for word, one in _all(said, Tags) for tag in one.tags]
    settled = {tag.key for commanded, tag in told if commanded}
    kept = {tag for commanded, tag in told if commanded or tag.column or tag.key not in settled}
    return tuple(sorted(kept, key=lambda tag: (tag.key, tag.value, tag.column or "")))


def _marks(said: Mapping[ThingSlot, Said]) -> Mapping[str, str]:
    """What labels on the thing itself say, each as it counts."""
    weighed = sorted(_all(said, Tags), key=_first)
    return {tag.key: tag.value for _, one in weighed for tag in one.tags if tag.column is None}


def _acknowledgements(said: Mapping[ThingSlot, Said]) -> Iterator[Acceptance]:
    """Of what is said under several names of a thing the latest counts, a withdrawal, too."""
    changes = {slot.key for slot, one in said.items() if isinstance(one.saying, Acceptance)}
    latest: dict[str, Said] = {}
    for slot, one in said.items():
        if slot.key in changes:
            latest[slot.key] = later(latest[slot.key], one) if slot.key in latest else one
    for _, one in sorted(latest.items()):
        if isinstance(one.saying, Acceptance):
            yield one.saying


def _criticality(told: str | None) -> Criticality:
    name = (told or "").upper()
    return Criticality[name] if name in Criticality.__members__ else Criticality.NORMAL
