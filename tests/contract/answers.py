"""Everything that a graph answers about the small world of the histories."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from catalog.lineage.closure import Reach
from catalog.lineage.thing_closure import ThingReach
from catalog.model.claim import DatasetAt
from catalog.model.edge import Direction
from catalog.model.thing import Thing
from catalog.ports import GraphReader
from catalog.stores.lines import digest
from ingest.flows import End, Kind, Rows, Whole
from ingest.folds import RunFold
from ingest.names import ColumnName, DatasetName, JobName
from tests.histories.reports import DATASETS, DBT_NODE, JOBS, PATHS, RUNS, START

UNKNOWN_JOB = JobName("nowhere", "nothing")
UNKNOWN: tuple[Thing, ...] = (DatasetName("nowhere", "nothing"), UNKNOWN_JOB)
THINGS: tuple[Thing, ...] = (*DATASETS, *JOBS, *UNKNOWN)
ENDS: tuple[End, ...] = (
    *(ColumnName(dataset, path) for dataset in DATASETS for path in (*PATHS, ("absent",))),
    *(end for dataset in DATASETS for end in (Rows(dataset), Whole(dataset))),
    *JOBS,
    ColumnName(DatasetName("nowhere", "nothing"), ("id",)),
)
MIDST = START + timedelta(days=4)
LATE = MIDST + timedelta(days=90)
TEXTS = ("", "i", "id", "AMOUNT", "address.c", "shop", "Revenue", "load", "ü", ":b/", "%", '"', "x")


async def answers(graph: GraphReader) -> dict[str, object]:
    """Ask everything; the answers of equal graphs are equal."""
    datasets = [thing for thing in THINGS if isinstance(thing, DatasetName)]
    found: dict[str, object] = {
        "cursor": await graph.cursor(),
        "folds": await graph.folds(RUNS),
        "sayings": await graph.sayings(THINGS),
        "schemas": _listed(await graph.schemas(datasets)),
        "ends": _listed(await graph.ends(datasets)),
        "schemas at times": _listed(
            await graph.schemas_at(
                [DatasetAt(name, at) for name in datasets for at in (MIDST, LATE)]
            )
        ),
        "completions": _listed(await graph.completions([*JOBS, UNKNOWN_JOB], 3)),
        "readings": await graph.readings(RUNS),
        "named in": {name: set(jobs) for name, jobs in (await graph.named_in(datasets)).items()},
        "completed": set(await graph.completed_runs(JOBS, None)),
        "completed since": set(await graph.completed_runs(JOBS, MIDST)),
        "completed by then": set(await graph.completed_runs(JOBS, None, MIDST)),
        "claims": _unordered((await graph.claims(THINGS)).items()),
        "census": await graph.census(),
        "accepting": list(await graph.accepting()),
        "marked": list(await graph.marked()),
        "dbt nodes": await graph.dbt_nodes([DBT_NODE, "model.shop.none"]),
        "symlinks": sorted(await graph.symlinks(0), key=repr),
        "namespaces": set(await graph.namespaces()),
        "digest": await digest(graph),
    }
    for thing in (None, *THINGS):
        found[f"runs {thing}"] = list(await graph.recent_runs(thing, 4))
    for direction in Direction:
        found[f"edges {direction}"] = frozenset(await graph.edges(ENDS, direction))
        found[f"links {direction}"] = frozenset(await graph.links(THINGS, direction))
    for reach in _reaches():
        found[f"closure {reach}"] = await graph.closure(reach)
    for reach in _thing_reaches():
        found[f"closure {reach}"] = await graph.thing_closure(reach)
    for text in TEXTS:
        found[f"search {text}"] = list(await graph.search(text, 7))
    found["pages of things"] = [page async for page in _pages_of_things(graph)]
    found["pages of runs"] = [page async for page in _pages_of_runs(graph)]
    return found


def _unordered(claims: Iterable[tuple[Any, Iterable[Any]]]) -> dict[Any, frozenset[Any]]:
    return {via: frozenset(of) for via, of in claims}


def _listed(found: Mapping[Any, Sequence[Any]]) -> dict[Any, list[Any]]:
    return {key: list(of) for key, of in found.items()}


def _reaches() -> Iterator[Reach]:
    for direction in Direction:
        for end in ENDS:
            yield Reach((end,), direction)
        yield Reach(ENDS[:3], direction, depth=1)
        yield Reach(ENDS[:1], direction, limit=2)
        yield Reach(ENDS[:1], direction, frozenset({Kind.DIRECT}))
        yield Reach(ENDS[:1], direction, frozenset({Kind.INDIRECT}), depth=2, limit=1)
        yield Reach(ENDS[:1], direction, frozenset())


def _thing_reaches() -> Iterator[ThingReach]:
    for direction in Direction:
        for thing in THINGS:
            yield ThingReach((thing,), direction)
        yield ThingReach(THINGS[:2], direction, depth=1)
        yield ThingReach(THINGS[:1], direction, limit=1)


async def _pages_of_things(graph: GraphReader) -> AsyncIterator[list[Thing]]:
    last: Thing | None = None
    while page := await graph.things(last, 2):
        yield list(page)
        last = page[-1]


async def _pages_of_runs(graph: GraphReader) -> AsyncIterator[list[RunFold]]:
    page = await graph.recent_runs(None, 2)
    while page:
        yield list(page)
        page = await graph.recent_runs(None, 2, before=page[-1].run)
