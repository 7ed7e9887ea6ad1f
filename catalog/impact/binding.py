"""A project bound: each statement against the columns of what it reads, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

from catalog.impact.graph import Key, Node, nodes_of, ordered
from catalog.model.project import Definition, Project
from ingest.sql.diff import diff
from ingest.sql.errors import Code, Problem, Span
from ingest.sql.meaning import Meaning, meaning_of
from ingest.sql.rules import rules_of
from ingest.sql.schema import Declared, Schema, declare, schema_of
from ingest.sql.script import Parsed, bind_parsed, parse_script
from ingest.sql.tables import named_tables


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


@dataclass(frozen=True, slots=True)
class BoundProject:
    """Nodes, what their statements mean, and their columns (None: not all are known)."""

    project: Project
    nodes: dict[Key, Node]
    order: list[tuple[Key, ...]]
    meanings: dict[Key, tuple[Meaning, ...]]
    columns: dict[Key, Columns | None]
    reads: dict[Key, frozenset[Key]]


_UNREAD = frozenset({Code.SYNTAX, Code.UNSUPPORTED, Code.TOO_DEEP, Code.TIMEOUT})
"""Problems after which it is not known what a statement gives."""


def bind_project(
    project: Project,
    memory: Memory,
    before: BoundProject | None = None,
    absent: Iterable[str] = (),
    progress: Callable[[], None] = lambda: None,
) -> BoundProject:
    """Bind all statements.

    `before`: the state that it is to be compared with, so that renamed columns are the same
    columns; `absent`: relations that are known not to be there any more.

    Raises:
        ValueError: there is no such dialect.
    """
    state = _State(project, memory, nodes_of(project), _schema(project, absent), before)
    for key, node in state.nodes.items():
        _declare(state, key, node, None)
    state.names = digest(project.dialect, *sorted(one.name for one in state.schema.declared()))
    named = {key: _named(state, node) for key, node in state.nodes.items()}
    order = ordered({key: [name.lower() for name in names] for key, names in named.items()})
    for component in order:
        for key in component:
            _bind_node(state, key, in_cycle=len(component) > 1)
            progress()
    reads = {
        key: frozenset(name.lower() for meaning in meanings for name in meaning.reads)
        for key, meanings in state.meanings.items()
    }
    return BoundProject(project, state.nodes, order, state.meanings, state.columns, reads)


@dataclass(slots=True, eq=False)
class _State:
    project: Project
    memory: Memory
    nodes: dict[Key, Node]
    schema: Schema
    before: BoundProject | None
    names: bytes = b""  # a digest of all names that may be meant
    parsed: dict[str, Parsed] = field(default_factory=dict[str, Parsed])
    meanings: dict[Key, tuple[Meaning, ...]] = field(default_factory=dict[Key, tuple[Meaning, ...]])
    columns: dict[Key, Columns | None] = field(default_factory=dict[Key, "Columns | None"])


def _schema(project: Project, absent: Iterable[str]) -> Schema:
    schema = schema_of({}, rules_of(project.dialect), *project.defaults)
    for name in absent:
        declare(schema, Declared(name, {}, absent=True))
    return schema


def _declare(state: _State, key: Key, node: Node, columns: Columns | None) -> None:
    """Make a relation known to the statements behind it; a query is none."""
    if node.is_query:
        state.columns[key] = columns
        return
    table = node.table
    rules = state.schema.rules
    if table is not None:
        keys = tuple(frozenset(rules.stored(name) for name in one) for one in table.keys)
        columns = tuple(Column(rules.stored(name), name, type_) for name, type_ in table.columns)
        renamed = _moved(_before(state, key), columns)
        declare(state.schema, Declared(node.name, dict(table.columns), keys, renamed=renamed))
        state.columns[key] = columns
        return
    told = {one.name: one.type for one in columns or ()}
    made = state.meanings.get(key, ())
    keys = made[0].results[0].keys if len(made) == 1 and made[0].results else ()
    spelled = {one.name: one.spells for one in columns or () if one.spells}
    renamed = _renamed(state, key)
    declare(state.schema, Declared(node.name, told, keys, renamed=renamed, spelled=spelled))
    state.columns[key] = columns


def _before(state: _State, key: Key) -> Columns | None:
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


def _renamed(state: _State, key: Key) -> dict[str, str]:
    """A query's renamed columns: those of the same value under another name."""
    before = state.before.meanings.get(key, ()) if state.before is not None else ()
    after = state.meanings.get(key, ())
    if len(before) != 1 or len(after) != 1 or not before[0].results or not after[0].results:
        return {}
    old, new = before[0].results[0], after[0].results[0]
    key_of = {field.name: field.key for field in (*old.fields, *new.fields)}
    return {key_of[name]: key_of[was] for was, name in diff(old, new).renamed}


def _named(state: _State, node: Node) -> tuple[str, ...]:
    found: set[str] = set()
    for one in node.definitions:
        key = state.names + digest(one.sql)
        state.memory.used.add(key)
        names = state.memory.tables.get(key)
        if names is None:
            names = named_tables(_parse(state, one), state.schema)
            state.memory.tables[key] = names
        found.update(names)
    return tuple(sorted(found - {node.name}))


def _parse(state: _State, definition: Definition) -> Parsed:
    """A statement is parsed to see what it names, and bound later: trees are kept if not many."""
    found = state.parsed.pop(definition.sql, None)
    if found is None:
        found = parse_script(definition.sql, state.project.dialect)
        if len(state.parsed) < _TREES:
            state.parsed[definition.sql] = found
    return found


_TREES = 1_000
"""How many parse trees are kept: each is some hundred kilobytes."""


def digest(*parts: str) -> bytes:
    """Give 16 bytes that tell texts from all others."""
    made = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8) + data)
    return made.digest()


def _bind_node(state: _State, key: Key, *, in_cycle: bool) -> None:
    node = state.nodes[key]
    state.meanings[key] = tuple(_bind(state, one) for one in node.definitions)
    if not in_cycle:
        _declare(state, key, node, _columns_of(state.meanings[key]))


def _bind(state: _State, definition: Definition) -> Meaning:
    names = state.memory.tables[state.names + digest(definition.sql)]
    in_force = [_in_force(state.schema, name) for name in names]
    key = digest(state.project.dialect, definition.sql, *in_force)
    state.memory.used.add(key)
    found = state.memory.meanings.get(key)
    if found is None:
        found = _meaning(state, definition)
        state.memory.meanings[key] = found
    return found


def _meaning(state: _State, definition: Definition) -> Meaning:
    try:
        return meaning_of(bind_parsed(_parse(state, definition), state.schema))
    except RecursionError:
        whole = Span(0, len(definition.sql))
        problem = Problem(whole, Code.TOO_DEEP, "The statement is nested too deeply.")
        return Meaning((), (), (problem,), (), ())


def _in_force(schema: Schema, name: str) -> str:
    """What a statement can see of a table, as text."""
    table = schema.find(name)
    if table is None:
        return name
    columns = ",".join(f"{column!r}:{type_}" for column, type_ in table.columns.items())
    keys = sorted(map(sorted, table.keys))
    return f"{name}({columns}){table.absent}{keys}{table.renamed}{table.spelled}"


def _columns_of(meanings: tuple[Meaning, ...]) -> Columns | None:
    """The columns of what the first statement makes; None if they are not all known."""
    for meaning in meanings[:1]:
        if any(problem.code in _UNREAD for problem in meaning.problems):
            return None
        for result in meaning.results[:1]:
            if not result.open:
                return tuple(
                    Column(one.key, one.name, one.type, one.spells) for one in result.fields
                )
    return None
