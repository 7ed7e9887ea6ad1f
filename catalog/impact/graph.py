"""What a project's relations and queries are made of, and the order in which they can be bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalog.model.project import Definition, Making, Project, Table

Key: TypeAlias = str
"""What a node is found by: the name of its relation, or of its query."""


@dataclass(frozen=True, slots=True)
class Node:
    """A relation with what writes it, or a query that writes nothing."""

    name: str
    table: Table | None
    definitions: tuple[Definition, ...]
    shown: str  # what people call it
    owners: tuple[str, ...] = ()

    @property
    def is_check(self) -> bool:
        """Whether it tests others."""
        return any(one.making is Making.CHECK for one in self.definitions)

    @property
    def is_query(self) -> bool:
        """Whether it only reads."""
        return self.table is None and all(one.target is None for one in self.definitions)


def nodes_of(project: Project) -> dict[Key, Node]:
    """Give a project's nodes by key. Names that differ only in case are one relation."""
    tables = {name.lower(): table for name, table in project.tables.items()}
    definitions: dict[Key, list[Definition]] = {}
    for one in project.definitions:
        key = one.target.lower() if one.target is not None else f"query {one.name.lower()}"
        definitions.setdefault(key, []).append(one)
    nodes: dict[Key, Node] = {}
    for key in sorted({*tables, *definitions}):
        name = tables[key].name if key in tables else _name(definitions[key])
        shown, owners = project.names.get(name, name), project.owners.get(name, ())
        nodes[key] = Node(name, tables.get(key), tuple(definitions.get(key, ())), shown, owners)
    return nodes


def _name(definitions: Sequence[Definition]) -> str:
    return definitions[0].target or definitions[0].name


def ordered(reads: Mapping[Key, Iterable[Key]]) -> list[tuple[Key, ...]]:
    """Give the strongly connected components of a graph, each after those that it reads.

    A component of several nodes is a cycle; its members are in order. Tarjan's algorithm, without
    recursion.
    """
    walk = _Walk(reads, {}, {}, [], set(), [])
    for key in sorted(reads):
        if key not in walk.numbers:
            _visit(walk, key)
    return walk.found


def distances(reads: Mapping[Key, Iterable[Key]], sources: Iterable[Key]) -> dict[Key, int]:
    """Give how many steps downstream of some nodes others are; what is not reached is left out."""
    readers: dict[Key, list[Key]] = {}
    for key, others in reads.items():
        for other in others:
            readers.setdefault(other, []).append(key)
    found = dict.fromkeys(sources, 0)
    front = list(found)
    while front:
        after = [key for other in front for key in readers.get(other, ()) if key not in found]
        steps = found[front[0]] + 1
        found |= dict.fromkeys(after, steps)
        front = list(dict.fromkeys(after))
    return found


@dataclass(slots=True, eq=False)
class _Walk:
    reads: Mapping[Key, Iterable[Key]]
    numbers: dict[Key, int]
    lowest: dict[Key, int]
    stack: list[Key]
    on_stack: set[Key]
    found: list[tuple[Key, ...]]


def _visit(walk: _Walk, first: Key) -> None:
    path: list[tuple[Key, Iterator[Key]]] = [(first, _enter(walk, first))]
    while path:
        key, rest = path[-1]
        for other in rest:
            if other not in walk.numbers:
                path.append((other, _enter(walk, other)))
                break
            if other in walk.on_stack:
                walk.lowest[key] = min(walk.lowest[key], walk.numbers[other])
        else:
            path.pop()
            if path:
                above = path[-1][0]
                walk.lowest[above] = min(walk.lowest[above], walk.lowest[key])
            if walk.lowest[key] == walk.numbers[key]:
                walk.found.append(_leave(walk, key))


def _enter(walk: _Walk, key: Key) -> Iterator[Key]:
    walk.numbers[key] = walk.lowest[key] = len(walk.numbers)
    walk.stack.append(key)
    walk.on_stack.add(key)
    return iter(sorted(other for other in walk.reads[key] if other in walk.reads))


def _leave(walk: _Walk, key: Key) -> tuple[Key, ...]:
    place = walk.stack.index(key)
    members = walk.stack[place:]
    del walk.stack[place:]
    walk.on_stack.difference_update(members)
    return tuple(sorted(members))
