"""What applying changes does: all or nothing, whole, and without trace of what was withdrawn."""

from __future__ import annotations

from dataclasses import replace

import anyio
import pytest
from hypothesis import strategies as st

from catalog.lineage.closure import Reach
from catalog.model.claim import Contribution
from catalog.model.edge import Direction
from catalog.ports import Changes, GraphWriter
from catalog.stores.lines import digest
from catalog.stores.memory import MemoryGraph
from ingest.facts import EventType, Report, Stamp
from ingest.folds import RunFold
from ingest.names import ColumnName, DatasetName, JobName, RunKey
from tests.contract.answers import answers
from tests.contract.copies import copy_of
from tests.contract.graphs import COLUMNS, DATASETS, NOW, graphs
from tests.contract.stores import StoreUnderTest
from tests.contract.test_history import tell
from tests.histories.reports import histories


def test_withdrawn_contributions_leave_no_trace(store: StoreUnderTest) -> None:
    """A witness that says something else no longer says what it said."""

    async def law(graph: GraphWriter, versions: tuple[Changes, Changes]) -> None:
        first, second = versions
        reference = MemoryGraph()
        await graph.apply(first)
        await graph.apply(second)
        await reference.apply(second)
        assert await digest(graph) == await digest(reference)
        assert await graph.things(None, 100) == await reference.things(None, 100)
        assert await graph.ends(DATASETS) == await reference.ends(DATASETS)
        assert await graph.census() == await reference.census()
        for text in ("c", "c1", "t", "stated", "j"):
            assert await graph.search(text, 100) == await reference.search(text, 100)
        for root in COLUMNS[:4]:
            reach = Reach((root,), Direction.DOWNSTREAM)
            assert await graph.closure(reach) == await reference.closure(reach)

    store.holds(law, st.tuples(graphs(), graphs()))


def test_an_emptied_run_is_all_that_stays(store: StoreUnderTest) -> None:
    """A contribution that is replaced by an empty one takes its edges, schemas and names along."""

    async def law(graph: GraphWriter, changes: Changes) -> None:
        await graph.apply(changes)
        emptied = [Contribution(one.witness, one.seen) for one in changes.contributions]
        await graph.apply(replace(changes, contributions=emptied))
        counted = await graph.census()
        assert (counted.datasets, counted.columns, counted.links) == (0, 0, 0)
        assert not await graph.search("c", 10)
        assert not await graph.schemas(DATASETS)

    store.holds(law, graphs())


def test_what_fails_changes_nothing(atomic_store: StoreUnderTest) -> None:
    """Changes of which one cannot be stored are not stored at all; later ones are."""
    broken = RunFold(
        RunKey("broken", JobName("jobs", "j0")),
        last={EventType.COMPLETE: Stamp(NOW, 2, "record")},
        said={("no slot",): "no saying"},  # pyright: ignore[reportArgumentType] meant to fail
    )

    async def law(graph: GraphWriter, versions: tuple[Changes, Changes]) -> None:
        first, second = versions
        await graph.apply(first)
        before = await digest(graph)
        failing = replace(second, cursor=9, runs={**second.runs, broken.run: broken})
        with pytest.raises(Exception, match=r".*"):
            await graph.apply(failing)
        assert await digest(graph) == before
        assert await graph.cursor() == first.cursor
        await graph.apply(second)
        reference = MemoryGraph()
        await reference.apply(first)
        await reference.apply(second)
        assert await digest(graph) == await digest(reference)

    atomic_store.holds(law, st.tuples(graphs(), graphs()), at_most=50)


def test_the_cursor_never_goes_back(store: StoreUnderTest) -> None:
    async def check() -> None:
        async with store.opened() as graph:
            assert await graph.cursor() == 0
            await graph.apply(Changes(7))
            await graph.apply(Changes(3))
            assert await graph.cursor() == 7

    anyio.run(check)


def test_clearing_forgets_everything(store: StoreUnderTest) -> None:
    async def law(graph: GraphWriter, history: list[Report]) -> None:
        await tell(graph, history, 3)
        await graph.clear()
        assert await answers(graph) == await answers(MemoryGraph())
        await tell(graph, history, 3)
        reference = MemoryGraph()
        await tell(reference, history, 3)
        assert await digest(graph) == await digest(reference)

    store.holds(law, histories, at_most=50)


def test_a_dataset_names_columns_of_any_spelling(store: StoreUnderTest) -> None:
    """Names are any text: separators, quotes, NUL, what no keyboard has, and very long ones."""
    names = ("a:b/c", "it's", 'say "x"', "\0", "a\0b", "🦄", "%_", "a.b", "x" * 3_000, "", "İI")
    datasets = [DatasetName(name, name) for name in names]

    async def check() -> None:
        async with store.opened() as graph:
            reference = MemoryGraph()
            for number, dataset in enumerate(datasets):
                changes = copy_of(number, dataset, [(name, name) for name in names])
                await graph.apply(changes)
                await reference.apply(changes)
            assert await graph.ends(datasets) == await reference.ends(datasets)
            for name in names:
                for text in (name, name.upper(), name[1:3], f"{name}.{name}"):
                    assert await graph.search(text, 500) == await reference.search(text, 500)
                root = ColumnName(datasets[0], (name, name))
                reach = Reach((root,), Direction.DOWNSTREAM)
                assert await graph.closure(reach) == await reference.closure(reach)
            assert await digest(graph) == await digest(reference)

    anyio.run(check)
