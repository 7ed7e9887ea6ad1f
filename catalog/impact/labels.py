"""Which things get, unmasked, values of columns that they had not before. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from catalog.impact.binding import BoundProject
from catalog.impact.graph import Key, distances


class Place(NamedTuple):
    """A column of a relation; its name in lower case."""

    relation: Key
    column: str


Way: TypeAlias = tuple[Place, ...]
"""From a column, whose value goes on as it is, to the column before the thing that has it."""


@dataclass(frozen=True, slots=True)
class Gained:
    """A column has the value of another that it had not before.

    `beside`: the columns of the same thing that had it already.
    """

    at: Place
    origin: Place
    way: Way
    beside: tuple[Place, ...]


def gained(base: BoundProject, head: BoundProject) -> list[Gained]:
    """Give what columns of head newly have the values of, with a shortest way."""
    before, after = _Carrying(base), _Carrying(head)
    found: list[Gained] = []
    for key in sorted(_moved(base, head)):
        old = before.ways(key)
        for column, ways in sorted(after.ways(key).items()):
            for origin in sorted(ways.keys() - old.get(column, {}).keys()):
                beside = tuple(Place(key, other) for other, of in old.items() if origin in of)
                found.append(Gained(Place(key, column), origin, ways[origin], beside))
    return found


def _moved(base: BoundProject, head: BoundProject) -> set[Key]:
    """What means something else than before, and whatever reads that."""
    edited = [key for key, of in head.meanings.items() if of != base.meanings.get(key)]
    known = {key for key, node in head.nodes.items() if not node.is_check}
    return known & set(distances(head.reads, edited))


class _Carrying:
    """Follows values of one state back to where they come from."""

    def __init__(self, state: BoundProject) -> None:
        self._state = state
        self._known: dict[Key, Mapping[str, dict[Place, Way]]] = {}

    def ways(self, key: Key) -> Mapping[str, dict[Place, Way]]:
        """Give, for each column of a node, the columns whose values it has, with a way from each.

        What goes around in a cycle is followed once around.
        """
        waiting = [key]
        while waiting:
            last = waiting[-1]
            self._known.setdefault(last, {})
            missing = [one for one in self._reads(last) if one not in self._known]
            if missing:
                waiting += missing
            else:
                self._known[last] = self._carried(last)
                waiting.pop()
        return self._known[key]

    def _reads(self, key: Key) -> list[Key]:
        return sorted(self._state.reads.get(key, frozenset()))

    def _carried(self, key: Key) -> Mapping[str, dict[Place, Way]]:
        found: dict[str, dict[Place, Way]] = {}
        for column, source in self._sources(key):
            ways = found.setdefault(column, {})
            before = self._known.get(source.relation, {}).get(source.column, {})
            for origin, way in ((source, ()), *before.items()):
                longer = (*way, source)
                if origin not in ways or len(longer) < len(ways[origin]):
                    ways[origin] = longer
        return found

    def _sources(self, key: Key) -> Iterator[tuple[str, Place]]:
        for meaning in self._state.meanings.get(key, ()):
            for result in meaning.results:
                for field in result.fields:
                    for use in field.direct:
                        if use.table is not None and use.path and not use.masks:
                            place = Place(use.table.lower(), ".".join(use.path).lower())
                            yield field.key.lower(), place
