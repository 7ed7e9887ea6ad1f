"""Columns that were never NULL, or for other reasons than now: followed to where that begins."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.impact.binding import BoundProject
from catalog.impact.graph import Key, Node, distances
from ingest.sql.gaps import Gap, GapKind
from ingest.sql.meaning import Result
from ingest.sql.outputs import Mode


@dataclass(frozen=True, slots=True)
class Absence:
    """Why a column may be NULL. `column`: key; `job`: what writes it so.

    `path`: from the relation where it begins to the one that was asked about; `sure`: it is NULL.
    """

    kind: GapKind
    column: str
    job: str
    path: tuple[Key, ...]
    omitted: bool = False
    sure: bool = False

    @property
    def relation(self) -> Key:
        """Where it begins."""
        return self.path[0]


def absences(bound: BoundProject, key: Key, column: str, *, written: bool = False) -> list[Absence]:
    """Give all reasons why a column may be NULL, the nearest first.

    `written`: why that may be what is written to it, whatever it is declared to be.
    """
    found: list[Absence] = []
    seen = {(key, column)}
    waiting: deque[tuple[str, tuple[Key, ...]]] = deque([(column, (key,))])
    while waiting:
        name, path = waiting.popleft()
        if (path[0], name) in bound.not_null and not (written and len(path) == 1):
            continue
        for one in _reasons(bound, name, path):
            if isinstance(one, Absence):
                found.append(one)
            elif (end := (one.table.lower(), one.column.lower())) not in seen:
                seen.add(end)
                waiting.append((end[1], (end[0], *path)))
    return found


def _reasons(bound: BoundProject, column: str, path: tuple[Key, ...]) -> Iterator[Absence | Gap]:
    node = bound.nodes.get(path[0])
    if node is None or not node.definitions:
        kind = GapKind.STORED if node is not None and node.table is not None else GapKind.UNTOLD
        yield Absence(kind, column, path[0], path)
        return
    meanings = bound.meanings.get(path[0], ())
    for definition, meaning in zip(node.definitions, meanings, strict=True):
        results = [one for one in meaning.results if one.mode in _WRITING]
        if len(results) != 1:
            yield Absence(GapKind.UNTOLD, column, definition.name, path)
            continue
        field = next((one for one in results[0].fields if one.key.lower() == column), None)
        if field is None:
            omitted = not results[0].open and _is_left_out(node, column, results[0])
            kind = GapKind.WRITTEN if omitted else GapKind.UNTOLD
            yield Absence(kind, column, definition.name, path, omitted, not meaning.reads)
            continue
        for gap in sorted(field.holds.gaps):
            is_stored = gap.kind is GapKind.STORED
            yield gap if is_stored else Absence(gap.kind, column, definition.name, path)


_WRITING = frozenset({Mode.RESULT, Mode.CREATE, Mode.APPEND, Mode.OVERWRITE})


def _is_left_out(node: Node, column: str, result: Result) -> bool:
    """Whether an INSERT gives no value to a column that has none of its own."""
    inserts = result.mode in {Mode.APPEND, Mode.OVERWRITE}
    filled = node.table.filled if node.table is not None else frozenset[str]()
    return inserts and column not in {one.lower() for one in filled}


def new_absence(
    base: BoundProject, head: BoundProject, key: Key, column: str, *, written: bool
) -> Absence | None:
    """Give the nearest reason why a column may be NULL that was not there before.

    A reason of a kind that was there already, elsewhere, is none: SQL that moves changes nothing.
    Nor is a stored column that could be NULL before.
    """
    columns = base.columns.get(key)
    if columns is not None and column not in {one.key.lower() for one in columns}:
        return None
    before = absences(base, key, column, written=written)
    known = {(one.kind, one.omitted) for one in before}
    for one in absences(head, key, column, written=written):
        if one.kind is GapKind.UNTOLD:
            continue
        if not before or (one.kind, one.omitted) not in known or _was_declared(base, one):
            return one
    return None


def moved(base: BoundProject, head: BoundProject) -> frozenset[Key]:
    """Give the nodes of which a column may be NULL for another reason than before.

    They mean something else, or are behind such a node; there may be thousands of tests of others.
    """
    keys = {key for key, _ in base.not_null ^ head.not_null}
    keys |= {key for key, found in head.meanings.items() if found != base.meanings.get(key)}
    keys |= set(base.nodes) ^ set(head.nodes)
    return frozenset(distances(head.reads, keys))


def _was_declared(base: BoundProject, absence: Absence) -> bool:
    is_stored = absence.kind is GapKind.STORED
    return is_stored and (absence.relation, absence.column) in base.not_null


def why(head: BoundProject, absence: Absence, column: str) -> str:
    """Say why to people."""
    node = head.nodes.get(absence.relation)
    name = node.shown if node is not None else absence.relation
    if absence.omitted:
        return f'"{column}" must not be NULL and has no default, and {absence.job} leaves it out.'
    match absence.kind:
        case GapKind.JOINED:
            return f'"{column}" is NULL where an outer join of {absence.job} finds no partner.'
        case GapKind.STORED if len(absence.path) == 1:
            return f'"{column}" may be NULL.'
        case GapKind.STORED:
            return f'"{column}" is NULL where {name}.{_spelled(head, absence)} is.'
        case _:
            return f'"{column}" may be NULL: {absence.job} writes NULL, or leaves a case out.'


def _spelled(head: BoundProject, absence: Absence) -> str:
    columns = head.columns.get(absence.relation) or ()
    found = [one.name for one in columns if one.key.lower() == absence.column]
    return next(iter(found), absence.column)
