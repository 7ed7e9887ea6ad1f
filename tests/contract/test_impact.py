"""What a change breaks is the same, whether a check reads files or a catalog has seen the runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import anyio

from catalog.aliases.merged import MergedGraph
from catalog.check.check import CheckMemory, check
from catalog.check.folder import FileMemory, read_folder
from catalog.impact.binding import BoundProject, Columns, Memory, bind_project
from catalog.log.memory import MemoryLog
from catalog.model.change import ChangeKind
from catalog.model.project import Content, Place, Project, Table
from catalog.model.record import LogEntry, Record, RecordKind
from catalog.model.report import Impact, Report
from catalog.parsing.reader import LocalReader
from catalog.parsing.remembering import RememberingReader
from catalog.parsing.sql_projector import SqlProjector
from catalog.ports import GraphWriter
from catalog.projector.projector import Projector
from catalog.whatif.answer import impact, judged
from catalog.whatif.composed import Composed
from ingest.facts import Report as Read
from ingest.names import DatasetName
from tests.conftest import Effort
from tests.contract.stores import StoreUnderTest
from tests.golden.impacts import read as read_golden
from tests.histories.project import WAREHOUSES, Warehouse, reports
from tests.oracle.grammar.draw import Draw
from tests.oracle.impact.build import outputs
from tests.oracle.impact.edits import edits
from tests.oracle.impact.invention import invented

READER = RememberingReader(LocalReader())

NOW = datetime(2026, 5, 1, tzinfo=UTC)
GOLDENS = sorted((Path(__file__).parents[1] / "golden" / "impact").glob("*.txt"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A change: what a catalog is asked about, and two states that a check compares."""

    change: Composed
    base: Project
    head: Project


def test_a_catalog_says_what_a_check_says(
    store: StoreUnderTest, effort: Effort, tmp_path: Path
) -> None:
    """Of invented projects: of each thing all but where the project's files are."""
    projects = 1 if store.name == "neo4j" else 1 + effort.examples // 80
    for number in range(projects):
        base, asked = changes_of(number, tmp_path / str(number))
        found = anyio.run(answers, store, base, [one.change for one in asked])
        memory = CheckMemory()
        for one, answer in zip(asked, found, strict=True):
            assert told(answer, one.base) == checked(one, memory), (number, one.change)


def test_a_catalog_says_what_is_written_by_hand(store: StoreUnderTest, tmp_path: Path) -> None:
    """Of the changes that are one change, to one thing.

    By design a check alone knows what tables demand: events do not tell keys, NOT NULL and CHECK.
    """
    compared = 0
    files = GOLDENS[:: len(GOLDENS) // 5] if store.name == "neo4j" else GOLDENS
    for file in files:
        golden = read_golden(file)
        memory = FileMemory()
        files_after = {**golden.base, **golden.head}
        kept = {name: text for name, text in files_after.items() if name not in golden.gone}
        base = written(tmp_path / file.stem / "base", golden.dialect, golden.base, memory)
        head = written(tmp_path / file.stem / "head", golden.dialect, kept, memory)
        change = composed(base, head)
        if change is None or base.checks or head.checks:
            continue
        (found,) = anyio.run(answers, store, bind_project(base, Memory()), [change])
        assert told(found, base) == checked(Asked(change, base, head), CheckMemory()), file.stem
        compared += 1
    assert compared >= len(files) * 0.8


def test_what_the_children_of_a_run_run_is_judged_as_what_it_runs(
    store: StoreUnderTest, tmp_path: Path
) -> None:
    """As dbt's structured logs tell it: the SQL stands at runs that a model's run started."""
    compared = 0
    for file in GOLDENS[:: len(GOLDENS) // (5 if store.name == "neo4j" else 20)]:
        golden, memory = read_golden(file), FileMemory()
        kept = {**golden.base, **golden.head}
        kept = {name: text for name, text in kept.items() if name not in golden.gone}
        base = written(tmp_path / file.stem / "base", golden.dialect, golden.base, memory)
        head = written(tmp_path / file.stem / "head", golden.dialect, kept, memory)
        change = composed(base, head)
        of_files = Counter(one.name for one in base.definitions)
        if change is None or base.checks or head.checks or max(of_files.values()) > 1:
            continue
        bound = bind_project(base, Memory())
        (found,) = anyio.run(partial(answers, by_children=True), store, bound, [change])
        assert told(found, base) == checked(Asked(change, base, head), CheckMemory()), file.stem
        compared += 1
    assert compared >= 3


def written(folder: Path, dialect: str, files: Mapping[str, str], memory: FileMemory) -> Project:
    """Write a folder and read it as a check does."""
    folder.mkdir(parents=True)
    (folder / "headwater.toml").write_text(f'[project]\ndialect = "{dialect}"\n')
    for name, text in files.items():
        (folder / name).write_text(text)
    return read_folder(folder, memory)


def checked(asked: Asked, memory: CheckMemory) -> dict[str, object]:
    """What a check says."""
    return told(check(asked.base, asked.head, memory), asked.base)


async def answers(
    store: StoreUnderTest,
    base: BoundProject,
    changes: Sequence[Composed],
    *,
    by_children: bool = False,
) -> list[Report]:
    """What a catalog says of each change that has seen the runs of a project, and nothing else."""
    async with store.opened() as graph:
        merged = await catalogued(graph, base, by_children=by_children)
        return [await impact(merged, READER, [one], judging) for one in changes]


async def catalogued(
    graph: GraphWriter, project: BoundProject, *, by_children: bool
) -> MergedGraph:
    told = reports(project, by_children=by_children)
    known: Mapping[str, Read] = {one.record_id: one for one in told}
    log, merged = MemoryLog(), MergedGraph(graph)

    def read(entry: LogEntry) -> Read:
        return known[entry.record.id]

    await log.append([Record(one, RecordKind.EVENT, b"", NOW) for one in known])
    for follower in (Projector(log, merged, read), SqlProjector(log, merged, read, READER)):
        async for _ in follower.catch_up():
            pass
    return merged


async def judging(base: Project, head: Project) -> Report:
    return judged(base, head, Memory())


def told(report: Report, project: Project) -> dict[str, object]:
    """What is said of each thing, by its name.

    A catalog calls things by their whole names, and as they are stored.
    """
    place = WAREHOUSES[project.dialect]
    return {_plain(one.name, place): _told(one, place) for one in report.impacts}


def _told(one: Impact, place: Warehouse) -> object:
    rebound = tuple(_plain(text, place) for text in one.effects.rebound)
    path = tuple(_plain(step, place) for step in one.path)
    proof = one.proof
    return (
        (one.kind, one.verdict, one.certainty),
        (one.columns, replace(one.effects, rebound=rebound)),
        (path, _plain(one.reason, place)),
        (proof.column, proof.length, proof.sql) if proof is not None else None,
    )


def _plain(text: str, place: Warehouse) -> str:
    return text.replace(place.prefix, "").lower()


def changes_of(number: int, folder: Path) -> tuple[BoundProject, list[Asked]]:
    """An invented project, and changes of its files, and of what is in its relations."""
    invention = invented(number)
    invention.write(folder / "base")
    memory = FileMemory()
    base = read_folder(folder / "base", memory)
    bound = bind_project(base, Memory())
    asked: list[Asked] = []
    for edit in edits(Draw(f"catalogued {number}"), invention, outputs(invention)):
        edit.head.write(folder / edit.kind)
        head = read_folder(folder / edit.kind, memory)
        if (change := composed(base, head)) is not None:
            asked.append(Asked(change, base, head))
    read = frozenset[str]().union(*bound.reads.values())
    for key in sorted(read & bound.nodes.keys()):
        asked += in_place(Draw(f"catalogued {number} {key}"), bound, key)
    return bound, asked


def composed(base: Project, head: Project) -> Composed | None:
    """Give the one change between two states; None if it cannot be composed."""
    called = WAREHOUSES[base.dialect].called
    if head.tables.keys() - base.tables.keys():
        return None
    for name, table in base.tables.items():
        after = head.tables.get(name)
        if after is None:
            return Composed(ChangeKind.REMOVED, called(name))
        if after.columns != table.columns:
            return _of_columns(called(name), table.columns, after.columns)
    made = {(one.name, one.target): one.sql for one in head.definitions}
    for one in base.definitions:
        sql = made.get((one.name, one.target))
        if one.target is not None and sql is None:
            return Composed(ChangeKind.REMOVED, called(one.target))
        if one.target is not None and sql != one.sql:
            return Composed(ChangeKind.LOGIC, called(one.target), sql=sql)
    return None


def _of_columns(
    of: DatasetName, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> Composed | None:
    if after[:-1] == before:
        return Composed(ChangeKind.ADDED, of, *after[-1])
    places = [at for at, column in enumerate(before) if column not in after]
    if len(places) != 1:
        return None
    at, name = places[0], before[places[0]][0]
    if (*before[:at], *before[at + 1 :]) == after:
        return Composed(ChangeKind.REMOVED, of, name)
    if (*before[:at], after[at], *before[at + 1 :]) != after:
        return None
    new, kind = after[at]
    if new == name:
        return Composed(ChangeKind.RETYPED, of, name, kind)
    return Composed(ChangeKind.RENAMED, of, name, new)


def in_place(draw: Draw, bound: BoundProject, key: str) -> Iterator[Asked]:
    """Changes to a relation, whatever makes it: it is a table, that somebody else writes."""
    project, node, made = bound.project, bound.nodes[key], bound.columns[key]
    assert made is not None
    columns = tuple((one.name, one.type) for one in made)
    content = Content(0, b"", tuple((one, b"") for one, _ in columns))
    table = project.tables.get(node.name) or Table(node.name, columns, Place(""))
    table = replace(table, content=content)
    of = WAREHOUSES[project.dialect].called(node.name)
    rest = tuple(one for one in project.definitions if one.target != node.name)
    base = replace(project, tables={**project.tables, node.name: table}, definitions=rest)
    for change, head in _in_place(draw, of, table, content, _elsewhere(bound, made)):
        after = replace(base, tables={**base.tables, node.name: head})
        yield Asked(change, base, after)


def _in_place(
    draw: Draw, of: DatasetName, table: Table, content: Content, others: Sequence[str]
) -> Iterator[tuple[Composed, Table]]:
    at = draw.count(0, len(table.columns) - 1)
    before, (name, kind), behind = table.columns[:at], table.columns[at], table.columns[at + 1 :]
    rows = replace(content, count=1, rows=b"other")
    yield Composed(ChangeKind.ROWS, of), replace(table, content=rows)
    digests = tuple((one, b"other" if one == name else was) for one, was in content.columns)
    values = replace(content, rows=b"other", columns=digests)
    yield Composed(ChangeKind.VALUES, of, name), replace(table, content=values)
    for change, columns in (
        (Composed(ChangeKind.REMOVED, of, name), (*before, *behind)),
        (Composed(ChangeKind.RENAMED, of, name, "other"), (*before, ("other", kind), *behind)),
        (Composed(ChangeKind.RETYPED, of, name, "BLOB"), (*before, (name, "BLOB"), *behind)),
        *(
            (Composed(ChangeKind.ADDED, of, one, "INT"), (*table.columns, (one, "INT")))
            for one in draw.some(others, 1, 1)
        ),
    ):
        yield change, replace(table, columns=columns)


def _elsewhere(bound: BoundProject, made: Columns) -> Sequence[str]:
    """Names of columns that other relations have."""
    names = {one.name for columns in bound.columns.values() for one in columns or ()}
    return sorted(names - {one.name for one in made})
