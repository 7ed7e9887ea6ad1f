"""Asking an exported snapshot of a catalog."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from catalog.aliases.nodes import made_of
from catalog.check.beyond.elsewhere import Behind, Label, Refused
from catalog.errors import Invalid, NotFound
from catalog.impact.binding import Memory
from catalog.lineage.consumers import candidates, consumers
from catalog.lineage.thing_closure import ThingReach
from catalog.model.description import ConsumerSort, Criticality, Description, code_of, describe
from catalog.model.edge import Direction
from catalog.model.project import Project
from catalog.model.report import Acknowledgement, Report, ThingKind
from catalog.model.report import Criticality as Level
from catalog.model.thing import Thing
from catalog.parsing.reader import LocalReader
from catalog.ports import NamesReader
from catalog.whatif.answer import impact, judged
from catalog.whatif.composed import Composed
from catalog.whatif.readers import writing
from catalog.whatif.tags import inherited_tags, label_of, tags_on, unmasked
from ingest.names import ColumnName, DatasetName, JobName

OLD = timedelta(days=7)
"""A snapshot of that age may know too little of today."""

MOST = 5_000
"""How many things behind one are looked at."""


class Snapshot:
    """A catalog as it was when it was exported.

    `run`: runs a question to its end.
    """

    def __init__(
        self,
        graph: NamesReader,
        exported_at: datetime,
        now: datetime,
        run: Callable[[Callable[[], Awaitable[Any]]], Any],
    ) -> None:
        self._graph = graph
        self._age = now - exported_at
        self._run = run

    @property
    def outdated(self) -> bool:
        """Tell whether it was exported too long ago."""
        return self._age > OLD

    def known(self, datasets: Collection[DatasetName]) -> Mapping[DatasetName, DatasetName]:
        """Give those of these that it knows, each with the name by which it calls it."""
        things: Collection[Thing] = datasets
        said = self._run(lambda: self._graph.sayings(things))
        names = self._run(lambda: self._graph.aliases(datasets))
        return {one: names[one][0] for one in datasets if one in said}

    def made_of(self, nodes: Collection[str]) -> Mapping[str, Sequence[DatasetName]]:
        """Give what dbt made of nodes of its projects."""
        return self._run(lambda: made_of(self._graph, nodes))

    def impact(self, changes: Sequence[Composed]) -> Report:
        """Judge changes."""
        try:
            return self._run(lambda: impact(self._graph, LocalReader(), changes, _judged))
        except (Invalid, NotFound) as error:
            raise Refused(str(error)) from error

    def accepted(self) -> Sequence[Acknowledgement]:
        """Give what people accept, of things and changes as the catalog calls them."""
        return self._run(self._accepted)

    async def _accepted(self) -> Sequence[Acknowledgement]:
        said = await self._graph.sayings(await self._graph.accepting())
        return [
            Acknowledgement(thing.namespace, thing.name, word.change, word.by, word.why, word.until)
            for thing, of in said.items()
            for word in describe(of).acknowledgements
        ]

    def labels(self, columns: Collection[ColumnName]) -> Mapping[ColumnName, Sequence[Label]]:
        """Give the labels that columns have, and those that come with their values."""
        return {one: self._run(lambda one=one: self._labels(one)) for one in columns}

    async def _labels(self, column: ColumnName) -> Sequence[Label]:
        column = ColumnName(await self._graph.canonical(column.dataset), column.path)
        said = await self._graph.sayings([column.dataset])
        own = tags_on(column, {thing: describe(of) for thing, of in said.items()})
        inherited = await inherited_tags(self._graph, column)
        return [
            *(Label(label_of(tag)) for tag in own),
            *(Label(label_of(one.tag), _spelled(one.source)) for one in inherited),
        ]

    def exposed(self, columns: Collection[ColumnName]) -> Mapping[ColumnName, Sequence[Behind]]:
        """Give the consumers that the values of columns come to, unmasked."""
        return {one: self._run(lambda one=one: self._exposed(one)) for one in columns}

    async def _exposed(self, column: ColumnName) -> Sequence[Behind]:
        column = ColumnName(await self._graph.canonical(column.dataset), column.path)
        met = candidates((await unmasked(self._graph, [column])).reached)
        said = await self._graph.sayings(list(met))
        described = {thing: describe(said.get(thing, {})) for thing in met}
        jobs = [thing for thing in met if isinstance(thing, JobName)]
        others = await self._tests(met) | await writing(self._graph, jobs)
        found = consumers(met, described, others)
        return [_behind(one.thing, described[one.thing], consumer=True) for one in found]

    async def _tests(self, things: Collection[Thing]) -> frozenset[JobName]:
        found: set[JobName] = set()
        for job in things:
            if isinstance(job, JobName):
                said = (await self._graph.sayings([job])).get(job, {})
                latest = next(iter(await self._graph.recent_runs(job, 1)), None)
                kind = code_of(said, latest).job_type
                found |= {job} if kind is not None and kind.type == "TEST" else set()
        return frozenset(found)

    def behind(self, dataset: DatasetName) -> tuple[Sequence[Behind], bool]:
        """Give what reads a dataset, over any number of steps, and whether that is not all."""
        return self._run(lambda: self._behind(dataset))

    async def _behind(self, dataset: DatasetName) -> tuple[Sequence[Behind], bool]:
        reach = ThingReach((dataset,), Direction.DOWNSTREAM, limit=MOST)
        closure = await self._graph.thing_closure(reach)
        things = [one.thing for one in closure.reached]
        said = await self._graph.sayings(things)
        return [_behind(one, describe(said.get(one, {}))) for one in things], closure.truncated


async def _judged(base: Project, head: Project) -> Report:
    return judged(base, head, Memory())


def _spelled(column: ColumnName) -> str:
    return f"{column.dataset.name}.{'.'.join(column.path)}"


def _behind(thing: Thing, said: Description, *, consumer: bool = False) -> Behind:
    kind = ThingKind.DATASET if isinstance(thing, DatasetName) else ThingKind.JOB
    if consumer or (said.consumer and said.consumer != ConsumerSort.NONE):
        kind = ThingKind.CONSUMER
    owners = tuple(owner.name for owner in said.owners)
    return Behind(kind, thing.namespace, thing.name, owners, _level(said.criticality))


def _level(criticality: Criticality) -> Level:
    return Level[criticality.name]
