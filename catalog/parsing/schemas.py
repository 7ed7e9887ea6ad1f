"""The schemas against which SQL is bound: those in force at a time, and what changes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from catalog.model.claim import DatasetAt, SchemaStatement
from catalog.model.edge import Direction
from catalog.model.reading import OURSELVES
from catalog.model.schema import SchemaInForce, schema_in_force, stated_whole
from catalog.model.thing import Thing
from catalog.ports import NamesReader
from ingest.names import DatasetName, JobName

TICK = timedelta(microseconds=1)
"""The least difference of two times."""


class Schemas:
    """Looks schemas up while the graph stays as it is.

    What decides whether a derived schema counts is the same for many runs, and remembered.
    """

    def __init__(self, graph: NamesReader) -> None:
        self._graph = graph
        self._stated: dict[DatasetAt, Sequence[SchemaStatement]] = {}
        self._counting: dict[tuple[DatasetName, frozenset[DatasetName]], bool] = {}
        self._writing: dict[DatasetName, frozenset[Thing]] = {}
        self._reading: dict[JobName, frozenset[DatasetName]] = {}
        self._whole: dict[DatasetName, bool] = {}

    async def look_up(self, asked: Collection[DatasetAt]) -> None:
        """Look up at once what will be asked."""
        missing = {one for one in asked if one not in self._stated}
        if missing:
            found = await self._graph.schemas_at(missing)
            self._stated.update((one, found.get(one, ())) for one in missing)

    async def in_force(
        self, datasets: Collection[DatasetName], at: datetime, writes: Collection[DatasetName]
    ) -> Mapping[DatasetName, SchemaInForce]:
        """Give the schemas of datasets that are known whole at a time.

        They are for a statement that writes `writes`.

        What we derived counts for a dataset of which nobody states all columns and which one job
        alone writes, unless it is made, over any number of steps, of what the statement writes.
        """
        await self.look_up([DatasetAt(dataset, at) for dataset in datasets])
        found: dict[DatasetName, SchemaInForce] = {}
        for dataset in datasets:
            statements = self._stated[DatasetAt(dataset, at)]
            derived = is_derived(statements) and await self._counts(dataset, writes)
            schema = schema_in_force(statements, at, derived=derived)
            if schema.full:
                found[dataset] = schema
        return found

    async def _counts(self, dataset: DatasetName, writes: Collection[DatasetName]) -> bool:
        key = (dataset, frozenset(writes))
        if key not in self._counting:
            alone = len(await self.writers(dataset)) == 1
            self._counting[key] = alone and not await self._made_of(dataset, writes)
        return self._counting[key]

    async def writers(self, dataset: DatasetName) -> frozenset[Thing]:
        """Give what writes a dataset."""
        if dataset not in self._writing:
            links = await self._graph.links([dataset], Direction.UPSTREAM)
            self._writing[dataset] = frozenset(link.via for link in links)
        return self._writing[dataset]

    async def _made_of(self, dataset: DatasetName, writes: Collection[DatasetName]) -> bool:
        """Walk against the data, over datasets of which nobody states all columns.

        Whether something is derived for them now does not count: that may depend on the answer.
        """
        written = await self._canonical(writes)
        frontier = await self._canonical([dataset])
        seen = set(frontier)
        while frontier:
            if not frontier.isdisjoint(written):
                return True
            jobs = {
                via
                for one in frontier
                for via in await self.writers(one)
                if isinstance(via, JobName)
            }
            frontier = await self._not_stated(await self._reads(jobs)) - seen
            seen |= frontier
        return False

    async def _reads(self, jobs: Collection[JobName]) -> set[DatasetName]:
        """Give what the SQL of jobs reads, in any of their runs."""
        for job in jobs:
            if job not in self._reading:
                runs = await self._graph.completed_runs([job], None)
                readings = (await self._graph.readings(runs)).values()
                self._reading[job] = frozenset(name for one in readings for name in one.reads)
        return await self._canonical({name for job in jobs for name in self._reading[job]})

    async def _canonical(self, datasets: Collection[DatasetName]) -> set[DatasetName]:
        return {names[0] for names in (await self._graph.aliases(datasets)).values()}

    async def _not_stated(self, datasets: Collection[DatasetName]) -> set[DatasetName]:
        missing = [one for one in datasets if one not in self._whole]
        if missing:
            stated = await self._graph.schemas(missing)
            for one in missing:
                self._whole[one] = stated_whole(stated.get(one, ()))
        return {one for one in datasets if not self._whole[one]}


def is_derived(statements: Sequence[SchemaStatement]) -> bool:
    """Tell whether only our own conclusion tells all columns of a dataset."""
    ours = any(one.producer == OURSELVES for one in statements)
    return ours and not stated_whole(statements)


def hash_of_schemas(schemas: Mapping[DatasetName, SchemaInForce]) -> str:
    """Hash what is known of tables: the columns of those that are known whole."""
    content = [
        [
            name.namespace,
            name.name,
            [[list(one.path), one.type or ""] for one in schema.fields],
        ]
        for name, schema in sorted(schemas.items())
    ]
    text = json.dumps(content, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
