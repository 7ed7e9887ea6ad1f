"""What nobody reads: a dataset, or columns of one that is read. Pure."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from catalog.model.claim import Via
from catalog.model.edge import Edge
from ingest.flows import End, Whole, end_order, owner_of
from ingest.names import ColumnName, DatasetName


class Doubt(enum.StrEnum):
    """Why a thing may be read although nobody is known to."""

    NEW = "NEW"
    """It has been known for less than the time asked about."""
    UNWRITTEN = "UNWRITTEN"
    """No job is known to write it: those who do, and perhaps those who read, tell nothing."""
    TESTED = "TESTED"
    """A test checks it, and fails without it."""
    UNBOUND = "UNBOUND"
    """The SQL of a job that reads the dataset could not be bound whole."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads a dataset. `last`: when it last did; None: by its design, at all times.

    `test`: it only checks. `bound`: which columns it reads is known for sure.
    """

    last: datetime | None
    test: bool
    bound: bool


@dataclass(frozen=True, slots=True)
class Unused:
    """A dataset or a column that nobody has read since some time.

    `read`: when it was last read, and `by` what; None: never, as far as anybody told.
    """

    of: DatasetName | ColumnName
    read: datetime | None
    by: Via | None
    doubts: tuple[Doubt, ...]


def unused_in(
    dataset: DatasetName,
    ends: Collection[End],
    edges: Collection[Edge],
    readers: Mapping[Via, Reader],
    first_written: datetime | None,
    since: datetime,
) -> Iterator[Unused]:
    """Give a dataset if nobody reads it, else those of its columns that nobody reads.

    `edges`: those that leave it; `readers`: what they go through. An edge from the whole of it may
    read any column. Of a dataset that is not used its columns are not told one by one.
    """
    leaving = [edge for edge in edges if owner_of(edge.target) != dataset]
    through: defaultdict[End, set[Via]] = defaultdict(set)
    for edge in leaving:
        through[edge.source].add(edge.via)
    every = {edge.via for edge in leaving}
    known = _doubts(first_written, since)
    if not _used(every, readers, since):
        yield _unused(dataset, every, readers, known)
        return
    if not all(one.bound for one in readers.values()):
        known |= {Doubt.UNBOUND}
    whole = through[Whole(dataset)]
    for end in sorted(ends, key=end_order):
        if isinstance(end, ColumnName):
            vias = through[end] | whole
            if not _used(vias, readers, since):
                yield _unused(end, vias, readers, known)


def _doubts(first_written: datetime | None, since: datetime) -> set[Doubt]:
    if first_written is None:
        return {Doubt.UNWRITTEN}
    return {Doubt.NEW} if first_written > since else set()


def _used(vias: Collection[Via], readers: Mapping[Via, Reader], since: datetime) -> bool:
    return any(
        not one.test and (one.last is None or one.last >= since)
        for one in map(readers.__getitem__, vias)
    )


def _unused(
    of: DatasetName | ColumnName,
    vias: Collection[Via],
    readers: Mapping[Via, Reader],
    doubts: Collection[Doubt],
) -> Unused:
    times = {via: last for via in vias if (last := readers[via].last) and not readers[via].test}
    by = max(times, key=lambda via: (times[via], via.namespace, via.name), default=None)
    tested = {Doubt.TESTED} if any(readers[via].test for via in vias) else set[Doubt]()
    found = {*doubts, *tested}
    return Unused(of, times[by] if by else None, by, tuple(one for one in Doubt if one in found))
