"""What binding gives: a project whose statements are bound, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

from catalog.impact.graph import Key, Node
from catalog.model.project import Project
from ingest.sql.meaning import Meaning


class Column(NamedTuple):
    """A column of a relation: what it is found by, its name, its type ("" if not known)."""

    key: str
    name: str
    type: str
    spells: str = ""  # the type whose values its texts spell


Columns: TypeAlias = tuple[Column, ...]


@dataclass(slots=True, eq=False)
class Memory:
    """What was bound before: nothing is bound twice against the same columns."""

    tables: dict[bytes, tuple[str, ...]] = field(default_factory=dict[bytes, tuple[str, ...]])
    meanings: dict[bytes, Meaning] = field(default_factory=dict[bytes, Meaning])
    used: set[bytes] = field(default_factory=set[bytes])  # in this run

    def keep_used(self) -> None:
        """Forget what this run did not use."""
        self.tables = {key: found for key, found in self.tables.items() if key in self.used}
        self.meanings = {key: found for key, found in self.meanings.items() if key in self.used}


@dataclass(frozen=True, slots=True)
class BoundProject:
    """Nodes, what their statements mean, and their columns (None: none is known).

    `open`: relations that may have more columns than are known, each with the keys of those that
    it is known not to have. `not_null`: columns that are never NULL, as what makes them sees to.
    """

    project: Project
    nodes: dict[Key, Node]
    order: list[tuple[Key, ...]]
    meanings: dict[Key, tuple[Meaning, ...]]
    columns: dict[Key, Columns | None]
    reads: dict[Key, frozenset[Key]]
    open: dict[Key, frozenset[str]] = field(default_factory=dict[Key, frozenset[str]])
    not_null: frozenset[tuple[Key, str]] = frozenset()


def digest(*parts: str) -> bytes:
    """Give 16 bytes that tell texts from all others."""
    made = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8) + data)
    return made.digest()
