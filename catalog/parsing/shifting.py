"""Which schemas in force are others than before, and for which times.

The schema of a dataset in force is a step function of time. What is stated anew mostly changes no
step, since jobs state the same schema run by run; then nothing needs to be read again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.lineage.currency import RECENT_RUNS
from catalog.model.claim import Contribution, DatasetAt
from catalog.model.reading import OURSELVES, SqlOf
from catalog.model.schema import SchemaInForce, schema_in_force, stated_whole
from catalog.model.thing import Thing
from catalog.parsing.schemas import TICK, Schemas, is_derived
from catalog.ports import NamesReader
from catalog.projector.contribution import schemas_of_run
from catalog.recent import Recent
from ingest.facts import EventType, Field, Report, RunEvent, Schema, Symlinks
from ingest.folds import RunFold
from ingest.names import DatasetName, JobName, RunKey
from ingest.openlineage.run_lineage import traffic_of

JOBS_REMEMBERED = 20_000
"""Of how many jobs it is kept at hand what they write."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A schema in force may be another from `since` (None: ever) to `until` (None: for good)."""

    since: datetime | None = None
    until: datetime | None = None


ALWAYS = Shift()


@dataclass(frozen=True, slots=True)
class Derived:
    """What is derived for datasets before something is stored that was read.

    `in_force`: at the times of which the readings speak. `again`: the datasets of which earlier
    readings of the same runs may have spoken at other times.
    """

    writers: Mapping[DatasetName, frozenset[Thing]]
    in_force: Mapping[tuple[DatasetName, datetime], SchemaInForce]
    again: frozenset[DatasetName]


@dataclass(frozen=True, slots=True)
class _Stated:
    """The span of time in which a record, or a run, states a schema.

    `plainly`: it stated none before, at another time.
    """

    since: datetime
    until: datetime
    plainly: bool


class Shifting:
    """Tells what shifts schemas."""

    def __init__(self, graph: NamesReader) -> None:
        self._graph = graph
        self._symlinks: dict[DatasetName, set[Symlinks]] = {}
        self._writers: dict[DatasetName, frozenset[Thing]] = {}
        self._writes: Recent[JobName, frozenset[DatasetName]] = Recent(JOBS_REMEMBERED)

    async def of_facts(
        self,
        reports: Sequence[Report],
        folds: Mapping[RunKey, RunFold],
        to_come: Collection[RunKey],
    ) -> dict[DatasetName, list[Shift]]:
        """Tell what shifts when these reports, on these runs, have been projected.

        `folds` are the runs as they are now; of those `to_come` a later record tells the end.
        """
        shifts: defaultdict[DatasetName, list[Shift]] = defaultdict(list)
        stated = _stated(reports, folds, to_come)
        named = await self._graph.named_in(stated)
        for dataset, of in (await self._stated_anew({one: stated[one] for one in named})).items():
            shifts[dataset] += of
        for dataset in await self._graph.entangled(self._renamed(reports)):
            shifts[dataset].append(ALWAYS)
        for dataset in await self._with_other_writers(await self._written(folds)):
            shifts[dataset].append(ALWAYS)
        return shifts

    def _renamed(self, reports: Iterable[Report]) -> set[DatasetName]:
        """Give the datasets of which another name is told that we did not know."""
        found: set[DatasetName] = set()
        for report in reports:
            for fact in report.facts:
                if isinstance(fact.saying, Symlinks) and isinstance(fact.about, DatasetName):
                    known = self._symlinks.setdefault(fact.about, set())
                    if fact.saying not in known:
                        known.add(fact.saying)
                        found.add(fact.about)
        return found

    async def _written(self, folds: Mapping[RunKey, RunFold]) -> set[DatasetName]:
        """Give what the jobs of completed runs write, or did by code that may not be in force now.

        Which that is tell the newest runs, and those that were before these came.
        """
        completed = [fold for fold in folds.values() if fold.completed]
        await self._recall(Counter(fold.run.job for fold in completed))
        for fold in completed:
            self._note(fold.run.job, traffic_of(fold.said).outputs)
        return {name for fold in completed for name in self._writes.get(fold.run.job) or ()}

    async def _recall(self, came: Counter[JobName]) -> None:
        """Look up what jobs write that are not remembered; `came`: with how many new runs."""
        forgotten = [job for job in came if self._writes.get(job) is None]
        if not forgotten:
            return
        newest = await self._graph.completions(forgotten, RECENT_RUNS + max(came.values()))
        runs = [RunKey(one.run_id, job) for job, of in newest.items() for one in of]
        for run, fold in (await self._graph.folds(runs)).items():
            self._note(run.job, traffic_of(fold.said).outputs)
        for run, reading in (await self._graph.readings(runs)).items():
            self._note(run.job, reading.writes)

    def _note(self, job: JobName, writes: Collection[DatasetName]) -> None:
        """Remember what a job writes, beside what it wrote before."""
        self._writes.put(job, (self._writes.get(job) or frozenset()).union(writes))

    async def _with_other_writers(self, datasets: Collection[DatasetName]) -> list[DatasetName]:
        """Give those whose schema is derived alone, and that other jobs write than before."""
        found: list[DatasetName] = []
        named = await self._graph.named_in(datasets)
        for dataset, statements in (await self._graph.schemas(named)).items():
            if is_derived(statements):
                writers = await self._writers_of(dataset)
                if self._writers.get(dataset) != writers:
                    self._writers[dataset] = writers
                    found.append(dataset)
        return found

    async def _stated_anew(
        self, stated: Mapping[DatasetName, Sequence[_Stated]]
    ) -> Mapping[DatasetName, Sequence[Shift]]:
        """Tell what shifts where schemas are stated, of datasets that SQL depends on."""
        if not stated:
            return {}
        before = {
            name: DatasetAt(name, min(one.since for one in of) - TICK)
            for name, of in stated.items()
            if all(one.plainly for one in of)
        }
        ever = await self._graph.schemas(before)
        earlier = await self._graph.schemas_at(before.values())
        shifts: dict[DatasetName, Sequence[Shift]] = {}
        for name, of in stated.items():
            if name not in before:
                shifts[name] = [ALWAYS]
                continue
            facts = [one for one in ever.get(name, ()) if one.producer != OURSELVES]
            by_then = before[name].at
            known = [one for one in earlier.get(before[name], ()) if one.stamp.time <= by_then]
            if not stated_whole(known):
                shifts[name] = [ALWAYS] if stated_whole(facts) else []
            elif len({_columns(one.schema) for one in facts}) > 1:
                shifts[name] = [await self._step(name, one) for one in of]
        return shifts

    async def _step(self, dataset: DatasetName, stated: _Stated) -> Shift:
        before = await self._in_force(dataset, stated.since - TICK)
        after = await self._in_force(dataset, stated.until)
        same = _fields(before) == _fields(after)
        return Shift(stated.since, stated.until if same else None)

    async def _in_force(self, dataset: DatasetName, at: datetime) -> SchemaInForce:
        asked = DatasetAt(dataset, at)
        return schema_in_force((await self._graph.schemas_at([asked])).get(asked, ()), at)

    async def derived(self, made: Sequence[Contribution], moved: Collection[RunKey]) -> Derived:
        """Note what is derived for what some readings write, before they are stored.

        `moved`: runs that may have completed at another time than when they were read before.
        """
        runs = {one.witness.run: one.seen.time for one in made if isinstance(one.witness, SqlOf)}
        times: defaultdict[DatasetName, set[datetime]] = defaultdict(set)
        for one in made:
            if isinstance(one.witness, SqlOf) and self._writes.get(one.witness.run.job) is not None:
                self._note(one.witness.run.job, one.writes)
            for statement in one.schemas:
                times[statement.dataset].add(statement.stamp.time)
        again: set[DatasetName] = set()
        for run, reading in (await self._graph.readings(runs)).items():
            for name in reading.writes:
                times[name].add(runs[run])
                if run in moved:
                    again.add(name)
        stated = await self._graph.schemas(times)
        names = [name for name in times if not stated_whole(stated.get(name, ()))]
        return Derived(
            writers={name: await self._writers_of(name) for name in names},
            in_force={
                (name, at): await self._in_force(name, at) for name in names for at in times[name]
            },
            again=frozenset(again),
        )

    async def of_derived(self, before: Derived) -> dict[DatasetName, list[Shift]]:
        """Tell what has shifted since."""
        named = await self._graph.named_in(before.writers)
        shifts: defaultdict[DatasetName, list[Shift]] = defaultdict(list)
        for name in named:
            others = await self._writers_of(name) != before.writers[name]
            if others or name in before.again:
                shifts[name].append(ALWAYS)
        for (name, at), old in before.in_force.items():
            if name in named and _fields(await self._in_force(name, at)) != _fields(old):
                first = not await self._derived_before(name, at)
                shifts[name].append(ALWAYS if first else Shift(at))
        return shifts

    async def _writers_of(self, dataset: DatasetName) -> frozenset[Thing]:
        return await Schemas(self._graph).writers(dataset)

    async def _derived_before(self, dataset: DatasetName, at: datetime) -> bool:
        before = DatasetAt(dataset, at - TICK)
        earlier = (await self._graph.schemas_at([before])).get(before, ())
        return any(one.stamp.time < at and one.producer == OURSELVES for one in earlier)


def widest(shifts: Collection[Shift]) -> Collection[Shift]:
    """Leave out what others cover."""
    return [ALWAYS] if ALWAYS in shifts else set(shifts)


def _stated(
    reports: Sequence[Report], folds: Mapping[RunKey, RunFold], to_come: Collection[RunKey]
) -> Mapping[DatasetName, Sequence[_Stated]]:
    """Give when schemas are stated by the runs and the records of some reports."""
    found: defaultdict[DatasetName, list[_Stated]] = defaultdict(list)
    heard = {report.record_id for report in reports}
    for fold in folds.values():
        since = min((one.time for one in fold.first.values()), default=fold.heard.time)
        plain = fold.run in to_come or plainly(fold, heard)
        span = _Stated(since, fold.heard.time, plain)
        for dataset in {one.dataset for one in schemas_of_run(fold)}:
            found[dataset].append(span)
        if not span.plainly:
            for slot in fold.said:
                if isinstance(slot.about, DatasetName):
                    found[slot.about].append(span)
    for report in reports:
        if isinstance(report.subject, RunEvent):
            continue
        span = _Stated(report.time, report.time, plainly=True)
        for fact in report.facts:
            if isinstance(fact.saying, Schema) and isinstance(fact.about, DatasetName):
                found[fact.about].append(span)
    return found


def plainly(fold: RunFold, heard: Collection[str]) -> bool:
    """Tell whether a run goes its way: nothing that it said before, and that counted, is undone."""
    if fold.completed is None:
        return EventType.COMPLETE not in fold.first
    ends = {one for kind in fold.first for one in (fold.first[kind], fold.last[kind])}
    once = fold.first.get(EventType.COMPLETE) == fold.last.get(EventType.COMPLETE)
    return once and fold.completed == max(ends) and fold.completed.record_id in heard


def _columns(schema: Schema) -> tuple[object, ...]:
    return (schema.full, tuple((one.path, one.type) for one in schema.fields))


def _fields(schema: SchemaInForce) -> tuple[bool, tuple[Field, ...]]:
    return (schema.full, schema.fields)
