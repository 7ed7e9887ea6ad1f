"""The SQL that real producers send tells what their facets leave out, and takes nothing away."""

from __future__ import annotations

import enum
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import anyio
import pytest

from catalog.aliases.merged import MergedGraph
from catalog.model.edge import Direction, Edge
from catalog.model.thing import Thing
from catalog.stores.memory import MemoryGraph
from ingest.flows import End, Flow, Rows, Tier, Whole
from ingest.names import ColumnName, DatasetName, JobName
from ingest.openlineage import read
from tests.contract.test_sql import tell
from tests.e2e.events import run_event, schema
from tests.golden.events import golden_events

FOLDER = Path(__file__).parents[4] / "tests" / "golden" / "producers"
FILES = sorted(FOLDER.glob("*.txt"))
LOADS = "load"
EARLY, LATE = "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"


class Told(enum.StrEnum):
    """When the columns of the tables at the beginning are told: by which time, before or after."""

    NEVER = "never"
    BEFORE = "before"
    AFTER = "after"
    LATER = "of a later moment"


@dataclass(frozen=True)
class Golden:
    """A file, taken apart, by the titles of its sections."""

    events: Sequence[Any]
    sections: Mapping[str, Sequence[str]]

    def lines(self, title: str) -> Sequence[str]:
        return self.sections.get(title, ())


def golden(file: Path) -> Golden:
    head, *rest = re.split(r"^--- ", file.read_text(), flags=re.MULTILINE)
    name = head.splitlines()[1].removeprefix("events: ")
    parts = [one.partition("\n") for one in rest]
    sections = {title: body.splitlines() for title, _, body in parts}
    return Golden(golden_events([(FOLDER / name).resolve()]), sections)


def loads(told: Golden, time: str) -> list[Any]:
    """A run that tells all columns of each table for which the file lists them."""
    found: list[Any] = []
    for run, line in enumerate(told.lines("schemas"), start=90):
        namespace, name, *columns = line.split()
        output = {"namespace": namespace, "name": name, "facets": {"schema": schema(*columns)}}
        found.append(run_event(job=f"{LOADS} {name}", run=run, time=time, outputs=[output]))
    return found


def history(told: Golden, schemas: Told) -> list[Any]:
    match schemas:
        case Told.NEVER:
            return [*told.events]
        case Told.BEFORE:
            return [*loads(told, EARLY), *told.events]
        case Told.AFTER:
            return [*told.events, *loads(told, EARLY)]
        case Told.LATER:
            return [*told.events, *loads(told, LATE)]


def spelled(end: End) -> str:
    match end:
        case ColumnName(dataset, path):
            return f"{short(dataset)}.{'.'.join(path).lower()}"
        case Rows(dataset):
            return f"{short(dataset)}.rows"
        case Whole(dataset):
            return f"{short(dataset)}.whole"
        case JobName(_, name):
            return f"[{name}]"


def short(dataset: DatasetName) -> str:
    return dataset.name.rpartition(".")[2]


def line(one: Edge | Flow) -> str:
    masked = " masked" if one.masking else ""
    told = f"{one.kind.name} {one.subtype.name}{masked}"
    return f"{spelled(one.source)} -> {spelled(one.target)} {told}"


async def edges_of(events: Sequence[Any]) -> tuple[set[str], set[str]]:
    """The edges that hold, and what the producers' facets say, held or not."""
    graph = MergedGraph(MemoryGraph())
    await tell(graph, [read(f"{place:04}", event) for place, event in enumerate(events)], ())
    things = [thing async for thing in _things(graph)]
    ends: dict[DatasetName, Sequence[End]] = dict(
        await graph.ends([one for one in things if isinstance(one, DatasetName)])
    )
    every: list[End] = [end for of in ends.values() for end in of]
    every += [one for one in things if isinstance(one, JobName)]
    edges = await graph.edges(every, Direction.DOWNSTREAM)
    claims = [seen.claim for of in (await graph.claims(things)).values() for seen in of]
    facets = {line(flow) for one in claims if one.tier is Tier.FACET for flow in one.flows}
    loading = f"[{LOADS}"
    return {told for one in edges if not (told := line(one)).startswith(loading)}, facets


async def _things(graph: MergedGraph) -> AsyncIterator[Thing]:
    after: Thing | None = None
    while found := await graph.things(after, 100):
        for one in found:
            yield one
        after = found[-1]


def after_all(told: Golden, schemas: Told) -> tuple[set[str], set[str]]:
    async def found() -> tuple[set[str], set[str]]:
        return await edges_of(history(told, schemas))

    return anyio.run(found)


@pytest.mark.parametrize("schemas", Told)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_edges_of_the_sql_are_there_and_no_wrong_ones(file: Path, schemas: Told) -> None:
    told = golden(file)
    edges, facets = after_all(told, schemas)
    expected, never = set(told.lines("edges")), set(told.lines("never"))
    if schemas is not Told.NEVER:
        expected |= set(told.lines("with schemas"))
        never |= set(told.lines("never with schemas"))
    assert expected - edges == set()
    wrong = {edge for edge in edges for one in never if fnmatchcase(edge, one)}
    assert wrong == set()
    kept = {one.split(" DIRECT")[0] for one in facets}
    assert set(told.lines("facet")) - kept == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_schemas_lead_to_the_same_edges_whenever_they_come(file: Path) -> None:
    told = golden(file)
    before, _ = after_all(told, Told.BEFORE)
    for when in (Told.AFTER, Told.LATER):
        assert after_all(told, when)[0] == before, when
    if not (told.lines("with schemas") or told.lines("never with schemas")):
        assert after_all(told, Told.NEVER)[0] == before
