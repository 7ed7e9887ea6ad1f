"""What a question is answered from, and the batching of look-ups inside one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.fastapi import BaseContext

from catalog.intake import Intake
from catalog.lineage.currency import RECENT_RUNS
from catalog.lineage.evidence import Testimony
from catalog.model.claim import Completion, SchemaStatement, Via
from catalog.model.description import Code, Description, code_of, describe
from catalog.model.reading import Reading
from catalog.model.schema import SchemaInForce, schema_in_force
from catalog.model.thing import Thing
from catalog.parsing.reader import SqlReader
from catalog.ports import Clock, EventLog, NamesReader
from catalog.projector.stage import Stage
from catalog.whatif.reports import Reports
from ingest.facts import Field
from ingest.flows import End
from ingest.folds import RunFold
from ingest.names import ColumnName, DatasetName, JobName, RunKey


@dataclass
class Context(BaseContext):
    """One question's view of the catalog."""

    graph: NamesReader
    log: EventLog
    clock: Clock
    intake: Intake
    stage: Stage
    sql: SqlReader
    reports: Reports
    known: DataLoader[Thing, bool] = field(init=False)
    descriptions: DataLoader[Thing, Description] = field(init=False)
    schemas: DataLoader[DatasetName, SchemaInForce] = field(init=False)
    fields: DataLoader[ColumnName, Field | None] = field(init=False)
    ends: DataLoader[DatasetName, Sequence[End]] = field(init=False)
    folds: DataLoader[RunKey, RunFold | None] = field(init=False)
    testimonies: DataLoader[Via, Testimony] = field(init=False)
    codes: DataLoader[JobName, Code] = field(init=False)
    readings: DataLoader[JobName, Reading | None] = field(init=False)

    def __post_init__(self) -> None:
        """Make the loaders."""
        super().__init__()
        self.forget()

    def forget(self) -> None:
        """Make a loader for each sort of look-up; what was looked up before may be no more so."""
        self.known = DataLoader(self._known)
        self.descriptions = DataLoader(self._descriptions)
        self.schemas = DataLoader(self._schemas)
        self.fields = DataLoader(self._fields)
        self.ends = DataLoader(self._ends)
        self.folds = DataLoader(self._folds)
        self.testimonies = DataLoader(self._testimonies)
        self.codes = DataLoader(self._codes)
        self.readings = DataLoader(self._readings)

    async def _known(self, things: list[Thing]) -> list[bool]:
        said = await self.graph.sayings(things)
        return [thing in said for thing in things]

    async def _descriptions(self, things: list[Thing]) -> list[Description]:
        said = await self.graph.sayings(things)
        return [describe(said.get(thing, {})) for thing in things]

    async def _schemas(self, datasets: list[DatasetName]) -> list[SchemaInForce]:
        stated = await self.graph.schemas(datasets)
        none: Sequence[SchemaStatement] = ()
        return [schema_in_force(stated.get(dataset, none)) for dataset in datasets]

    async def _fields(self, columns: list[ColumnName]) -> list[Field | None]:
        datasets = list({column.dataset for column in columns})
        schemas = await self.schemas.load_many(datasets)
        stated = {
            ColumnName(dataset, one.path): one
            for dataset, schema in zip(datasets, schemas, strict=True)
            for one in schema.fields
        }
        return [stated.get(column) for column in columns]

    async def _ends(self, datasets: list[DatasetName]) -> list[Sequence[End]]:
        ends = await self.graph.ends(datasets)
        return [ends.get(dataset, ()) for dataset in datasets]

    async def _folds(self, runs: list[RunKey]) -> list[RunFold | None]:
        folds = await self.graph.folds(runs)
        return [folds.get(run) for run in runs]

    async def _testimonies(self, vias: list[Via]) -> list[Testimony]:
        claims = await self.graph.claims(vias)
        jobs = [via for via in vias if isinstance(via, JobName)]
        completions: Mapping[Via, Sequence[Completion]] = {
            **await self.graph.completions(jobs, RECENT_RUNS)
        }
        return [Testimony(claims.get(via, ()), completions.get(via, ())) for via in vias]

    async def _codes(self, jobs: list[JobName]) -> list[Code]:
        said = await self.graph.sayings(jobs)
        return [
            code_of(said.get(job, {}), next(iter(await self.graph.recent_runs(job, 1)), None))
            for job in jobs
        ]

    async def _readings(self, jobs: list[JobName]) -> list[Reading | None]:
        newest = await self.graph.completions(jobs, 1)
        latest = {job: RunKey(of[0].run_id, job) for job, of in newest.items()}
        readings = await self.graph.readings(latest.values())
        return [readings.get(latest[job]) if job in latest else None for job in jobs]


Info: TypeAlias = strawberry.Info[Context, None]
