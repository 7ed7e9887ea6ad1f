"""Runs: views on what their events tell together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry

from catalog.api.graphql.context import Info
from catalog.api.graphql.datasets import DatasetType
from catalog.api.graphql.jobs import JobView
from catalog.api.graphql.values import FailureType, NominalTimeType, StatisticsType
from ingest.facts import (
    EventType,
    Failure,
    NominalTime,
    Parent,
    Role,
    Statistics,
    Touched,
    Verbatim,
)
from ingest.folds import RunFold, sayings
from ingest.names import DatasetName, JobName, encode_id

_Run = Annotated["RunType", strawberry.lazy("catalog.api.graphql.runs")]


@strawberry.type(name="RunDataset", description="A dataset that a run read or wrote.")
class RunDatasetType:
    dataset: DatasetType = strawberry.field(description="The dataset.")
    statistics: StatisticsType | None = strawberry.field(description="How much of it, if told.")


@strawberry.type(name="Run", description="One run of a job, as its events tell together.")
class RunType:
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, RunFold)

    @strawberry.field(description="Opaque, stable, fit for URLs.")
    @staticmethod
    def id(root: strawberry.Parent[RunFold]) -> strawberry.ID:
        return strawberry.ID(encode_id(root.run))

    @strawberry.field(description="The id that the producer gave it.")
    @staticmethod
    def run_id(root: strawberry.Parent[RunFold]) -> str:
        return root.run.run_id

    @strawberry.field(graphql_type=JobView, description="The job that ran.")
    @staticmethod
    def job(root: strawberry.Parent[RunFold]) -> JobName:
        return root.run.job

    @strawberry.field(
        description="COMPLETE, FAIL or ABORT once it ended; else START or RUNNING.",
    )
    @staticmethod
    def state(root: strawberry.Parent[RunFold]) -> EventType | None:
        return root.state

    @strawberry.field(description="When it first started.")
    @staticmethod
    def started_at(root: strawberry.Parent[RunFold]) -> datetime | None:
        return root.started_at

    @strawberry.field(description="When it ended.")
    @staticmethod
    def ended_at(root: strawberry.Parent[RunFold]) -> datetime | None:
        return root.ended_at

    @strawberry.field(description="How often it was started.")
    @staticmethod
    def attempts(root: strawberry.Parent[RunFold]) -> int:
        return root.attempts

    @strawberry.field(description="Which code ran: `sql:…`, `code:…`, `location:…` or `none`.")
    @staticmethod
    def code_version(root: strawberry.Parent[RunFold]) -> str:
        return root.code_version

    @strawberry.field(graphql_type=FailureType | None, description="Why it failed, if told.")
    @staticmethod
    def failure(root: strawberry.Parent[RunFold]) -> Failure | None:
        return root.find(Failure)

    @strawberry.field(graphql_type=NominalTimeType | None, description="What it was scheduled for.")
    @staticmethod
    def nominal_time(root: strawberry.Parent[RunFold]) -> NominalTime | None:
        return root.find(NominalTime)

    @strawberry.field(graphql_type=_Run | None, description="The run that started it.")
    @staticmethod
    async def parent(root: strawberry.Parent[RunFold], info: Info) -> RunFold | None:
        told = root.find(Parent)
        return await info.context.folds.load(told.run) or RunFold(told.run) if told else None

    @strawberry.field(graphql_type=list[RunDatasetType], description="What it read.")
    @staticmethod
    def inputs(root: strawberry.Parent[RunFold]) -> Sequence[RunDatasetType]:
        return _touched(root, Role.INPUT)

    @strawberry.field(
        graphql_type=list[RunDatasetType], description="What it wrote, or tried to if it failed."
    )
    @staticmethod
    def outputs(root: strawberry.Parent[RunFold]) -> Sequence[RunDatasetType]:
        return _touched(root, Role.OUTPUT)

    @strawberry.field(description="Keys of its facets that are kept as they were sent.")
    @staticmethod
    def facets(root: strawberry.Parent[RunFold]) -> Sequence[str]:
        return sorted({one.key for _, _, one in sayings(root.said, Verbatim)})


def _touched(fold: RunFold, role: Role) -> list[RunDatasetType]:
    amounts = {
        slot.about: amount
        for slot, _, amount in sayings(fold.said, Statistics)
        if slot.role is role
    }
    names = [
        slot.about
        for slot, _, _ in sayings(fold.said, Touched)
        if slot.role is role and isinstance(slot.about, DatasetName)
    ]
    made: Any = RunDatasetType
    return [made(dataset=name, statistics=amounts.get(name)) for name in sorted(set(names))]
