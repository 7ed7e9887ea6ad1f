"""What could be dropped: everything that nobody has read since some time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TypeAlias

from catalog.lineage.unused import Reader, Unused, unused_in
from catalog.model.claim import Via
from catalog.model.description import ConsumerSort, code_of, describe
from catalog.model.edge import Direction
from catalog.model.page import Page, PageEdge, PageInfo, page_with
from catalog.ports import NamesReader
from ingest.flows import end_order, owner_of
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
        async for dataset in self._datasets(last):
            for one in await self.of(dataset):
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

    async def all(self) -> AsyncIterator[list[Unused]]:
        """Give all of it, one dataset after the other: of most of them nothing."""
        async for dataset in self._datasets(None):
            yield await self.of(dataset)

    async def of(self, dataset: DatasetName) -> list[Unused]:
        """Give a dataset, or columns of it, that nobody reads; nothing of a marked consumer."""
        dataset = await self._graph.canonical(dataset)
        said = await self._graph.sayings([dataset])
        if describe(said.get(dataset, {})).consumer not in (None, ConsumerSort.NONE):
            return []
        ends = (await self._graph.ends([dataset]))[dataset]
        edges = await self._graph.edges(ends, Direction.DOWNSTREAM)
        readers = {via: await self._reader(via) for via in {edge.via for edge in edges}}
        written = await self._first_written(dataset)
        return list(unused_in(dataset, ends, edges, readers, written, self._since))

    async def _datasets(self, last: Place | None) -> AsyncIterator[DatasetName]:
        """Give the dataset of the place, of which there may be more, and those behind it."""
        after = last.dataset if isinstance(last, ColumnName) else last
        if isinstance(last, ColumnName):
            yield last.dataset
        while things := await self._graph.things(after, _AT_ONCE):
            for thing in things:
                if isinstance(thing, JobName):
                    return
                yield thing
            after = things[-1] if isinstance(things[-1], DatasetName) else after

    async def _reader(self, via: Via) -> Reader:
        if via not in self._readers:
            by_design = Reader(None, test=False, bound=True)
            self._readers[via] = await self._job(via) if isinstance(via, JobName) else by_design
        return self._readers[via]

    async def _job(self, job: JobName) -> Reader:
        newest = (await self._graph.completions([job], 1)).get(job, ())
        runs = [RunKey(one.run_id, job) for one in newest]
        folds, readings = await self._graph.folds(runs), await self._graph.readings(runs)
        said = await self._graph.sayings([job])
        kind = code_of(said.get(job, {}), next(iter(folds.values()), None)).job_type
        return Reader(
            newest[0].stamp.time if newest else None,
            test=kind is not None and kind.type == _TEST,
            bound=all(reading.bound for reading in readings.values()),
        )

    async def _first_written(self, dataset: DatasetName) -> datetime | None:
        links = await self._graph.links([dataset], Direction.UPSTREAM)
        claims = await self._graph.claims({link.via for link in links})
        times = (
            seen.first
            for of in claims.values()
            for seen in of
            if dataset in {owner_of(flow.target) for flow in seen.claim.flows}
        )
        return min(times, default=None)


def _follows(place: Place, last: Place) -> bool:
    if isinstance(place, ColumnName) and isinstance(last, ColumnName):
        return place.dataset != last.dataset or end_order(place) > end_order(last)
    return place != last
