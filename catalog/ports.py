"""What the core asks of the outside: the log, the graph, the clock.

Names cross these ports as the values of `ingest.names`; keys and ids of a store stay inside it.
Reading what is not there gives nothing: None, an empty tuple, a missing key.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from catalog.lineage.closure import Closure, Reach
from catalog.lineage.thing_closure import Link, ThingClosure, ThingReach
from catalog.model.alias import Told
from catalog.model.census import Census
from catalog.model.claim import Completion, Contribution, DatasetAt, SchemaStatement, SeenClaim, Via
from catalog.model.edge import Direction, Edge
from catalog.model.reading import Reading
from catalog.model.record import LogEntry, Record
from catalog.model.search import Match
from catalog.model.thing import Thing, ThingSlot
from ingest.flows import End
from ingest.folds import RunFold, Said
from ingest.names import DatasetName, JobName, RunKey


class Clock(Protocol):
    """Tells the time of arrival; event time comes with the events."""

    def now(self) -> datetime:
        """Give this moment, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Appended:
    """Where a record lies in the log. `new`: it was not there before."""

    position: int
    new: bool


class EventLog(Protocol):
    """Accepted records in the order of acceptance, each once. The truth."""

    async def append(self, records: Sequence[Record]) -> Sequence[Appended]:
        """Store records durably, all or none; one that is there already keeps its position."""
        ...

    async def read(self, after: int, limit: int) -> Sequence[LogEntry]:
        """Give the next entries behind a position, in order; 0 is before the first."""
        ...

    async def head(self) -> int:
        """Give the position of the last record, 0 of an empty log."""
        ...

    async def record(self, id: str) -> Record | None:
        """Give the record with this id."""
        ...

    async def positions(self, ids: Collection[str]) -> Mapping[str, int]:
        """Give the positions of records by their ids; an id that is not there misses."""
        ...


@dataclass(frozen=True, slots=True)
class Changes:
    """What a stretch of the log does to the graph.

    `cursor`: the position of its last entry; `sql_cursor`: up to where the SQL has been read.
    Neither moves back, and 0 moves nothing.
    `runs`: whole folds, replacing what is stored. `sayings`: each fills its slot if it is later
    than what fills it. `contributions`: each replaces its witness's earlier one; a run with none
    that counts (any more) has an empty one.
    """

    cursor: int = 0
    runs: Mapping[RunKey, RunFold] = field(default_factory=dict[RunKey, RunFold])
    sayings: Mapping[ThingSlot, Said] = field(default_factory=dict[ThingSlot, Said])
    contributions: Sequence[Contribution] = ()
    sql_cursor: int = 0


class GraphReader(Protocol):
    """Answers from the graph. An answer holds at the cursor at which it was computed."""

    async def cursor(self) -> int:
        """Give the position in the log up to which the graph is made; 0 of an empty graph."""
        ...

    async def sql_cursor(self) -> int:
        """Give the position in the log up to which the SQL in it is read."""
        ...

    async def folds(self, runs: Collection[RunKey]) -> Mapping[RunKey, RunFold]:
        """Give what is known of runs."""
        ...

    async def recent_runs(
        self, thing: Thing | None, limit: int, before: RunKey | None = None
    ) -> Sequence[RunFold]:
        """Give runs of a job, runs that touched a dataset, or any; the latest heard of first.

        `before` is the last run of the page before.
        """
        ...

    async def sayings(self, things: Collection[Thing]) -> Mapping[Thing, Mapping[ThingSlot, Said]]:
        """Give what is said about things apart from runs; things never named are missing."""
        ...

    async def schemas(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Sequence[SchemaStatement]]:
        """Give each distinct schema stated of a dataset, with its latest statement, in order.

        The order is that of statement, ties by `catalog.stores.codec.in_statement_order`.
        """
        ...

    async def schemas_at(
        self, asked: Collection[DatasetAt]
    ) -> Mapping[DatasetAt, Sequence[SchemaStatement]]:
        """Give each distinct schema stated of a dataset, with its latest statement by a time.

        Of what is only stated afterwards it is the earliest statement. The order is as above.
        """
        ...

    async def completions(
        self, jobs: Collection[JobName], limit: int
    ) -> Mapping[JobName, Sequence[Completion]]:
        """Give the newest completed runs of each job, the newest first; of none nothing."""
        ...

    async def completed_runs(
        self, jobs: Collection[JobName], since: datetime | None, until: datetime | None = None
    ) -> Sequence[RunKey]:
        """Give the runs of jobs that completed from one time to another (None: ever), both in."""
        ...

    async def readings(self, runs: Collection[RunKey]) -> Mapping[RunKey, Reading]:
        """Give what our reading of the SQL of runs came to; of runs that were not read nothing."""
        ...

    async def named_in(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Collection[JobName]]:
        """Give the jobs with a run whose SQL depends on these datasets; those with none miss.

        It does if the run lists the dataset, or its SQL names it, to read or to write.
        """
        ...

    async def claims(self, vias: Collection[Via]) -> Mapping[Via, Sequence[SeenClaim]]:
        """Give every claim of these makers, whether it holds or not."""
        ...

    async def edges(self, ends: Collection[End], direction: Direction) -> Sequence[Edge]:
        """Give the edges that hold and leave these ends in this direction."""
        ...

    async def ends(self, datasets: Collection[DatasetName]) -> Mapping[DatasetName, Sequence[End]]:
        """Give every known end of datasets: columns ever stated or joined, rows, whole."""
        ...

    async def links(self, things: Collection[Thing], direction: Direction) -> Sequence[Link]:
        """Give the links at dataset grain that leave these things; none to themselves."""
        ...

    async def closure(self, reach: Reach) -> Closure:
        """Give what is reached at column grain: what `walk` gives over `edges` and `ends`."""
        ...

    async def thing_closure(self, reach: ThingReach) -> ThingClosure:
        """Give what is reached at dataset grain: what `walk_things` gives over `links`."""
        ...

    async def search(self, text: str, limit: int) -> Sequence[Match]:
        """Find things whose name holds the text, by `catalog.model.search`, in `Match.order`.

        Of a name longer than 8,000 characters a store may search the beginning alone.
        """
        ...

    async def things(self, after: Thing | None, limit: int) -> Sequence[Thing]:
        """Give known datasets, then jobs, each by (namespace, name)."""
        ...

    async def accepting(self) -> Sequence[Thing]:
        """Give the things for which somebody accepts a change, in `thing_order`."""
        ...

    async def marked(self) -> Sequence[Thing]:
        """Give the things with a saying that `is_mark`s them, in `thing_order`."""
        ...

    async def dbt_nodes(self, ids: Collection[str]) -> Mapping[str, Sequence[JobName]]:
        """Give the jobs that run these nodes of dbt projects, by their unique ids, in order."""
        ...

    async def census(self) -> Census:
        """Count what is known."""
        ...

    async def symlinks(self, known: int) -> Sequence[Told]:
        """Give what is told of other names of datasets, in a lasting order, behind the first ones.

        What is told once is never forgotten, so that somebody who has `known` of them needs only
        the rest.
        """
        ...

    async def namespaces(self) -> Collection[str]:
        """Give the namespaces of known datasets."""
        ...

    def lines(self) -> AsyncIterator[str]:
        """Give the canonical lines of all facts, claims and edges, in no particular order."""
        ...


class NamesReader(GraphReader, Protocol):
    """A graph in which all names of a dataset are one; answers call it by the canonical one."""

    async def canonical(self, dataset: DatasetName) -> DatasetName:
        """Give the name by which answers call a dataset."""
        ...

    async def aliases(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Sequence[DatasetName]]:
        """Give all names of datasets, each dataset's own among them, the canonical one first.

        These are spellings too under which nobody may ever have told anything.
        """
        ...

    async def called(self, dataset: DatasetName) -> Sequence[DatasetName]:
        """Give the other names of a dataset that somebody used or told."""
        ...

    async def entangled(self, datasets: Collection[DatasetName]) -> frozenset[DatasetName]:
        """Give all names that symlinks connect with these, whether they are one dataset or not."""
        ...


class GraphWriter(GraphReader, Protocol):
    """Keeps the graph. One projector writes at a time."""

    async def apply(self, changes: Changes) -> None:
        """Apply changes as one: all of them, with the cursor, or nothing.

        Afterwards the claims of every maker that they concern hold by `currency.holding`, and the
        edges are those of the holding claims.
        """
        ...

    async def clear(self) -> None:
        """Forget everything."""
        ...

    async def close(self) -> None:
        """Let go of what the store holds."""
        ...


class NamesWriter(NamesReader, GraphWriter, Protocol):
    """A graph in which all names of a dataset are one, to be written to."""
