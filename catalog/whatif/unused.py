"""What could be dropped: everything that nobody has read since some time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from catalog.lineage.unused import Reader, Unused, unused_in
from catalog.model.claim import Via
from catalog.model.description import ConsumerSort, code_of, describe
from catalog.model.edge import Direction, Edge
from catalog.model.page import Page, PageEdge, PageInfo, page_with
from catalog.model.thing import Thing, ThingSlot
from catalog.ports import NamesReader
from ingest.flows import End, end_order, owner_of
from ingest.folds import Said
from ingest.names import ColumnName, DatasetName, JobName, RunKey, encode_id

Place: TypeAlias = DatasetName | ColumnName
"""A dataset in the order of all, or a column of it in the order of ends."""

MOST = 500
"""How many datasets are looked at for one page."""

_AT_ONCE = 100
_TEST = "TEST"


class Unread:
    """Looks for what nobody has read since some time; remembers who reads."""

    def __init__(self, graph: NamesReader, since: datetime) -> None:
        self._graph = graph
        self._since = since
        self._readers: dict[Via, Reader] = {}

    async def page(self, last: Place | None, size: int) -> Page[Unused]:
        """Give some of it that follows a place, dataset by dataset.

        There may be more although these are fewer than `size`: no more than `MOST` datasets are
        looked at.
        """
        found: list[PageEdge[Unused]] = []
        looked = 0
        async for dataset, unused in self._told(last):
            for one in unused:
                column = one.of if isinstance(one.of, ColumnName) else None
                place = ColumnName(dataset, column.path) if column else dataset
                if last is None or _follows(place, last):
                    found.append(PageEdge(encode_id(place), one))
            looked += 1
            if len(found) > size:
                break
            if looked == MOST:
                return Page(tuple(found), PageInfo(True, encode_id(dataset)), None)
        return page_with(found, size)

    async def all(self) -> AsyncIterator[Sequence[Unused]]:
        """Give all of it, one dataset after the other: of most of them nothing."""
        async for _, unused in self._told(None):
            yield unused

    async def of(self, dataset: DatasetName) -> Sequence[Unused]:
        """Give a dataset, or columns of it, that nobody reads; nothing of a marked consumer."""
        return (await self._among([dataset]))[dataset]

    async def _told(
        self, last: Place | None
    ) -> AsyncIterator[tuple[DatasetName, Sequence[Unused]]]:
        async for datasets in self._datasets(last):
            found = await self._among(datasets)
            for dataset in datasets:
                yield dataset, found[dataset]

    async def _datasets(self, last: Place | None) -> AsyncIterator[Sequence[DatasetName]]:
        """Give the dataset of the place, of which there may be more, and those behind it."""
        after = last.dataset if isinstance(last, ColumnName) else last
        if isinstance(last, ColumnName):
            yield [last.dataset]
        while things := await self._graph.things(after, _AT_ONCE):
            datasets = [thing for thing in things if isinstance(thing, DatasetName)]
            yield datasets
            if len(datasets) < len(things):
                return
            after = datasets[-1]

    async def _among(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Sequence[Unused]]:
        """Give what nobody reads of each dataset; as many look-ups as for one."""
        called = {name: names[0] for name, names in (await self._graph.aliases(datasets)).items()}
        said = await self._graph.sayings(set(called.values()))
        asked = [one for one in set(called.values()) if not _is_consumer(said.get(one, {}))]
        ends = await self._graph.ends(asked)
        edges = await self._leaving(ends)
        readers = await self._read_through({edge.via for of in edges.values() for edge in of})
        written = await self._first_written(asked)
        found = {
            one: tuple(
                unused_in(
                    one,
                    ends[one],
                    edges[one],
                    {edge.via: readers[edge.via] for edge in edges[one]},
                    written.get(one),
                    self._since,
                )
            )
            for one in asked
        }
        return {dataset: found.get(name, ()) for dataset, name in called.items()}

    async def _leaving(
        self, ends: Mapping[DatasetName, Sequence[End]]
    ) -> Mapping[DatasetName, Sequence[Edge]]:
        every = [end for of in ends.values() for end in of]
        leaving: defaultdict[DatasetName, list[Edge]] = defaultdict(list)
        for edge in await self._graph.edges(every, Direction.DOWNSTREAM):
            if isinstance(owner := owner_of(edge.source), DatasetName):
                leaving[owner].append(edge)
        return leaving

    async def _read_through(self, vias: Collection[Via]) -> Mapping[Via, Reader]:
        new = [via for via in vias if via not in self._readers]
        by_design = Reader(None, test=False, bound=True)
        self._readers.update((via, by_design) for via in new if isinstance(via, DatasetName))
        self._readers.update(await self._jobs([via for via in new if isinstance(via, JobName)]))
        return self._readers

    async def _jobs(self, jobs: Collection[JobName]) -> Mapping[Via, Reader]:
        completed = await self._graph.completions(jobs, 1)
        runs = {job: RunKey(newest.run_id, job) for job, [newest] in completed.items()}
        folds = await self._graph.folds(runs.values())
        readings = await self._graph.readings(runs.values())
        said = await self._graph.sayings(jobs)

        def reader(job: JobName) -> Reader:
            run = runs.get(job)
            kind = code_of(said.get(job, {}), folds.get(run) if run else None).job_type
            reading = readings.get(run) if run else None
            return Reader(
                completed[job][0].stamp.time if run else None,
                test=kind is not None and kind.type == _TEST,
                bound=reading is None or reading.bound,
            )

        return {job: reader(job) for job in jobs}

    async def _first_written(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, datetime]:
        writers: defaultdict[Thing, set[Via]] = defaultdict(set)
        for link in await self._graph.links(datasets, Direction.UPSTREAM):
            writers[link.target].add(link.via)
        claims = await self._graph.claims({via for of in writers.values() for via in of})
        first: dict[DatasetName, datetime] = {}
        for via, seen in ((via, seen) for via, of in claims.items() for seen in of):
            for owner in {owner_of(flow.target) for flow in seen.claim.flows}:
                if isinstance(owner, DatasetName) and via in writers[owner]:
                    first[owner] = min(seen.first, first.get(owner, seen.first))
        return first


def _is_consumer(said: Mapping[ThingSlot, Said]) -> bool:
    return describe(said).consumer not in (None, ConsumerSort.NONE)


def _follows(place: Place, last: Place) -> bool:
    if isinstance(place, ColumnName) and isinstance(last, ColumnName):
        return place.dataset != last.dataset or end_order(place) > end_order(last)
    return place != last
