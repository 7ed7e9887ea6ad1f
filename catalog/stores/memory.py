"""The graph in memory: the reference that says in plain Python what every store must do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from catalog.lineage.closure import Closure, EdgesAt, Reach, walk
from catalog.lineage.currency import holding
from catalog.lineage.thing_closure import Link, ThingClosure, ThingReach, walk_things
from catalog.model.alias import Told
from catalog.model.census import Census, JobsOfTier, count_readings
from catalog.model.claim import (
    Claim,
    Completion,
    Contribution,
    DatasetAt,
    SchemaStatement,
    SeenClaim,
    Via,
    Witness,
    quotes_of,
)
from catalog.model.description import is_mark, jobs_by_node
from catalog.model.edge import Direction, Edge, edges_of
from catalog.model.reading import Reading, SqlOf
from catalog.model.search import Match, match
from catalog.model.thing import Thing, ThingSlot, thing_order
from catalog.ports import Changes
from catalog.stores.codec import in_statement_order
from catalog.stores.lines import claim_line, edge_line, fold_line, saying_line, schema_line
from ingest.facts import Acceptance, Schema, Stamp, Symlinks
from ingest.flows import End, Rows, Tier, Whole, end_order, owner_of
from ingest.folds import RunFold, Said, later
from ingest.names import ColumnName, DatasetName, JobName, RunKey


@dataclass(slots=True)
class MemoryGraph:
    """A graph that lives as long as the process."""

    _cursor: int = 0
    _sql_cursor: int = 0
    _folds: dict[RunKey, RunFold] = field(default_factory=dict[RunKey, RunFold])
    _said: dict[ThingSlot, Said] = field(default_factory=dict[ThingSlot, Said])
    _contributions: dict[Witness, Contribution] = field(default_factory=dict[Witness, Contribution])
    _edges: dict[Via, frozenset[Edge]] = field(default_factory=dict[Via, frozenset[Edge]])

    async def apply(self, changes: Changes) -> None:
        """Apply changes as one."""
        self._folds.update(changes.runs)
        for slot, said in changes.sayings.items():
            known = self._said.get(slot)
            self._said[slot] = later(known, said) if known else said
        vias = {fold.run.job for fold in changes.runs.values()}
        for new in changes.contributions:
            old = self._contributions.get(new.witness)
            vias |= {claim.via for one in (old, new) if one for claim in one.claims}
            self._contributions[new.witness] = new
        for via in vias:
            self._edges[via] = edges_of(holding(self._claims_of(via), self._completed(via)))
        self._cursor = max(self._cursor, changes.cursor)
        self._sql_cursor = max(self._sql_cursor, changes.sql_cursor)

    async def clear(self) -> None:
        """Forget everything."""
        self._cursor = self._sql_cursor = 0
        self._folds.clear()
        self._said.clear()
        self._contributions.clear()
        self._edges.clear()

    async def close(self) -> None:
        """Do nothing: there is nothing to let go of."""

    async def cursor(self) -> int:
        """Give the position in the log up to which the graph is made."""
        return self._cursor

    async def sql_cursor(self) -> int:
        """Give the position in the log up to which the SQL in it is read."""
        return self._sql_cursor

    async def folds(self, runs: Collection[RunKey]) -> Mapping[RunKey, RunFold]:
        """Give what is known of runs."""
        return {run: self._folds[run] for run in runs if run in self._folds}

    async def recent_runs(
        self, thing: Thing | None, limit: int, before: RunKey | None = None
    ) -> Sequence[RunFold]:
        """Give runs, the latest heard of first."""
        runs = [fold for fold in self._folds.values() if self._concerns(fold, thing)]
        ordered = sorted(runs, key=_heard, reverse=True)
        if before is not None:
            last = _heard(self._folds[before]) if before in self._folds else None
            ordered = [fold for fold in ordered if last is not None and _heard(fold) < last]
        return ordered[:limit]

    async def sayings(self, things: Collection[Thing]) -> Mapping[Thing, Mapping[ThingSlot, Said]]:
        """Give what is said about things apart from runs."""
        known = set(self._known())
        found: dict[Thing, dict[ThingSlot, Said]] = {t: {} for t in things if t in known}
        for slot, said in self._said.items():
            if slot.thing in found:
                found[slot.thing][slot] = said
        return found

    async def schemas(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Sequence[SchemaStatement]]:
        """Give each distinct schema stated of a dataset, with its latest statement."""
        return self._stated(datasets, None)

    async def schemas_at(
        self, asked: Collection[DatasetAt]
    ) -> Mapping[DatasetAt, Sequence[SchemaStatement]]:
        """Give each distinct schema stated of a dataset, with its latest statement by a time."""
        return {
            one: stated
            for one in asked
            if (stated := self._stated([one.dataset], one.at).get(one.dataset))
        }

    async def completions(
        self, jobs: Collection[JobName], limit: int
    ) -> Mapping[JobName, Sequence[Completion]]:
        """Give the newest completed runs of each job, the newest first."""
        return {job: done[:limit] for job in jobs if (done := self._completed(job))}

    async def completed_runs(
        self, jobs: Collection[JobName], since: datetime | None, until: datetime | None = None
    ) -> Sequence[RunKey]:
        """Give the runs of jobs that completed from one time to another."""
        return [
            run
            for run, fold in self._folds.items()
            if run.job in jobs and fold.completed
            if since is None or fold.completed.time >= since
            if until is None or fold.completed.time <= until
        ]

    async def readings(self, runs: Collection[RunKey]) -> Mapping[RunKey, Reading]:
        """Give what our reading of the SQL of runs came to."""
        made = {run: self._contributions.get(SqlOf(run)) for run in runs}
        return {run: one.reading for run, one in made.items() if one and one.reading}

    async def named_in(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Collection[JobName]]:
        """Give the jobs with a run whose SQL depends on these datasets."""
        found: defaultdict[DatasetName, set[JobName]] = defaultdict(set)
        for witness, one in self._contributions.items():
            if isinstance(witness, SqlOf):
                for name in {*one.reads, *one.writes}.intersection(datasets):
                    found[name].add(witness.run.job)
        return found

    async def claims(self, vias: Collection[Via]) -> Mapping[Via, Sequence[SeenClaim]]:
        """Give every claim of these makers."""
        return {via: self._claims_of(via) for via in vias}

    async def edges(self, ends: Collection[End], direction: Direction) -> Sequence[Edge]:
        """Give the edges that hold and leave these ends."""
        return self._edges_at(ends, direction)

    async def ends(self, datasets: Collection[DatasetName]) -> Mapping[DatasetName, Sequence[End]]:
        """Give every known end of datasets."""
        return self._ends_of(datasets)

    async def links(self, things: Collection[Thing], direction: Direction) -> Sequence[Link]:
        """Give the links at dataset grain that leave these things."""
        return self._links_at(things, direction)

    async def closure(self, reach: Reach) -> Closure:
        """Give what is reached at column grain."""
        steps = walk(reach)
        try:
            question = next(steps)
            while True:
                if isinstance(question, EdgesAt):
                    question = steps.send(self._edges_at(question.ends, reach.direction))
                else:
                    question = steps.send(self._ends_of(question.datasets))
        except StopIteration as stop:
            return stop.value

    async def thing_closure(self, reach: ThingReach) -> ThingClosure:
        """Give what is reached at dataset grain."""
        steps = walk_things(reach)
        try:
            things = next(steps)
            while True:
                things = steps.send(self._links_at(things, reach.direction))
        except StopIteration as stop:
            return stop.value

    async def search(self, text: str, limit: int) -> Sequence[Match]:
        """Find things by name."""
        ends = self._ends_of(thing for thing in self._known() if isinstance(thing, DatasetName))
        columns = [end for of in ends.values() for end in of if isinstance(end, ColumnName)]
        found = [hit for thing in (*self._known(), *columns) if (hit := match(thing, text))]
        return sorted(found, key=Match.order)[:limit]

    async def things(self, after: Thing | None, limit: int) -> Sequence[Thing]:
        """Give known datasets, then jobs, each by name."""
        ordered = sorted(self._known(), key=thing_order)
        behind = [one for one in ordered if after is None or thing_order(one) > thing_order(after)]
        return behind[:limit]

    async def accepting(self) -> Sequence[Thing]:
        """Give the things for which somebody accepts a change."""
        every = self._said.items()
        found = {slot.thing for slot, one in every if isinstance(one.saying, Acceptance)}
        return sorted(found, key=thing_order)

    async def marked(self) -> Sequence[Thing]:
        """Give the things that somebody marks as consumers, or as none."""
        found = {slot.thing for slot, one in self._said.items() if is_mark(one.saying)}
        return sorted(found, key=thing_order)

    async def dbt_nodes(self, ids: Collection[str]) -> Mapping[str, Sequence[JobName]]:
        """Give the jobs that run these nodes of dbt projects, by their unique ids, in order."""
        return jobs_by_node(((slot.thing, one) for slot, one in self._said.items()), ids)

    async def census(self) -> Census:
        """Count what is known."""
        known = self._known()
        datasets = [thing for thing in known if isinstance(thing, DatasetName)]
        ends = self._ends_of(datasets)
        return Census(
            datasets=len(datasets),
            columns=sum(isinstance(end, ColumnName) for of in ends.values() for end in of),
            jobs=len(known) - len(datasets),
            runs=len(self._folds),
            links=sum(map(len, self._edges.values())),
            jobs_by_tier=tuple(
                JobsOfTier(tier, jobs) for tier in Tier if (jobs := self._jobs_of(tier))
            ),
            sql=count_readings(self._latest_readings()),
        )

    async def symlinks(self, known: int) -> Sequence[Told]:
        """Give what is told of other names; slots stay in the order of first hearing."""
        told = [
            Told(slot.thing, one.saying)
            for slot, one in self._said.items()
            if isinstance(one.saying, Symlinks) and isinstance(slot.thing, DatasetName)
        ]
        return told[known:]

    async def namespaces(self) -> Collection[str]:
        """Give the namespaces of known datasets."""
        return {thing.namespace for thing in self._known() if isinstance(thing, DatasetName)}

    async def lines(self) -> AsyncIterator[str]:
        """Give the canonical lines of all there is."""
        for line in self._all_lines():
            yield line

    def _all_lines(self) -> Iterator[str]:
        yield from map(fold_line, self._folds.values())
        for slot, said in self._said.items():
            yield saying_line(slot, said)
        yield from map(schema_line, self._schemas().values())
        for via, edges in self._edges.items():
            yield from map(claim_line, self._claims_of(via))
            yield from map(edge_line, edges)

    def _concerns(self, fold: RunFold, thing: Thing | None) -> bool:
        if thing is None or fold.run.job == thing:
            return True
        return any(slot.about == thing for slot in fold.said)

    def _jobs_of(self, tier: Tier) -> int:
        best = [
            min(list(Tier).index(claim.tier) for claim in held)
            for via in self._edges
            if isinstance(via, JobName)
            if (held := holding(self._claims_of(via), self._completed(via)))
        ]
        return best.count(list(Tier).index(tier))

    def _latest_readings(self) -> Iterator[tuple[JobName, Reading]]:
        latest: dict[JobName, RunFold] = {}
        for fold in self._folds.values():
            known = latest.get(fold.run.job)
            if fold.completed and (not known or _completed(known) < fold.completed):
                latest[fold.run.job] = fold
        for fold in latest.values():
            made = self._contributions.get(SqlOf(fold.run))
            if made and made.reading:
                yield fold.run.job, made.reading

    def _claims_of(self, via: Via) -> list[SeenClaim]:
        sightings: defaultdict[Claim, list[Contribution]] = defaultdict(list)
        for one in self._contributions.values():
            for claim in one.claims:
                if claim.via == via:
                    sightings[claim].append(one)
        return [_seen(claim, by) for claim, by in sightings.items()]

    def _completed(self, via: Via) -> list[Completion]:
        done = [
            Completion(fold.completed, fold.code_version, fold.run.run_id)
            for fold in self._folds.values()
            if fold.run.job == via and fold.completed is not None
        ]
        return sorted(done, key=lambda one: one.stamp, reverse=True)

    def _stated(
        self, datasets: Collection[DatasetName], at: datetime | None
    ) -> Mapping[DatasetName, Sequence[SchemaStatement]]:
        found: defaultdict[DatasetName, list[SchemaStatement]] = defaultdict(list)
        for one in in_statement_order(self._schemas(at).values()):
            if one.dataset in datasets:
                found[one.dataset].append(one)
        return found

    def _schemas(
        self, at: datetime | None = None
    ) -> Mapping[tuple[DatasetName, str, Schema], SchemaStatement]:
        found: dict[tuple[DatasetName, str, Schema], SchemaStatement] = {}
        for contribution in self._contributions.values():
            for one in contribution.schemas:
                key = (one.dataset, one.producer, one.schema)
                if key not in found or _supersedes(one.stamp, found[key].stamp, at):
                    found[key] = one
        return found

    def _edges_at(self, ends: Collection[End], direction: Direction) -> list[Edge]:
        return [
            edge
            for edges in self._edges.values()
            for edge in edges
            if edge.start(direction) in ends
        ]

    def _links_at(self, things: Collection[Thing], direction: Direction) -> list[Link]:
        links = {
            Link(owner_of(edge.source), owner_of(edge.target), edge.via)
            for edges in self._edges.values()
            for edge in edges
            if owner_of(edge.start(direction)) in things
        }
        return [link for link in links if link.source != link.target]

    def _ends_of(self, datasets: Iterable[DatasetName]) -> dict[DatasetName, Sequence[End]]:
        ends: dict[DatasetName, set[End]] = {
            dataset: {Rows(dataset), Whole(dataset)} for dataset in datasets
        }
        for contribution in self._contributions.values():
            for end in _ends_in(contribution):
                if not isinstance(end, JobName) and end.dataset in ends:
                    ends[end.dataset].add(end)
        return {dataset: sorted(of, key=end_order) for dataset, of in ends.items()}

    def _known(self) -> set[Thing]:
        things: set[Thing] = {fold.run.job for fold in self._folds.values()}
        for fold in self._folds.values():
            things |= {slot.about for slot in fold.said if not isinstance(slot.about, RunKey)}
        things |= {slot.thing for slot in self._said}
        for contribution in self._contributions.values():
            things |= {*contribution.reads, *contribution.writes}
            things |= {owner_of(end) for end in _ends_in(contribution)}
            things |= {claim.via for claim in contribution.claims}
        return things


def _ends_in(contribution: Contribution) -> Iterator[End]:
    for claim in contribution.claims:
        for flow in claim.flows:
            yield from (flow.source, flow.target)
    for statement in contribution.schemas:
        for one in statement.schema.fields:
            yield ColumnName(statement.dataset, one.path)


def _completed(fold: RunFold) -> Stamp:
    return fold.completed or fold.heard


def _seen(claim: Claim, by: Sequence[Contribution]) -> SeenClaim:
    last = max(by, key=lambda one: one.seen)
    quotes = quotes_of(claim, last.reading)
    return SeenClaim(claim, min(one.seen.time for one in by), last.seen, quotes)


def _supersedes(new: Stamp, old: Stamp, at: datetime | None) -> bool:
    """Tell which of two statements of one schema counts at a time; see `GraphReader.schemas_at`."""
    if at is None or (new.time <= at and old.time <= at):
        return new > old
    return new.time <= at or (old.time > at and new < old)


def _heard(fold: RunFold) -> tuple[object, ...]:
    return (fold.heard, fold.run)
