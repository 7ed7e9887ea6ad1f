"""A dataset with several names is one: whenever it is told, and however many tell it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Collection, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.aliases.classes import Classes
from catalog.aliases.merged import MergedGraph
from catalog.errors import Unavailable
from catalog.lineage.closure import Reach
from catalog.lineage.thing_closure import ThingReach
from catalog.model.alias import Told
from catalog.model.edge import Direction
from catalog.ports import GraphReader
from catalog.projector.projector import apply
from catalog.stores.memory import MemoryGraph
from ingest.facts import Fact, Identifier, Report, Role, RunEvent, Symlinks
from ingest.flows import End, Rows, Whole
from ingest.names import ColumnName, DatasetName, JobName
from tests.histories.reports import DATASETS, JOBS, PATHS, START, histories

TABLE = DATASETS[0]
LOCATION = DatasetName("s3a://lake", "/warehouse/orders")
FOUND_AT = Fact(LOCATION, Role.SUBJECT, "symlinks", Symlinks((Identifier(TABLE, "TABLE"),)))
TOLD = Report("of-the-location", START, "https://lake", LOCATION, (FOUND_AT,), notices=())

names = st.sampled_from(
    [
        *(DatasetName("hive://h:9083", f"shop.{name}") for name in "abc"),
        *(DatasetName("s3://lake", key) for key in ("x", "/x", "y", "z/")),
        DatasetName("s3a://lake", "x"),
        DatasetName("postgres://localhost", "shop.public.a"),
        DatasetName("postgresql://127.0.0.1:5432", "shop.public.a"),
    ]
)
symlinks = st.builds(
    Told,
    names,
    st.builds(
        Symlinks,
        st.lists(
            st.builds(Identifier, names, st.sampled_from(("TABLE", "LOCATION"))),
            min_size=1,
            max_size=2,
        ).map(tuple),
    ),
)


def called(value: Any, one: DatasetName, other: DatasetName) -> Any:
    """Give the same with another name for a dataset, wherever it stands."""
    if value == one:
        return other
    if type(value) is tuple:
        return tuple(called(it, one, other) for it in cast("tuple[Any, ...]", value))
    if not is_dataclass(cast("object", value)):
        return value
    names = [it.name for it in fields(value) if it.init]
    return replace(value, **{it: called(getattr(value, it), one, other) for it in names})


def is_of(report: Report, jobs: Collection[JobName]) -> bool:
    """Tell whether one of these jobs ran."""
    return isinstance(report.subject, RunEvent) and report.subject.run.job in jobs


async def answers(graph: GraphReader) -> dict[str, object]:
    """Ask for all lineage, and for the schemas without the names that they were stated under."""
    ends: list[End] = [
        *(ColumnName(dataset, path) for dataset in DATASETS for path in PATHS),
        *(end for dataset in DATASETS for end in (Rows(dataset), Whole(dataset))),
    ]
    stated = await graph.schemas(DATASETS)
    found: dict[str, object] = {
        "ends": {name: list(of) for name, of in (await graph.ends(DATASETS)).items()},
        "schemas": {name: [replace(it, dataset=name) for it in of] for name, of in stated.items()},
    }
    for direction in Direction:
        found[f"edges {direction}"] = frozenset(await graph.edges(ends, direction))
        found[f"links {direction}"] = frozenset(await graph.links((*DATASETS, *JOBS), direction))
        for end in ends:
            found[f"{direction} {end}"] = await graph.closure(Reach((end,), direction))
        for name in DATASETS:
            reach = ThingReach((name,), direction)
            found[f"{direction} {name}"] = await graph.thing_closure(reach)
    return found


async def told(history: Sequence[Report], batch: int) -> MergedGraph:
    """Project a history in batches, asking in between."""
    graph = MergedGraph(MemoryGraph())
    for start in range(0, len(history), batch):
        await apply(graph, history[start : start + batch], start + batch)
        await graph.canonical(TABLE)
    return graph


@given(
    histories,
    st.sets(st.sampled_from(JOBS)),
    st.randoms(use_true_random=False),
    st.integers(1, 5),
)
def test_lineage_is_that_of_one_name(
    history: list[Report], jobs: set[JobName], chance: random.Random, batch: int
) -> None:
    """Some jobs know a table by its location; the answers are as if they knew its name."""
    without = [one for one in history if not _tells_names(one)]
    known = [called(one, TABLE, LOCATION) if is_of(one, jobs) else one for one in without]
    shuffled = chance.sample([*known, TOLD], len(known) + 1)
    expected = anyio.run(_answered, [*without], len(without) + 1)
    assert anyio.run(_answered, shuffled, batch) == expected


async def _answered(history: Sequence[Report], batch: int) -> dict[str, object]:
    return await answers(await told(history, batch))


def _tells_names(report: Report) -> bool:
    return any(isinstance(one.saying, Symlinks) for one in report.facts)


@given(st.lists(symlinks, max_size=8), st.randoms(use_true_random=False))
def test_classes_part_all_names_whatever_was_told_first(
    facets: list[Told], chance: random.Random
) -> None:
    """Each name is in one class, and in the same one whatever the order."""
    once, again = Classes(), Classes()
    once.add(facets, ())
    for one in chance.sample(facets, len(facets)):
        again.add([one], ())
        again.names(one.dataset)
    for facet in facets:
        for name in (facet.dataset, *(one.name for one in facet.symlinks.identifiers)):
            of_one = once.names(name)
            assert again.names(name) == of_one
            assert name in of_one
            assert all(once.names(other) == of_one for other in of_one)


def test_a_location_that_different_tables_claim_joins_nothing() -> None:
    folder = DatasetName("s3://lake", "tmp")
    tables = [DatasetName("hive://h:9083", name) for name in ("a", "b")]
    classes = Classes()
    classes.add([Told(folder, Symlinks((Identifier(tables[0], "TABLE"),)))], ())
    assert classes.names(folder)[0] == tables[0]
    classes.add([Told(folder, Symlinks((Identifier(tables[1], "TABLE"),)))], ())
    assert [classes.names(one)[0] for one in (folder, *tables)] == [folder, *tables]


def test_who_asks_by_a_spelling_that_nobody_uses_changes_no_name() -> None:
    """The canonical name is one that was told, whatever was asked for before."""
    used = DatasetName("postgres://db:5432", "shop.public.orders")
    asked = DatasetName("postgres://db", "shop.public.orders")
    classes = Classes()
    classes.add([], [used.namespace])
    assert classes.names(asked) == (used, asked)
    assert classes.names(used) == (used,)
    nowhere = DatasetName("mysql://elsewhere", "shop.orders")
    assert classes.names(nowhere) == (nowhere,)


class Failing(MemoryGraph):
    """A store that does not answer the first time."""

    asked = 0

    async def symlinks(self, known: int) -> Sequence[Told]:
        self.asked += 1
        if self.asked == 1:
            raise Unavailable("not now")
        await asyncio.sleep(0)  # so that another question comes meanwhile
        return await super().symlinks(known)


def test_names_are_known_after_an_outage_and_to_all_who_ask_at_once() -> None:
    """What a store did not tell in an outage it tells later, and once."""

    async def asking() -> None:
        graph = MergedGraph(Failing())
        await apply(graph, [TOLD], 1)
        with pytest.raises(Unavailable):
            await graph.canonical(LOCATION)
        answers = await asyncio.gather(*[graph.canonical(LOCATION) for _ in range(3)])
        assert answers == [TABLE] * 3
        other = DatasetName("s3://lake", "another")
        fact = replace(FOUND_AT, about=other)
        await apply(graph, [replace(TOLD, record_id="r", subject=other, facts=(fact,))], 2)
        assert await graph.canonical(other) == TABLE

    anyio.run(asking)
