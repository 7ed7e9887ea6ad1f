"""What is different between two states of a project, node by node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.impact.binding import BoundProject, Columns
from catalog.impact.graph import Key, Node
from catalog.model.change import Change, ChangeKind, Delta, Rows, SchemaChange
from catalog.model.project import Definition, Place, Table
from ingest.sql.diff import QueryDiff, diff, shape_of
from ingest.sql.meaning import Meaning, Result
from ingest.sql.schema import type_of_text
from ingest.sql.terms.conversion import loses


def own_delta(base: BoundProject, head: BoundProject, key: Key) -> tuple[Delta, list[SchemaChange]]:
    """What happens to a node of both states by its own statements and declaration.

    Gives the delta, and what can be described as renamed columns.
    """
    before, after = base.columns.get(key), head.columns.get(key)
    schema, renamed = list[SchemaChange](), list[SchemaChange]()
    values: set[str] = set()
    unknown = False
    only_null: frozenset[str] = frozenset()
    if before is not None and after is not None and before != after:
        schema = [one for one in schema_changes(before, after) if _is_sure(base, head, key, one)]
        if head.nodes[key].table is not None:
            values |= lossy(before, after, head.project.dialect)
    if head.nodes[key].table is not None:
        schema += _nullability(base, head, key)
    rows, others = _content(base.nodes[key].table, head.nodes[key].table)
    values |= others
    for old, new in pairs(base, head, key):
        if old is None or new is None:
            rows = Rows.MEMBERS
            continue
        found = compared(old, new)
        values |= {name.lower() for name in found.changed}
        rows = max(rows, Rows(found.rows))
        only_null = frozenset(found.only_null)
        renamed += [
            SchemaChange(ChangeKind.RENAMED, before=one, after=other)
            for one, other in found.renamed
        ]
        unknown |= not new.results and bool(new.problems)
    if len(head.meanings.get(key, ())) != 1:
        only_null = frozenset[str]()
    return Delta(tuple(schema), frozenset(values), rows, only_null, unknown), renamed


def nulls(bound: BoundProject, key: Key) -> set[str]:
    """Give the columns of a relation that may be NULL, as far as it is declared."""
    keys = {one.key.lower() for one in bound.columns.get(key) or ()}
    return {one for one in keys if (key, one) not in bound.not_null}


def _nullability(base: BoundProject, head: BoundProject, key: Key) -> Iterator[SchemaChange]:
    before, after = nulls(base, key), nulls(head, key)
    for one in head.columns.get(key) or ():
        name = one.key.lower()
        if (name in before) != (name in after) and _key(base.columns.get(key), one.name):
            words = ("NULL", "NOT NULL") if name in before else ("NOT NULL", "NULL")
            yield SchemaChange(ChangeKind.NULLABILITY, one.name, *words)


def _content(before: Table | None, after: Table | None) -> tuple[Rows, set[str]]:
    """What is different in the rows that come with the project: the rows, or the values of columns.

    Where there are as many rows as before, those in the same place are the same.
    """
    old, new = (one.content if one is not None else None for one in (before, after))
    if old is None or new is None:
        return Rows.NONE, set()
    if old.count != new.count:
        return Rows.MEMBERS, set()
    told = {name.lower(): values for name, values in new.columns}
    differing = {
        name.lower() for name, values in old.columns if told.get(name.lower(), values) != values
    }
    return Rows.NONE, set() if old.rows == new.rows else differing


def _is_sure(base: BoundProject, head: BoundProject, key: Key, change: SchemaChange) -> bool:
    """Of an open relation a column that is not known may be there all the same."""
    if change.kind is ChangeKind.REMOVED and key in head.open:
        return _key(base.columns.get(key), change.column) in head.open[key]
    made = head.nodes[key].table is None
    return not (change.kind is ChangeKind.ADDED and made and key in base.open)


def _key(columns: Columns | None, name: str | None) -> str | None:
    return next((one.key for one in columns or () if one.name == name), None)


def lossy(before: Columns, after: Columns, dialect: str) -> set[str]:
    """The columns whose values a new type cannot hold as they were."""
    old = {one.key: one.type for one in before}
    return {
        one.key.lower()
        for one in after
        if one.key in old
        and old[one.key] != one.type
        and loses(type_of_text(old[one.key], dialect), type_of_text(one.type, dialect))
    }


def schema_changes(before: Columns, after: Columns) -> Iterator[SchemaChange]:
    """How the columns of a relation differ."""
    shape = shape_of([one[:3] for one in before], [one[:3] for one in after])
    yield from (SchemaChange(ChangeKind.REMOVED, name) for name in shape.removed)
    yield from (SchemaChange(ChangeKind.ADDED, name) for name in shape.added)
    for one in shape.retyped:
        yield SchemaChange(ChangeKind.RETYPED, one.column, one.before, one.after)
    if shape.reordered:
        yield SchemaChange(ChangeKind.REORDERED)


def pairs(
    base: BoundProject, head: BoundProject, key: Key
) -> Iterator[tuple[Meaning | None, Meaning | None]]:
    """The statements of a node, before and after; None: there was or is none."""
    old = _by_place(base, key)
    new = _by_place(head, key)
    if len(old) == len(new) == 1:
        yield next(iter(old.values())), next(iter(new.values()))
        return
    for place in sorted({*old, *new}):
        yield old.get(place), new.get(place)


def _by_place(bound: BoundProject, key: Key) -> dict[tuple[str, int], Meaning]:
    """A node's statements, told apart by file and by how many came before them in it."""
    node = bound.nodes.get(key)
    found: dict[tuple[str, int], Meaning] = {}
    for one, meaning in zip(
        node.definitions if node else (), bound.meanings.get(key, ()), strict=True
    ):
        place = (one.place.file, sum(file == one.place.file for file, _ in found))
        found[place] = meaning
    return found


def compared(old: Meaning, new: Meaning) -> QueryDiff:
    """Compare what two statements give; one that gives nothing differs in nothing."""
    one, other = _first(old), _first(new)
    if one is None or other is None:
        return QueryDiff()
    return diff(one, other)


def _first(meaning: Meaning) -> Result | None:
    return next(iter(meaning.results), None)


def changes_of(
    base: BoundProject, head: BoundProject, key: Key, delta: Delta, renamed: Iterable[SchemaChange]
) -> Iterator[Change]:
    """Describe the change of one node for people."""
    old, new = base.nodes.get(key), head.nodes.get(key)
    if new is None or old is None:
        found = old or new
        if found is not None:
            yield _at(ChangeKind.REMOVED if new is None else ChangeKind.ADDED, found)
        return
    if any(one.problems for one in head.meanings.get(key, ())):
        yield _at(ChangeKind.LOGIC, new)  # what it would give cannot be told
        return
    described = {(one.before, one.after) for one in renamed}
    columns = head.columns.get(key)
    described |= _renamed_columns(base.columns.get(key), columns, delta)
    for before, after in sorted((str(one), str(other)) for one, other in described):
        yield _at(ChangeKind.RENAMED, new, before, before, after)
    told = {name for pair in described for name in pair}
    for one in delta.schema:
        if one.kind is ChangeKind.NULLABILITY:
            continue  # told with the constraint
        if one.column is None or one.column not in told or one.kind is ChangeKind.RETYPED:
            where = old if one.kind is ChangeKind.REMOVED else new
            yield _at(one.kind, where, one.column, one.before, one.after)
    if (delta.values or delta.rows) and new.definitions:
        yield _at(ChangeKind.LOGIC, new)
    yield from _contents(old, new, columns or ())


def _contents(old: Node, new: Node, columns: Columns) -> Iterator[Change]:
    rows, values = _content(old.table, new.table)
    if rows:
        yield _at(ChangeKind.ROWS, new)
    for one in columns:
        if one.key.lower() in values:
            yield _at(ChangeKind.VALUES, new, one.name)


def _renamed_columns(
    before: Columns | None, after: Columns | None, delta: Delta
) -> set[tuple[str | None, str | None]]:
    """In a declared table: one column gone and one come, at the same place and of one type."""
    if before is None or after is None or len(before) != len(after):
        return set()
    differing = [
        (one, other) for one, other in zip(before, after, strict=True) if one.key != other.key
    ]
    names = {one.column for one in delta.schema if one.kind in _MOVING}
    if len(differing) != 1 or names != {differing[0][0].name, differing[0][1].name}:
        return set()
    ((one, other),) = differing
    return {(one.name, other.name)} if one.type == other.type else set()


_MOVING = frozenset({ChangeKind.REMOVED, ChangeKind.ADDED})


def _at(
    kind: ChangeKind,
    node: Node,
    column: str | None = None,
    before: str | None = None,
    after: str | None = None,
) -> Change:
    place = place_of(node)
    return Change(kind, node.shown, column, before, after, place.file, place.line)


def place_of(node: Node) -> Place:
    """Where a node is made, or else declared."""
    found: Definition | None = next(iter(node.definitions), None)
    if found is not None:
        return found.place
    return node.table.place if node.table is not None else Place("")
