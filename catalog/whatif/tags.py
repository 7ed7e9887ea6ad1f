"""Labels that a column has from those that it is made of: a value that is personal stays so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from catalog.lineage.closure import Closure, Reached, edge_order
from catalog.model.description import OWN_TAGS, Description, describe
from catalog.model.edge import Direction, Edge
from catalog.model.thing import Thing
from catalog.ports import NamesReader
from ingest.facts import Tag
from ingest.flows import End, Kind, Whole
from ingest.names import ColumnName

MOST_COLUMNS = 2_000
"""How many columns upstream are looked at."""


@dataclass(frozen=True, slots=True)
class InheritedTag:
    """A label on a column upstream. `depth`: over how many links its value comes from there."""

    tag: Tag
    source: ColumnName
    depth: int


async def inherited_tags(graph: NamesReader, column: ColumnName) -> list[InheritedTag]:
    """Give the labels that come with the value of a column, each from the nearest that has it.

    They travel where a value goes on, DIRECT, and stop where it is masked. Of more than
    `MOST_COLUMNS` columns the nearest are looked at.
    """
    found: dict[tuple[str, str], InheritedTag] = {}
    seen = {column}
    frontier = {column}
    depth = 0
    while frontier and len(seen) <= MOST_COLUMNS:
        depth += 1
        edges = await graph.edges(frontier, Direction.UPSTREAM)
        frontier = set(_sources(edges)) - seen
        seen |= frontier
        datasets: Collection[Thing] = {one.dataset for one in frontier}
        said = await graph.sayings(datasets)
        described = {thing: describe(of) for thing, of in said.items()}
        for source in sorted(frontier):
            for tag in tags_on(source, described):
                found.setdefault((tag.key, tag.value), InheritedTag(tag, source, depth))
    return list(found.values())


def label_of(tag: Tag) -> str:
    """Give a label as people say it: with its value, if that says more than that it is there."""
    plain = tag.value.lower() in ("", "true", tag.key.lower())
    return tag.key if plain else f"{tag.key}: {tag.value}"


async def unmasked(graph: NamesReader, roots: Collection[End]) -> Closure:
    """Give what the values of columns come to, DIRECT and unmasked, the nearest first.

    What reads a dataset, nobody knows which columns of, may get them; they are not followed further
    there. Of more than `MOST_COLUMNS` columns the nearest are looked at.
    """
    found: dict[End, Reached] = {}
    seen = set(roots)
    frontier = {one for one in roots if isinstance(one, ColumnName)}
    depth = 0
    while frontier:
        if len(seen) > MOST_COLUMNS:
            return Closure(tuple(found.values()), truncated=True)
        depth += 1
        leaving = {*frontier, *(Whole(one.dataset) for one in frontier)}
        edges = _unmasked(await graph.edges(leaving, Direction.DOWNSTREAM))
        for edge in sorted(edges, key=edge_order):
            found.setdefault(edge.target, Reached(edge.target, depth, edge, edge.source))
        frontier = {one.target for one in edges if isinstance(one.target, ColumnName)} - seen
        seen |= frontier
    return Closure(tuple(found.values()), truncated=False)


def tags_on(column: ColumnName, described: Mapping[Thing, Description]) -> Iterator[Tag]:
    """Give the labels on a column itself, but for those that say something to this catalog."""
    description = described.get(column.dataset)
    for tag in description.tags if description is not None else ():
        if tag.column == ".".join(column.path) and not tag.key.startswith(OWN_TAGS):
            yield tag


def _sources(edges: Collection[Edge]) -> Iterator[ColumnName]:
    for edge in _unmasked(edges):
        if isinstance(edge.source, ColumnName):
            yield edge.source


def _unmasked(edges: Collection[Edge]) -> list[Edge]:
    return [one for one in edges if one.kind is Kind.DIRECT and not one.masking]
