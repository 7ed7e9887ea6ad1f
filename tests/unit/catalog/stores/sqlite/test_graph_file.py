"""The graph as a file: opened again, by another release, by two at once, and how it is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import anyio
import pytest

from catalog.errors import Mismatch, Unavailable
from catalog.model.edge import Direction
from catalog.ports import Changes
from catalog.stores.lines import digest
from catalog.stores.sqlite import open_graph, open_graph_to_read, schema
from catalog.stores.sqlite.reading import edges as reading_edges
from catalog.stores.sqlite.reading.closure import FOLLOWED_STEP
from ingest.names import DatasetName
from tests.contract.copies import copy_of

SOURCE = DatasetName("db", "source")
CHANGES = copy_of(1, SOURCE, [("a",), ("b",)])


def test_a_reopened_graph_is_the_same(tmp_path: Path) -> None:
    async def check() -> None:
        graph = open_graph(tmp_path / "graph.db")
        await graph.apply(CHANGES)
        before = await digest(graph)
        await graph.close()
        again = open_graph(tmp_path / "graph.db")
        assert await digest(again) == before
        assert await again.cursor() == 1
        await again.apply(CHANGES)
        assert await digest(again) == before
        await again.close()

    anyio.run(check)


def test_a_graph_of_another_reader_is_a_mismatch_until_made_fresh(tmp_path: Path) -> None:
    async def check() -> None:
        path = tmp_path / "graph.db"
        graph = open_graph(path, reader="old")
        await graph.apply(CHANGES)
        await graph.close()
        with pytest.raises(Mismatch, match="headwater rebuild"):
            open_graph(path, reader="new")
        with pytest.raises(Mismatch, match="headwater rebuild"):
            open_graph_to_read(path, reader="new")
        fresh = open_graph(path, reader="new", fresh=True)
        assert await fresh.cursor() == 0
        await fresh.close()
        await open_graph(path, reader="new").close()

    anyio.run(check)


def test_a_graph_of_another_shape_is_a_mismatch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def check() -> None:
        path = tmp_path / "graph.db"
        await open_graph(path).close()
        monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)
        with pytest.raises(Mismatch):
            open_graph(path)
        await open_graph(path, fresh=True).close()
        await open_graph(path).close()

    anyio.run(check)


def test_one_writes_and_others_read(tmp_path: Path) -> None:
    async def check() -> None:
        path = tmp_path / "graph.db"
        graph = open_graph(path)
        with pytest.raises(Unavailable, match="another process"):
            open_graph(path)
        beside = open_graph_to_read(path)
        await graph.apply(CHANGES)
        assert await digest(beside) == await digest(graph)
        with pytest.raises(Unavailable, match="read only"):
            await beside.apply(Changes(2))
        await beside.close()
        await graph.close()

    anyio.run(check)


def test_without_trigrams_a_search_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older SQLite has no trigram tokenizer."""

    async def check() -> None:
        indexed = open_graph(tmp_path / "indexed.db")
        monkeypatch.setattr(schema, "TRIGRAMS", "CREATE VIRTUAL TABLE x USING nothing_known")
        plain = open_graph(tmp_path / "plain.db")
        for graph in (indexed, plain):
            await graph.apply(copy_of(1, SOURCE, [("customer_id",), ("id",), ("Identity",)]))
        for text in ("id", "tomer", "IDENT", "_id"):
            assert await plain.search(text, 10) == await indexed.search(text, 10)
        assert await plain.search("tomer", 10)
        await indexed.close()
        await plain.close()

    anyio.run(check)


def test_steps_go_from_the_frontier_into_an_index(tmp_path: Path) -> None:
    """Plans differ from release to release: they are looked at on whatever SQLite runs here."""

    async def make() -> None:
        graph = open_graph(tmp_path / "graph.db")
        await graph.apply(CHANGES)
        await graph.close()

    anyio.run(make)
    connection = sqlite3.connect(tmp_path / "graph.db")
    for steps, table, values in (
        (FOLLOWED_STEP, "edges", ("[1,2]", 0, 255)),
        (reading_edges.STEP, "edges", ("[1,2]", 0, 255)),
        (reading_edges.THING_STEP, "links", ("[1,2]",)),
    ):
        for direction in Direction:
            plan = _plan(connection, steps[direction], values)
            start = "source" if direction is Direction.DOWNSTREAM else "target"
            assert plan[0].startswith("SCAN json_each VIRTUAL TABLE")
            assert plan[1].startswith(f"SEARCH {table} USING")
            assert f"({start}=?" in plan[1]
            assert len(plan) == 2
    connection.close()


def _plan(connection: sqlite3.Connection, query: str, values: Sequence[object]) -> list[str]:
    rows = connection.execute(f"EXPLAIN QUERY PLAN {query}", values)
    return [detail for *_, detail in rows]
