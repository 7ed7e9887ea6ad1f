"""Closures: those of the reference walks, and laws 5 and 7."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from catalog.lineage.closure import Reach
from catalog.lineage.thing_closure import ThingReach
from catalog.model.edge import Direction
from catalog.ports import Changes, GraphReader, GraphWriter
from catalog.stores.memory import MemoryGraph
from ingest.flows import End, Rows, Whole, owner_of
from ingest.names import DatasetName, JobName
from tests.contract.graphs import DATASETS, ENDS, directions, graphs, reaches, thing_reaches
from tests.contract.stores import StoreUnderTest


def test_the_closure_is_that_of_the_reference_walk(store: StoreUnderTest) -> None:
    """Whatever the direction, the kinds, the depth and the limit."""

    async def law(graph: GraphWriter, asked: tuple[Changes, list[Reach], ThingReach]) -> None:
        changes, some, thing_reach = asked
        reference = MemoryGraph()
        await reference.apply(changes)
        await graph.apply(changes)
        for reach in some:
            assert await graph.closure(reach) == await reference.closure(reach)
        expected = await reference.thing_closure(thing_reach)
        assert await graph.thing_closure(thing_reach) == expected

    store.holds(law, st.tuples(graphs(), st.lists(reaches, max_size=3), thing_reaches))


def test_a_limited_answer_is_a_part_and_says_so(store: StoreUnderTest) -> None:
    """Law 7: `truncated` exactly if the unlimited answer holds more."""

    async def law(graph: GraphWriter, asked: tuple[Changes, Reach]) -> None:
        changes, reach = asked
        await graph.apply(changes)
        limited = await graph.closure(reach)
        whole = await graph.closure(replace(reach, depth=None, limit=None))
        assert limited.reached == whole.reached[: len(limited.reached)]
        assert limited.truncated == (len(limited.reached) < len(whole.reached))

    store.holds(law, st.tuples(graphs(), reaches))


def test_links_are_the_edges_at_dataset_grain(store: StoreUnderTest) -> None:
    """Law 5: A leads to B exactly if an end of A has an edge to an end of B."""

    async def law(graph: GraphWriter, changes: Changes) -> None:
        await graph.apply(changes)
        edges = await graph.edges(await _all_ends(graph), Direction.DOWNSTREAM)
        expected = {(owner_of(edge.source), owner_of(edge.target), edge.via) for edge in edges}
        things = {owner_of(end) for end in ENDS}
        links = await graph.links(things, Direction.DOWNSTREAM)
        found = [(link.source, link.target, link.via) for link in links]
        assert len(found) == len(set(found))
        assert set(found) == {one for one in expected if one[0] != one[1]}
        assert set(links) == set(await graph.links(things, Direction.UPSTREAM))

    store.holds(law, graphs())


def test_the_datasets_of_a_closure_lie_in_the_dataset_closure(store: StoreUnderTest) -> None:
    """Law 5, at both grains."""

    async def law(graph: GraphWriter, asked: tuple[Changes, End, Direction]) -> None:
        changes, root, direction = asked
        await graph.apply(changes)
        columns = await graph.closure(Reach((root,), direction))
        things = await graph.thing_closure(ThingReach((owner_of(root),), direction))
        reached = {owner_of(root), *(one.thing for one in things.reached)}
        assert {owner_of(one.end) for one in columns.reached} <= reached

    store.holds(law, st.tuples(graphs(), st.sampled_from(ENDS), directions))


def test_an_edge_into_a_whole_reaches_every_end_of_its_dataset(store: StoreUnderTest) -> None:
    """Law 5; but a column does not reach its neighbours over their `whole`."""

    async def law(graph: GraphWriter, asked: tuple[Changes, End]) -> None:
        changes, root = asked
        await graph.apply(changes)
        edges = await graph.edges(await _all_ends(graph), Direction.DOWNSTREAM)
        closure = await graph.closure(Reach((root,), Direction.DOWNSTREAM))
        reached = {one.end for one in closure.reached}
        start = {root, *([Whole(root.dataset)] if not isinstance(root, (JobName, Whole)) else [])}
        for edge in edges:
            target = edge.target
            own_rows = isinstance(target, Rows) and owner_of(edge.source) == target.dataset
            if edge.source in start and isinstance(target, Whole) and edge.source != target:
                ends = (await graph.ends([target.dataset]))[target.dataset]
                assert set(ends) <= {*reached, root}
            elif edge.source in start and not own_rows and edge.source != target:
                assert target in {*reached, root}

    store.holds(law, st.tuples(graphs(), st.sampled_from(ENDS)))


async def _all_ends(graph: GraphReader) -> set[End]:
    datasets: list[DatasetName] = list(DATASETS)
    known = await graph.ends(datasets)
    return {*ENDS, *(end for of in known.values() for end in of)}
