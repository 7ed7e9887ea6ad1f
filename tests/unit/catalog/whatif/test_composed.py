"""Changes that somebody composes, over a catalog that has seen the runs of a small project."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from catalog.check.folder import FileMemory
from catalog.errors import Invalid
from catalog.impact.binding import Memory, bind_project
from catalog.model.change import ChangeKind
from catalog.model.report import Report
from catalog.parsing.reader import LocalReader
from catalog.stores.memory import MemoryGraph
from catalog.whatif.answer import impact
from catalog.whatif.composed import Composed
from tests.contract.test_impact import catalogued, judging, written
from tests.histories.project import WAREHOUSES

FILES = {
    "orders.sql": "create table orders (id int, state varchar, at timestamp);",
    "kept.sql": "create table kept (n int, s varchar, t timestamp);\n"
    "insert into kept select * from orders;",
    "grouped.sql": "create table grouped as\n"
    "select id, case when state = 'x' then 'open' else 'paid' end as sort from orders;",
    "read.sql": "select id, state from orders",
}


def asked(folder: Path, change: Composed) -> Report:
    async def found() -> Report:
        memory = FileMemory()
        bound = bind_project(written(folder / "files", "duckdb", FILES, memory), Memory())
        graph = await catalogued(MemoryGraph(), bound, by_children=False)
        return await impact(graph, LocalReader(), [change], judging)

    return anyio.run(found)


def of(kind: ChangeKind, relation: str, column: str | None, to: str | None) -> Composed:
    return Composed(kind, WAREHOUSES["duckdb"].called(relation), column, to)


def told(report: Report) -> dict[str, str]:
    return {one.name.rpartition(".")[2]: one.verdict for one in report.impacts}


def test_another_order_breaks_what_is_taken_by_position(tmp_path: Path) -> None:
    """A reader by name does not notice."""
    report = asked(tmp_path, of(ChangeKind.REORDERED, "orders", None, "state, id"))
    assert told(report) == {"kept": "BREAKS"}


def test_a_new_test_is_held_against_what_the_query_writes(tmp_path: Path) -> None:
    report = asked(tmp_path, of(ChangeKind.CHECK, "grouped", "sort", "IN open, closed"))
    (one,) = report.impacts
    assert (one.kind, one.verdict) == ("check", "BREAKS")
    assert "paid" in one.reason


def test_a_new_test_that_holds_breaks_nothing(tmp_path: Path) -> None:
    report = asked(tmp_path, of(ChangeKind.CHECK, "grouped", "sort", "IN open, paid"))
    assert (report.impacts, report.complete) == ((), True)


@pytest.mark.parametrize(
    "change",
    [
        of(ChangeKind.REORDERED, "orders", None, None),
        of(ChangeKind.REORDERED, "orders", None, "state, nothing"),
        of(ChangeKind.REORDERED, "orders", "id", "state"),
        of(ChangeKind.CHECK, "grouped", None, "IN open"),
        of(ChangeKind.CHECK, "grouped", "sort", "UNIQUE"),
        of(ChangeKind.CHECK, "grouped", "sort", "IN open,"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, change: Composed) -> None:
    with pytest.raises(Invalid):
        asked(tmp_path, change)
