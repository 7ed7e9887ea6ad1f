"""The fold of a run: what all its events say together, whatever the order they came in.

A fold is a value of a semilattice: `fold_run` is commutative, associative and idempotent, since
each slot keeps its latest saying and event times are kept as first and last. An event that was
lost and comes late therefore changes nothing but what it alone can say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from ingest.facts import (
    TERMINAL,
    Deleted,
    EventType,
    ExplicitLineage,
    Fact,
    JobType,
    Parent,
    Report,
    Role,
    RunEvent,
    Saying,
    SourceCode,
    SourceLocation,
    Sql,
    Stamp,
    Touched,
)
from ingest.flows import sorted_flows
from ingest.names import DatasetName, JobName, RunKey

S = TypeVar("S")


class Slot(NamedTuple):
    """A place in a fold that one saying fills: of two the later holds."""

    about: DatasetName | JobName | RunKey
    role: Role
    key: str


@dataclass(frozen=True, slots=True)
class Said:
    """A saying, with when and by whom."""

    stamp: Stamp
    producer: str
    saying: Saying


@dataclass(frozen=True, slots=True)
class RunFold:
    """All that the events of one run say together.

    `first` and `last`: the extreme stamps of each event type. `starts`: every START, in order.
    """

    run: RunKey
    first: Mapping[EventType, Stamp] = field(default_factory=dict[EventType, Stamp])
    last: Mapping[EventType, Stamp] = field(default_factory=dict[EventType, Stamp])
    starts: tuple[Stamp, ...] = ()
    said: Mapping[Slot, Said] = field(default_factory=dict[Slot, Said])

    @property
    def state(self) -> EventType | None:
        """The last terminal event's type (at one instant FAIL beats ABORT beats COMPLETE).

        Without one START if only that was seen, else RUNNING; None for a run nobody reported on.
        """
        ends = [(self.last[kind].time, _WORST.index(kind)) for kind in TERMINAL & set(self.last)]
        if ends:
            return _WORST[max(ends)[1]]
        if self.last:
            return EventType.START if set(self.last) == {EventType.START} else EventType.RUNNING
        return None

    @property
    def heard(self) -> Stamp:
        """When the run was last heard of; of a run that only its children name, that of theirs."""
        own = self.last.values()
        return max(own) if own else max(one.stamp for one in self.said.values())

    @property
    def started_at(self) -> datetime | None:
        """The time of the first START."""
        start = self.first.get(EventType.START)
        return start.time if start else None

    @property
    def ended_at(self) -> datetime | None:
        """The time of the last terminal event."""
        return max((self.last[kind].time for kind in TERMINAL & set(self.last)), default=None)

    @property
    def attempts(self) -> int:
        """How often the run was started: once, and again by each START after a terminal event."""
        ends = [self.first[kind].time for kind in TERMINAL & set(self.first)]
        return 1 + sum(start.time > min(ends) for start in self.starts) if ends else 1

    @property
    def completed(self) -> Stamp | None:
        """When what the run did took effect; None while its lineage is not current.

        The last COMPLETE; of a streaming or service job the last sign of life is enough, and a
        later FAIL or ABORT does not take it back.
        """
        if complete := self.last.get(EventType.COMPLETE):
            return complete
        job_type = self.find(JobType)
        endless = job_type is not None and job_type.processing.upper() in _ENDLESS
        return self.last.get(EventType.RUNNING) if endless else None

    @property
    def code_version(self) -> str:
        """Which code ran: by its SQL, else its source, else where that lies; else `none`."""
        if sql := self.find(Sql):
            return f"sql:{sql.fingerprint}"
        if children := self.sql_of_children:
            prints = " ".join(one.fingerprint for one in children)
            return f"sqls:{hashlib.sha256(prints.encode()).hexdigest()[:32]}"
        if source := self.find(SourceCode):
            code = source.code.encode("utf-8", "surrogatepass")
            return f"code:{hashlib.sha256(code).hexdigest()[:32]}"
        location = self.find(SourceLocation)
        return f"location:{location.version}" if location and location.version else NO_VERSION

    @property
    def sql_of_children(self) -> Sequence[Sql]:
        """Give the SQL of the runs that this one started, in order, if it writes one dataset.

        Such children say what was executed and not what it read and wrote (dbt's structured logs).
        """
        if len({slot.about for slot in self.said if _is_output(slot)}) != 1:
            return ()
        found = [
            (one.stamp, slot.about, sql)
            for slot, one, sql in sayings(self.said, Sql)
            if isinstance(slot.about, RunKey) and slot.about != self.run
        ]
        return [sql for *_, sql in sorted(found, key=lambda one: one[:2])]

    def find(self, kind: type[S]) -> S | None:
        """Give what is said of this kind of the run or its job; the latest, if several."""
        found = [
            (one.stamp, saying)
            for slot, one, saying in sayings(self.said, kind)
            if slot.about in (self.run.job, self.run)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None


NO_VERSION = "none"
_WORST = (EventType.COMPLETE, EventType.ABORT, EventType.FAIL)


def _is_output(slot: Slot) -> bool:
    return slot.role is Role.OUTPUT and isinstance(slot.about, DatasetName)


_ENDLESS = frozenset({"STREAMING", "SERVICE"})


def fold_run(fold: RunFold, report: Report) -> RunFold:
    """Add one event of the run; the same event again changes nothing."""
    if not isinstance(report.subject, RunEvent) or report.subject.run != fold.run:
        raise ValueError(report.subject)
    kind, stamp = report.subject.type, report.stamp
    first, last = fold.first.get(kind, stamp), fold.last.get(kind, stamp)
    starts = {*fold.starts, stamp} if kind is EventType.START else fold.starts
    return replace(
        fold,
        first={**fold.first, kind: min(first, stamp)},
        last={**fold.last, kind: max(last, stamp)},
        starts=tuple(sorted(starts)),
        said=fold_said(fold.said, report, report.facts),
    )


def parent_of_sql(report: Report) -> RunKey | None:
    """Tell to which run the SQL of an event belongs, too: its parent, if it lists no datasets."""
    if not isinstance(report.subject, RunEvent):
        return None
    told = [fact.saying for fact in report.facts]
    if any(isinstance(one, Touched) for one in told) or not _sql_of(report):
        return None
    return next((one.run for one in told if isinstance(one, Parent)), None)


def fold_child(fold: RunFold, report: Report) -> RunFold:
    """Add the SQL of an event of a child to the run that `parent_of_sql` names."""
    if not isinstance(report.subject, RunEvent):
        raise TypeError(report.subject)
    facts = [Fact(report.subject.run, Role.SUBJECT, "sql", sql) for sql in _sql_of(report)]
    return replace(fold, said=fold_said(fold.said, report, facts))


def _sql_of(report: Report) -> Sequence[Sql]:
    return [fact.saying for fact in report.facts if isinstance(fact.saying, Sql)][:1]


def fold_said(
    said: Mapping[Slot, Said], report: Report, facts: Iterable[Fact]
) -> Mapping[Slot, Said]:
    """Add facts of a report to what was said before: each slot keeps the latest."""
    merged = dict(said)
    for fact in facts:
        slot = slot_of(fact)
        new = Said(report.stamp, report.producer, fact.saying)
        old = merged.get(slot)
        merged[slot] = new if old is None else later(old, new)
    return merged


def slot_of(fact: Fact) -> Slot:
    """Tell which slot a fact fills: facets are atomic, explicit lineage is so for each target."""
    if isinstance(fact.saying, ExplicitLineage):
        target = fact.saying.target
        kind = "job" if isinstance(target, JobName) else "dataset"
        return Slot(fact.about, fact.role, f"{fact.facet} {kind} {target.namespace} {target.name}")
    return Slot(fact.about, fact.role, fact.facet)


def later(one: Said, other: Said) -> Said:
    """Give the one of two sayings that holds; of explicit lineage both do (OpenLineage #4804)."""
    old, new = sorted((one, other), key=lambda said: (said.stamp, isinstance(said.saying, Deleted)))
    match old.saying, new.saying:
        case ExplicitLineage() as before, ExplicitLineage() as after:
            flows = sorted_flows((*before.flows, *after.flows))
            both = replace(after, flows=flows, closed=before.closed or after.closed)
            return replace(new, saying=both)
        case _:
            return new


def sayings(said: Mapping[Slot, Said], kind: type[S]) -> Iterator[tuple[Slot, Said, S]]:
    """Give each saying of one kind, with its slot, in no particular order."""
    for slot, one in said.items():
        if isinstance(one.saying, kind):
            yield slot, one, one.saying
