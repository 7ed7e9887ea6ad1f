"""A graph in which the names of one dataset are one.

The store keeps every name as it was told. Here a question about a dataset is asked of all its
names, and what is answered is said of the canonical one. So a name that is told late joins what
is there already, and undoing it is forgetting one fact.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from catalog.aliases.classes import Classes
from catalog.aliases.renaming import (
    canonical_claim,
    canonical_edge,
    canonical_end,
    canonical_link,
    canonical_thing,
    ends_in_all_names,
    merged,
)
from catalog.lineage.closure import Closure, EdgesAt, Reach, walk
from catalog.lineage.thing_closure import Link, ThingClosure, ThingReach, walk_things
from catalog.model.alias import Told
from catalog.model.census import Census
from catalog.model.claim import Completion, DatasetAt, SchemaStatement, SeenClaim, Via
from catalog.model.edge import Direction, Edge
from catalog.model.reading import Reading
from catalog.model.search import Match
from catalog.model.thing import Thing, ThingSlot, thing_order
from catalog.ports import Changes, GraphReader, GraphWriter
from catalog.stores.codec import in_statement_order
from ingest.flows import End, end_order, owner_of
from ingest.folds import RunFold, Said
from ingest.names import DatasetName, JobName, RunKey

T = TypeVar("T")


class MergedReader:
    """Answers from a graph as if each dataset had one name: a `GraphReader`, and its names."""

    def __init__(self, graph: GraphReader) -> None:
        self._graph = graph
        self._classes = Classes()
        self._told = 0
        self._refreshing = asyncio.Lock()
        self._moved = 1  # raised by every write
        self._known = 0  # up to which of them names were read

    @property
    def as_told(self) -> GraphReader:
        """The graph with every name as it was told."""
        return self._graph

    # --- names ----------------------------------------------------------------------------

    async def canonical(self, dataset: DatasetName) -> DatasetName:
        """Give the name by which answers call a dataset."""
        return (await self._current()).names(dataset)[0]

    async def aliases(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Sequence[DatasetName]]:
        """Give all names of datasets, each dataset's own among them, the canonical one first.

        These are spellings too under which nobody may ever have told anything.
        """
        classes = await self._current()
        return {dataset: classes.names(dataset) for dataset in datasets}

    async def called(self, dataset: DatasetName) -> Sequence[DatasetName]:
        """Give the other names of a dataset that somebody used or told."""
        classes = await self._current()
        names = [name for name in classes.names(dataset) if name != dataset]
        used = await self._graph.sayings(names)
        return sorted(name for name in names if name in used or classes.is_told(name))

    async def entangled(self, datasets: Collection[DatasetName]) -> frozenset[DatasetName]:
        """Give all names that symlinks connect with these, whether they are one dataset or not."""
        classes = await self._current()
        return frozenset(name for dataset in datasets for name in classes.entangled(dataset))

    async def _current(self) -> Classes:
        if self._known != self._moved:
            async with self._refreshing:
                await self._refresh()
        return self._classes

    async def _refresh(self) -> None:
        """Take in what was told since; if the store does not answer, the next question tries."""
        moved = self._moved
        if self._known != moved:
            told, spaces = await self._graph.symlinks(self._told), await self._graph.namespaces()
            self._classes.add(told, spaces)
            self._told += len(told)
            self._known = moved

    # --- one graph ------------------------------------------------------------------------

    async def sayings(self, things: Collection[Thing]) -> Mapping[Thing, Mapping[ThingSlot, Said]]:
        """Give what is said about things under any of their names."""
        asked = await self._asked(things)
        found = await self._graph.sayings(_all(asked))
        return {
            thing: {slot: said for name in known for slot, said in found[name].items()}
            for thing, names in asked.items()
            if (known := [name for name in names if name in found])
        }

    async def schemas(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Sequence[SchemaStatement]]:
        """Give each distinct schema stated of a dataset under any of its names."""
        asked = await self.aliases(datasets)
        stated = await self._graph.schemas(_all(asked))
        found = {
            dataset: [one for name in names for one in stated.get(name, ())]
            for dataset, names in asked.items()
        }
        return {name: in_statement_order(of) for name, of in found.items() if of}

    async def schemas_at(
        self, asked: Collection[DatasetAt]
    ) -> Mapping[DatasetAt, Sequence[SchemaStatement]]:
        """Give each distinct schema stated by a time of a dataset under any of its names."""
        classes = await self._current()
        by_name = {
            one: [DatasetAt(name, one.at) for name in classes.names(one.dataset)] for one in asked
        }
        stated = await self._graph.schemas_at(_all(by_name))
        found = {
            one: [each for name in names for each in stated.get(name, ())]
            for one, names in by_name.items()
        }
        return {one: in_statement_order(of) for one, of in found.items() if of}

    async def recent_runs(
        self, thing: Thing | None, limit: int, before: RunKey | None = None
    ) -> Sequence[RunFold]:
        """Give runs that touched a thing under any of its names."""
        if thing is None or isinstance(thing, JobName):
            return await self._graph.recent_runs(thing, limit, before)
        runs: dict[RunKey, RunFold] = {}
        for name in (await self.aliases([thing]))[thing]:
            runs |= {one.run: one for one in await self._graph.recent_runs(name, limit, before)}
        return sorted(runs.values(), key=lambda one: (one.heard, one.run), reverse=True)[:limit]

    async def named_in(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Collection[JobName]]:
        """Give the jobs whose SQL depends on datasets under any of their names."""
        asked = await self.aliases(datasets)
        found = await self._graph.named_in(_all(asked))
        named = {
            dataset: frozenset(job for name in names for job in found.get(name, ()))
            for dataset, names in asked.items()
        }
        return {dataset: jobs for dataset, jobs in named.items() if jobs}

    async def claims(self, vias: Collection[Via]) -> Mapping[Via, Sequence[SeenClaim]]:
        """Give every claim of makers under any of their names, in canonical names."""
        classes = await self._current()
        asked = await self._asked(vias)
        found = await self._graph.claims(_all(asked))
        return {
            via: [canonical_claim(one, classes) for name in names for one in found.get(name, ())]
            for via, names in asked.items()
        }

    async def edges(self, ends: Collection[End], direction: Direction) -> Sequence[Edge]:
        """Give the edges that leave ends under any of their names, in canonical names."""
        classes = await self._current()
        raw = {one for end in ends for one in ends_in_all_names(end, classes)}
        found = await self._graph.edges(raw, direction)
        return merged(canonical_edge(edge, classes) for edge in found)

    async def ends(self, datasets: Collection[DatasetName]) -> Mapping[DatasetName, Sequence[End]]:
        """Give every end of datasets under any of their names, in canonical names."""
        classes = await self._current()
        asked = await self.aliases(datasets)
        found = await self._graph.ends(_all(asked))
        return {
            dataset: sorted(
                {canonical_end(end, classes) for name in names for end in found.get(name, ())},
                key=end_order,
            )
            for dataset, names in asked.items()
        }

    async def links(self, things: Collection[Thing], direction: Direction) -> Sequence[Link]:
        """Give the links that leave things under any of their names, in canonical names."""
        classes = await self._current()
        asked = await self._asked(things)
        found = {
            canonical_link(one, classes) for one in await self._graph.links(_all(asked), direction)
        }
        return [link for link in found if link.source != link.target]

    async def closure(self, reach: Reach) -> Closure:
        """Give what is reached at column grain over canonical names.

        The store's own way to it is the right one where no dataset on it has another name.
        """
        classes = await self._current()
        roots = tuple(dict.fromkeys(canonical_end(root, classes) for root in reach.roots))
        reach = replace(reach, roots=roots)
        found = await self._graph.closure(reach)
        met = {owner_of(end) for end in (*roots, *(one.end for one in found.reached))}
        if not await self._have_others(met):
            return found
        steps = walk(reach)
        try:
            question = next(steps)
            while True:
                if isinstance(question, EdgesAt):
                    question = steps.send(await self.edges(question.ends, reach.direction))
                else:
                    question = steps.send(await self.ends(question.datasets))
        except StopIteration as stop:
            return stop.value

    async def thing_closure(self, reach: ThingReach) -> ThingClosure:
        """Give what is reached at dataset grain over canonical names."""
        classes = await self._current()
        roots = tuple(dict.fromkeys(canonical_thing(root, classes) for root in reach.roots))
        reach = replace(reach, roots=roots)
        found = await self._graph.thing_closure(reach)
        if not await self._have_others({*roots, *(one.thing for one in found.reached)}):
            return found
        steps = walk_things(reach)
        try:
            things = next(steps)
            while True:
                things = steps.send(await self.links(things, reach.direction))
        except StopIteration as stop:
            return stop.value

    async def _have_others(self, things: Collection[Thing]) -> bool:
        """Tell whether any of these is called, or also known, by another name."""
        asked = await self._asked(things)
        if any(thing != names[0] for thing, names in asked.items()):
            return True
        others = {name for thing, names in asked.items() for name in names if name != thing}
        return bool(others and await self._graph.sayings(others))

    async def _asked(self, things: Collection[Thing]) -> Mapping[Thing, Sequence[Thing]]:
        classes = await self._current()
        return {
            thing: (thing,) if isinstance(thing, JobName) else classes.names(thing)
            for thing in things
        }

    # --- what has no other names ------------------------------------------------------------

    async def cursor(self) -> int:
        """Give the position in the log up to which the graph is made."""
        return await self._graph.cursor()

    async def sql_cursor(self) -> int:
        """Give the position in the log up to which the SQL in it is read."""
        return await self._graph.sql_cursor()

    async def folds(self, runs: Collection[RunKey]) -> Mapping[RunKey, RunFold]:
        """Give what is known of runs, in the names that were told."""
        return await self._graph.folds(runs)

    async def completions(
        self, jobs: Collection[JobName], limit: int
    ) -> Mapping[JobName, Sequence[Completion]]:
        """Give the newest completed runs of each job, the newest first."""
        return await self._graph.completions(jobs, limit)

    async def completed_runs(
        self, jobs: Collection[JobName], since: datetime | None, until: datetime | None = None
    ) -> Sequence[RunKey]:
        """Give the runs of jobs that completed from one time to another, both in."""
        return await self._graph.completed_runs(jobs, since, until)

    async def readings(self, runs: Collection[RunKey]) -> Mapping[RunKey, Reading]:
        """Give what our reading of the SQL of runs came to, in the names that were told."""
        return await self._graph.readings(runs)

    async def search(self, text: str, limit: int) -> Sequence[Match]:
        """Find things by any of their names."""
        return await self._graph.search(text, limit)

    async def things(self, after: Thing | None, limit: int) -> Sequence[Thing]:
        """Give known datasets, each by the first of its names that was told, then jobs."""
        found: list[Thing] = []
        while len(found) < limit:
            page = await self._graph.things(after, limit)
            found += await self._firsts(page)
            if len(page) < limit:
                break
            after = page[-1]
        return found[:limit]

    async def _firsts(self, things: Sequence[Thing]) -> list[Thing]:
        """Leave out datasets of which another name was told that comes before."""
        asked = await self._asked(things)
        others = {name for names in asked.values() if len(names) > 1 for name in names}
        known = await self._graph.sayings(others)
        return [
            thing
            for thing, names in asked.items()
            if thing == min((one for one in names if one == thing or one in known), key=thing_order)
        ]

    async def accepting(self) -> Sequence[Thing]:
        """Give the things for which somebody accepts a change, in canonical names."""
        classes = await self._current()
        found = {canonical_thing(thing, classes) for thing in await self._graph.accepting()}
        return sorted(found, key=thing_order)

    async def marked(self) -> Sequence[Thing]:
        """Give the things that somebody marks as consumers, or as none, in canonical names."""
        classes = await self._current()
        found = {canonical_thing(thing, classes) for thing in await self._graph.marked()}
        return sorted(found, key=thing_order)

    async def dbt_nodes(self, ids: Collection[str]) -> Mapping[str, Sequence[JobName]]:
        """Give the jobs that run these nodes of dbt projects, by their unique ids, in order."""
        return await self._graph.dbt_nodes(ids)

    async def census(self) -> Census:
        """Count what is known, by the names that were told."""
        return await self._graph.census()

    async def symlinks(self, known: int) -> Sequence[Told]:
        """Give what is told of other names, but for the first `known`."""
        return await self._graph.symlinks(known)

    async def namespaces(self) -> Collection[str]:
        """Give the namespaces of known datasets."""
        return await self._graph.namespaces()

    def lines(self) -> AsyncIterator[str]:
        """Give the canonical lines of what was told."""
        return self._graph.lines()


class MergedGraph(MergedReader):
    """A graph that is written to as well, by nobody else: a `GraphWriter`."""

    def __init__(self, graph: GraphWriter) -> None:
        super().__init__(graph)
        self._writer = graph

    async def apply(self, changes: Changes) -> None:
        """Apply changes as one."""
        await self._writer.apply(changes)
        self._moved += 1

    async def clear(self) -> None:
        """Forget everything."""
        await self._writer.clear()
        self._classes, self._told = Classes(), 0
        self._moved += 1

    async def close(self) -> None:
        """Let go of what the store holds."""
        await self._writer.close()


def _all(asked: Mapping[T, Sequence[T]]) -> Collection[T]:
    return {name for names in asked.values() for name in names}
