"""A warehouse of many columns in a graph: layers of tables, hubs with a Zipf tail."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from catalog.model.claim import Claim, Contribution, SchemaStatement
from catalog.ports import Changes
from ingest.facts import EventType, Field, Schema, Stamp
from ingest.flows import Flow, Kind, Rows, Subtype, Tier, sorted_flows
from ingest.folds import NO_VERSION, RunFold
from ingest.names import ColumnName, DatasetName, JobName, RunKey

COLUMNS = 25
LAYERS = 8
EDGES_OF_A_COLUMN = 5
BATCH = 100
WORDS = ("order", "customer", "amount", "price", "date", "status", "region", "code", "net", "tax")
START = datetime(2026, 1, 1, tzinfo=UTC)
HUB = DatasetName("postgres://warehouse:5432", "layer0.table0")


def warehouse(columns: int, seed: int = 1) -> Iterator[Changes]:
    """Give the changes that make a warehouse: one job a table, in batches."""
    chance = random.Random(seed)
    tables = columns // COLUMNS
    made: list[DatasetName] = []
    batch: list[tuple[RunFold, Contribution]] = []
    for number in range(tables):
        layer = number * LAYERS // tables
        name = DatasetName(HUB.namespace, f"layer{layer}.table{number}")
        batch.append(_written(number, name, made if layer else [], chance))
        made.append(name)
        if len(batch) == BATCH or number == tables - 1:
            folds = {fold.run: fold for fold, _ in batch}
            yield Changes(number + 1, folds, contributions=[one for _, one in batch])
            batch = []


def column(dataset: DatasetName, place: int) -> ColumnName:
    """Give a column: distinct names are many fewer than columns."""
    number = place * 7919 % 1009
    return ColumnName(dataset, (f"{WORDS[place % len(WORDS)]}_{WORDS[number % 7]}_{place}",))


def _written(
    number: int, table: DatasetName, made: list[DatasetName], chance: random.Random
) -> tuple[RunFold, Contribution]:
    job = JobName("airflow", f"build_{number}")
    run, stamp = (
        RunKey(f"run-{number}", job),
        Stamp(START + timedelta(minutes=number), 2, str(number)),
    )
    schema = Schema(tuple(Field(column(table, n).path, "int") for n in range(COLUMNS)), full=True)
    sources = [made[_zipf(len(made), chance)] for _ in range(3)] if made else []
    claims = [_claim(job, table, sources, chance)] if sources else []
    times = {EventType.COMPLETE: stamp}
    contribution = Contribution(
        run,
        stamp,
        claims=tuple(claims),
        schemas=(SchemaStatement(table, stamp, "bench", schema),),
        reads=tuple(sorted(set(sources))),
        writes=(table,),
    )
    return RunFold(run, times, times), contribution


def _claim(
    job: JobName, table: DatasetName, sources: list[DatasetName], chance: random.Random
) -> Claim:
    flows = [
        Flow(
            column(sources[n % len(sources)], chance.randrange(COLUMNS)),
            column(table, place),
            Kind.INDIRECT if n > 1 else Kind.DIRECT,
            Subtype.JOIN if n > 1 else Subtype.TRANSFORMATION,
        )
        for place in range(COLUMNS)
        for n in range(EDGES_OF_A_COLUMN)
    ]
    flows += [Flow(Rows(one), Rows(table), Kind.DIRECT, Subtype.IDENTITY) for one in sources]
    return Claim(
        job, table, Tier.FACET, "bench", NO_VERSION, None, precise=True, flows=sorted_flows(flows)
    )


def _zipf(count: int, chance: random.Random) -> int:
    """Give a place below `count`: the first are taken by far the most often."""
    return (
        min(int(chance.paretovariate(0.6)) - 1, count - 1)
        if chance.random() < 0.5
        else (chance.randrange(count))
    )
