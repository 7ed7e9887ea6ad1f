"""What a statement may see: the columns of each relation, as they are in force when it is bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.impact.binding.bound import BoundProject, Column, Columns, Memory
from catalog.impact.graph import Key, Node
from catalog.model.project import Definition, Project, Table
from ingest.sql.diff import diff
from ingest.sql.meaning import Meaning
from ingest.sql.outputs import Mode
from ingest.sql.rules import Rules, rules_of
from ingest.sql.schema import Declared, Schema, declare, declare_as, schema_of
from ingest.sql.script import Parsed


@dataclass(slots=True, eq=False)
class State:
    project: Project
    memory: Memory
    nodes: dict[Key, Node]
    schema: Schema
    before: BoundProject | None
    names: bytes = b""  # a digest of all names that may be meant
    parsed: dict[str, Parsed] = field(default_factory=dict[str, Parsed])
    meanings: dict[Key, tuple[Meaning, ...]] = field(default_factory=dict[Key, tuple[Meaning, ...]])
    columns: dict[Key, Columns | None] = field(default_factory=dict[Key, "Columns | None"])
    open: dict[Key, frozenset[str]] = field(default_factory=dict[Key, frozenset[str]])


@dataclass(frozen=True, slots=True)
class Offered:
    """The columns of a relation, as far as they are known; `lost`: not there for sure."""

    columns: Columns | None
    open: bool = False
    lost: frozenset[str] = frozenset()


NOTHING_KNOWN = Offered(None, open=True)


def schema_before(project: Project, absent: Iterable[str]) -> Schema:
    """Give the schema before anything is bound."""
    schema = schema_of({}, rules_of(project.dialect), *project.defaults)
    for name in absent:
        declare(schema, Declared(name, {}, absent=True))
    return schema


def declare_node(state: State, key: Key, node: Node, offered: Offered) -> None:
    """Make a relation known to the statements behind it; a query is none."""
    if node.table is not None:
        offered = _declared(state, key, node.table)
    state.columns[key] = offered.columns
    if offered.open:
        state.open[key] = offered.lost
    else:
        state.open.pop(key, None)
    if node.is_query:
        return
    rules = rules_at(state, node)
    columns = [(rules.named(one.name, one.key), one) for one in offered.columns or ()]
    declared = Declared(
        node.name,
        {name: one.type for name, one in columns},
        frozenset(name for name, one in columns if rules.stored(name) != one.key),
        _keys(state, key, node),
        renamed=_renames(state, key, node, offered.columns),
        spelled={name: one.spells for name, one in columns if one.spells},
        open=offered.open,
        lost=offered.lost,
    )
    declare(state.schema, declared)


def rules_at(state: State, node: Node) -> Rules:
    """The rules of what a relation is declared in, or made by."""
    if node.table is not None or not node.definitions:
        return state.schema.rules
    return rules_of(dialect_of(state, node.definitions[0]))


def _declared(state: State, key: Key, table: Table) -> Offered:
    """What is declared; an open table has not what it had before and is not declared any more."""
    columns = tuple(Column(_key(state, table, name), name, type_) for name, type_ in table.columns)
    before = {one.key for one in _before(state, key) or ()}
    lost = before - {one.key for one in columns} if table.open else frozenset[str]()
    return Offered(columns, table.open, frozenset(lost))


def _keys(state: State, key: Key, node: Node) -> tuple[frozenset[str], ...]:
    if node.table is not None:
        table = node.table
        return tuple(frozenset(_key(state, table, name) for name in one) for one in table.keys)
    made = state.meanings.get(key, ())
    only = made[0].results[0] if len(made) == 1 and made[0].results else None
    return only.keys if only is not None and only.mode is not Mode.APPEND else ()


def _key(state: State, table: Table, name: str) -> str:
    return table.folded.get(name) or state.schema.rules.stored(name)


def _renames(state: State, key: Key, node: Node, columns: Columns | None) -> Mapping[str, str]:
    """Which columns are those of base under another name, as keys."""
    if node.table is not None:
        return _moved(_before(state, key), columns)
    return _renamed(state, key)


def _before(state: State, key: Key) -> Columns | None:
    return state.before.columns.get(key) if state.before is not None else None


def _moved(before: Columns | None, after: Columns | None) -> dict[str, str]:
    """In a declared table a renamed column has its old place and type, and is the only one."""
    if before is None or after is None or len(before) != len(after):
        return {}
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old.key != new.key]
    known = {one.key for one in before}
    if len(pairs) != 1 or pairs[0][1].key in known or pairs[0][0].type != pairs[0][1].type:
        return {}
    return {pairs[0][1].key: pairs[0][0].key}


def _renamed(state: State, key: Key) -> dict[str, str]:
    """A query's renamed columns: those of the same value under another name."""
    before = state.before.meanings.get(key, ()) if state.before is not None else ()
    after = state.meanings.get(key, ())
    if len(before) != 1 or len(after) != 1 or not before[0].results or not after[0].results:
        return {}
    old, new = before[0].results[0], after[0].results[0]
    key_of = {field.name: field.key for field in (*old.fields, *new.fields)}
    return {key_of[name]: key_of[was] for was, name in diff(old, new).renamed}


def told_names(definition: Definition) -> set[str]:
    """The relations that it is told to read or write, whatever its text says."""
    calls = {relation for _, relation in definition.calls}
    return calls or {*definition.reads, *(one.relation for one in definition.recorded)}


def dialect_of(state: State, definition: Definition) -> str:
    """Give the dialect of a statement."""
    told = definition.dialect
    return told if told is not None else state.project.dialect


def seen_by(state: State, definition: Definition) -> Schema:
    """The relations under the names by which a statement calls them."""
    if not definition.calls:
        return state.schema
    schema = Schema(rules_of(dialect_of(state, definition)), {})
    for parts, relation in definition.calls:
        known = state.schema.find(relation)
        declare_as(schema, tuple(reversed(parts)), known or Declared(relation, {}))
    return schema


def as_before(before: BoundProject, key: Key) -> Offered:
    """Give a relation as it was in the state before."""
    lost = before.open.get(key)
    return Offered(before.columns.get(key), lost is not None, lost or frozenset())


def schema_in_force(schema: Schema, name: str) -> str:
    """What a statement can see of a table, as text."""
    table = schema.find(name)
    if table is None:
        return name
    columns = ",".join(f"{column!r}:{type_}" for column, type_ in table.columns.items())
    keys = sorted(map(sorted, table.keys))
    missing = f"{table.open}{sorted(table.lost)}" if table.open else ""
    spelled = f"{sorted(table.exact)}{table.renamed}{table.spelled}"
    return f"{name}({columns}){table.absent}{keys}{spelled}{missing}"
