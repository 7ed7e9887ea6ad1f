"""Answers from the graph, but for closures and search."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from catalog.lineage.thing_closure import Link
from catalog.model.alias import Told
from catalog.model.census import Census, JobsOfTier, count_readings
from catalog.model.claim import Completion, DatasetAt, SchemaStatement, SeenClaim, Via
from catalog.model.description import CONSUMER_TAG, is_mark, jobs_by_node
from catalog.model.edge import Direction, Edge
from catalog.model.reading import Reading, SqlOf
from catalog.model.thing import Thing, ThingSlot, thing_order
from catalog.stores.codec import in_statement_order
from catalog.stores.lines import claim_line, edge_line, fold_line, saying_line, schema_line
from catalog.stores.neo4j.connection import Connection, Row, Transaction, pairs, rows
from catalog.stores.neo4j.keys import end_key, thing_key, witness_key
from catalog.stores.neo4j.queries import queries
from catalog.stores.neo4j.rows import (
    completions_from_rows,
    edge_from_row,
    ends_from_rows,
    fold_from_property,
    links_from_rows,
    reading_from_property,
    said_from_property,
    schema_from_row,
    seen_claim_from_row,
    thing_from_row,
    time_text,
)
from ingest.facts import Acceptance, DbtNode, Symlinks, Tags
from ingest.flows import End, Rows, Tier, Whole, end_order
from ingest.folds import RunFold, Said
from ingest.names import DatasetName, JobName, RunKey

_Q = queries("reading")

T = TypeVar("T")

ENDS_IN_A_ROW = 500
"""Of how many ends the edges come as one row: the server holds a whole row at once."""
_LATEST = "~"
"""Sorts behind every stamp."""


async def cursor(transaction: Transaction) -> int:
    """Give the position in the log up to which the graph is made."""
    [[position]] = await rows(transaction, _Q["cursor"])
    return position


async def sql_cursor(transaction: Transaction) -> int:
    """Give the position in the log up to which the SQL in it is read."""
    [[position]] = await rows(transaction, _Q["sql_cursor"])
    return position


async def folds(transaction: Transaction, runs: Iterable[RunKey]) -> Mapping[RunKey, RunFold]:
    """Give what is known of runs."""
    [[found]] = await rows(transaction, _Q["folds"], keys=[thing_key(run) for run in runs])
    return {fold.run: fold for fold in map(fold_from_property, found)}


async def recent_runs(
    transaction: Transaction, thing: Thing | None, limit: int, before: RunKey | None
) -> Sequence[RunFold]:
    """Give runs, the latest heard of first."""
    heard, key = _LATEST, ""
    if before is not None:
        key = thing_key(before)
        known = await rows(transaction, _Q["heard"], key=key)
        if not known:
            return ()
        [[heard]] = known
    query = _Q["recent_runs"] if thing is None else _Q["recent_runs_of"]
    of = None if thing is None else thing_key(thing)
    found = await rows(transaction, query, thing=of, limit=limit, heard=heard, key=key)
    return [fold_from_property(fold) for [fold] in found]


async def sayings(
    transaction: Transaction, things: Iterable[Thing]
) -> Mapping[Thing, Mapping[ThingSlot, Said]]:
    """Give what is said about things apart from runs; things never named are missing."""
    keyed = {thing_key(thing): thing for thing in things}
    found = await rows(transaction, _Q["sayings"], keys=list(keyed))
    return {keyed[key]: dict(_said(keyed[key], told)) for key, told in found}


def _said(thing: Thing, told: Iterable[Row]) -> Iterable[tuple[ThingSlot, Said]]:
    for facet, body in told:
        said = said_from_property(body)
        yield ThingSlot(thing, said.producer, facet), said


async def schemas(
    transaction: Transaction, datasets: Iterable[DatasetName]
) -> Mapping[DatasetName, Sequence[SchemaStatement]]:
    """Give each distinct schema stated of a dataset, with its latest statement."""
    keyed = {thing_key(dataset): dataset for dataset in datasets}
    found = await rows(transaction, _Q["schemas"], keys=list(keyed))
    return {keyed[key]: _statements(stated) for key, stated in found}


async def schemas_at(
    transaction: Transaction, asked: Collection[DatasetAt]
) -> Mapping[DatasetAt, Sequence[SchemaStatement]]:
    """Give each distinct schema stated of a dataset, with its latest statement by a time."""
    places = list(asked)
    found = await rows(
        transaction,
        _Q["schemas_at"],
        asked=[
            {
                "place": place,
                "key": thing_key(one.dataset),
                "at": time_text(one.at.astimezone(UTC)),
            }
            for place, one in enumerate(places)
        ],
    )
    return {places[place]: _statements(stated) for place, stated in found}


def _statements(stated: Iterable[Row]) -> list[SchemaStatement]:
    return in_statement_order(map(schema_from_row, stated))


async def completions_by_key(
    transaction: Transaction, jobs: Iterable[str], limit: int
) -> Mapping[str, list[Completion]]:
    """Give the newest completed runs of jobs, by the jobs' keys, the newest first."""
    found = await pairs(transaction, _Q["completions"], jobs=list(jobs), limit=limit)
    return {job: completions_from_rows(runs) for job, runs in found.items()}


async def completions(
    transaction: Transaction, jobs: Iterable[JobName], limit: int
) -> Mapping[JobName, Sequence[Completion]]:
    """Give the newest completed runs of each job, the newest first."""
    keyed = {thing_key(job): job for job in jobs}
    return {
        keyed[key]: done
        for key, done in (await completions_by_key(transaction, keyed, limit)).items()
        if done
    }


async def completed_runs(
    transaction: Transaction,
    jobs: Iterable[JobName],
    since: datetime | None,
    until: datetime | None,
) -> Sequence[RunKey]:
    """Give the runs of jobs that completed from one time to another."""
    keyed = {thing_key(job): job for job in jobs}
    found = await rows(
        transaction,
        _Q["completed_runs"],
        jobs=list(keyed),
        since=time_text(since.astimezone(UTC)) if since else "",
        until=time_text(until.astimezone(UTC)) if until else _LATEST,
    )
    return [RunKey(run_id, keyed[job]) for job, run_id in found]


async def readings(transaction: Transaction, runs: Iterable[RunKey]) -> Mapping[RunKey, Reading]:
    """Give what our reading of the SQL of runs came to."""
    keyed = {witness_key(SqlOf(run)): run for run in runs}
    found = await pairs(transaction, _Q["readings"], keys=list(keyed))
    return {keyed[key]: reading_from_property(packed) for key, packed in found.items()}


async def named_in(
    transaction: Transaction, datasets: Iterable[DatasetName]
) -> Mapping[DatasetName, Collection[JobName]]:
    """Give the jobs with a run whose SQL depends on these datasets."""
    keyed = {thing_key(dataset): dataset for dataset in datasets}
    found = await pairs(transaction, _Q["named_in"], keys=list(keyed))
    return {
        keyed[key]: {job for row in jobs if isinstance(job := thing_from_row(row), JobName)}
        for key, jobs in found.items()
    }


async def claims(
    transaction: Transaction, vias: Iterable[Via]
) -> Mapping[Via, Sequence[SeenClaim]]:
    """Give every claim of these makers, whether it holds or not."""
    keyed = {thing_key(via): via for via in vias}
    found = await pairs(transaction, _Q["claims"], keys=list(keyed))
    return {
        via: [seen_claim_from_row(row) for row in found.get(key, ())] for key, via in keyed.items()
    }


async def edges(
    transaction: Transaction, ends: Iterable[End], direction: Direction
) -> Sequence[Edge]:
    """Give the edges that hold and leave these ends in this direction."""
    query = _Q[f"edges_{direction.lower()}"]
    keys = sorted(end_key(end) for end in ends)
    found: list[Edge] = []
    for some in chunks(keys):
        [[told, named]] = await rows(transaction, query, keys=some)
        makers = dict[str, Row](named)
        found += [
            edge_from_row([*along(direction, start, end), kind, subtype, makers[via], masking])
            for start, end, kind, subtype, via, masking in told
        ]
    return found


def chunks(whole: Sequence[T]) -> Iterator[Sequence[T]]:
    """Give ends, or their keys, as many at a time as may be asked of in one question."""
    for start in range(0, len(whole), ENDS_IN_A_ROW):
        yield whole[start : start + ENDS_IN_A_ROW]


def along(direction: Direction, start: Row, end: Row) -> tuple[Row, Row]:
    """Give the source and the target of an edge that leaves `start` in a direction."""
    return (start, end) if direction is Direction.DOWNSTREAM else (end, start)


async def ends(
    transaction: Transaction, datasets: Iterable[DatasetName]
) -> Mapping[DatasetName, Sequence[End]]:
    """Give every known end of datasets; every dataset has rows, and is a whole."""
    keyed = {thing_key(dataset): dataset for dataset in datasets}
    [[told]] = await rows(transaction, _Q["ends"], keys=list(keyed))
    found = dict[str, list[Row]](told)
    return {
        dataset: sorted(
            {Rows(dataset), Whole(dataset), *ends_from_rows(found.get(key, ()))}, key=end_order
        )
        for key, dataset in keyed.items()
    }


async def links(
    transaction: Transaction, things: Iterable[Thing], direction: Direction
) -> Sequence[Link]:
    """Give the links at dataset grain that leave these things."""
    query = _Q[f"links_{direction.lower()}"]
    [[found]] = await rows(transaction, query, keys=sorted(thing_key(thing) for thing in things))
    return links_from_rows(found)


async def things(transaction: Transaction, after: Thing | None, limit: int) -> Sequence[Thing]:
    """Give known datasets, then jobs, each by name."""
    place = [int(isinstance(after, JobName)), after.namespace, after.name] if after else None
    found = await rows(transaction, _Q["things"], after=place, limit=limit)
    return [thing_from_row(row) for [row] in found]


async def symlinks(transaction: Transaction, known: int) -> Sequence[Told]:
    """Give what is told of other names of datasets, but for the first `known`."""
    found = await rows(transaction, _Q["symlinks"], known=known)
    return [
        Told(dataset, saying)
        for thing, body in found
        if isinstance(dataset := thing_from_row(thing), DatasetName)
        and isinstance(saying := said_from_property(body).saying, Symlinks)
    ]


async def namespaces(transaction: Transaction) -> Collection[str]:
    """Give the namespaces of known datasets."""
    [[found]] = await rows(transaction, _Q["namespaces"])
    return frozenset(found)


async def accepting(transaction: Transaction) -> Sequence[Thing]:
    """Give the things for which somebody accepts a change, in order."""
    found = await rows(transaction, _Q["accepting"], kind=Acceptance.__name__)
    return sorted({thing_from_row(row) for [row] in found}, key=thing_order)


async def marked(transaction: Transaction) -> Sequence[Thing]:
    """Give the things that somebody marks as consumers, or as none, in order."""
    found = await rows(transaction, _Q["marked"], kind=Tags.__name__, key=CONSUMER_TAG)
    marks = {thing_from_row(row) for row, body in found if is_mark(said_from_property(body).saying)}
    return sorted(marks, key=thing_order)


async def dbt_nodes(
    transaction: Transaction, ids: Collection[str]
) -> Mapping[str, Sequence[JobName]]:
    """Give the jobs that run these nodes of dbt projects, in order."""
    found = await rows(transaction, _Q["said_of_kind"], kind=DbtNode.__name__)
    return jobs_by_node(
        ((thing_from_row(row), said_from_property(body)) for row, body in found), ids
    )


async def census(transaction: Transaction) -> Census:
    """Count what is known."""
    [[datasets, columns, jobs, runs, links]] = await rows(transaction, _Q["census"])
    tiers = list(Tier)
    packed = await rows(transaction, _Q["latest_readings"])
    by_tier: dict[int, int]
    ranks = {tier: rank for rank, tier in enumerate(tiers)}
    by_tier = await pairs(transaction, _Q["tiers_of_jobs"], ranks=ranks)
    return Census(
        datasets=datasets,
        columns=columns,
        jobs=jobs,
        runs=runs,
        links=links,
        jobs_by_tier=tuple(JobsOfTier(tiers[rank], by_tier[rank]) for rank in sorted(by_tier)),
        sql=count_readings(
            (job, reading_from_property(reading))
            for row, reading in packed
            if isinstance(job := thing_from_row(row), JobName)
        ),
    )


async def lines(connection: Connection) -> AsyncIterator[str]:
    """Give the canonical lines of all there is."""
    async for [fold] in connection.stream(_Q["all_runs"]):
        yield fold_line(fold_from_property(fold))
    async for thing, producer, facet, body in connection.stream(_Q["all_sayings"]):
        slot = ThingSlot(thing_from_row(thing), producer, facet)
        yield saying_line(slot, said_from_property(body))
    async for row in connection.stream(_Q["all_schemas"]):
        yield schema_line(schema_from_row(row))
    async for row in connection.stream(_Q["all_claims"]):
        yield claim_line(seen_claim_from_row(row))
    async for row in connection.stream(_Q["all_edges"]):
        yield edge_line(edge_from_row(row))
