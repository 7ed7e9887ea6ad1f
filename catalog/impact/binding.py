"""A project bound: each statement against the columns of what it reads, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

from catalog.impact.graph import Key, Node, distances, nodes_of, ordered
from catalog.impact.recorded import observed
from catalog.model.project import Check, Definition, Project, RuleKind, Table
from ingest.sql.diff import diff
from ingest.sql.errors import Code, Problem, Span
from ingest.sql.meaning import Meaning, meaning_of
from ingest.sql.outputs import Mode
from ingest.sql.rules import Rules, rules_of
from ingest.sql.schema import Declared, Schema, declare, declare_as, schema_of
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
        _declare(state, key, node, _NOTHING_KNOWN)
    state.names = digest(project.dialect, *sorted(one.name for one in state.schema.declared()))
    named = {
        key: [name.lower() for name in _named(state, node)] for key, node in state.nodes.items()
    }
    order = _entered(state, ordered(named), named)
    for component in order:
        if len(component) > 1:
            _bind_cycle(state, component)
        for key in component:
            if len(component) == 1:
                _bind_node(state, key)
            progress()
    reads = {
        key: _reads(state.nodes[key].definitions, meanings)
        for key, meanings in state.meanings.items()
    }
    return BoundProject(
        project,
        state.nodes,
        order,
        state.meanings,
        state.columns,
        reads,
        state.open,
        frozenset(_never_null(project.checks)),
    )


def _never_null(checks: Iterable[Check]) -> Iterator[tuple[Key, str]]:
    for one in checks:
        if one.guards and one.kind is RuleKind.NOT_NULL:
            yield from ((one.relation.lower(), name.lower()) for name, _ in one.columns)


def _reads(definitions: Iterable[Definition], meanings: Iterable[Meaning]) -> frozenset[Key]:
    """What is read; of a statement that could not be read itself, what it is declared to read."""
    found: set[str] = set()
    for one, meaning in zip(definitions, meanings, strict=True):
        found.update(meaning.reads)
        if any(problem.code in _UNREAD for problem in meaning.problems):
            found.update(one.reads)
    return frozenset(name.lower() for name in found)


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
    open: dict[Key, frozenset[str]] = field(default_factory=dict[Key, frozenset[str]])


@dataclass(frozen=True, slots=True)
class _Offered:
    """The columns of a relation, as far as they are known; `lost`: not there for sure."""

    columns: Columns | None
    open: bool = False
    lost: frozenset[str] = frozenset()


_NOTHING_KNOWN = _Offered(None, open=True)


def _schema(project: Project, absent: Iterable[str]) -> Schema:
    schema = schema_of({}, rules_of(project.dialect), *project.defaults)
    for name in absent:
        declare(schema, Declared(name, {}, absent=True))
    return schema


def _declare(state: _State, key: Key, node: Node, offered: _Offered) -> None:
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
    rules = _rules(state, node)
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


def _rules(state: _State, node: Node) -> Rules:
    """The rules of what a relation is declared in, or made by."""
    if node.table is not None or not node.definitions:
        return state.schema.rules
    return rules_of(_dialect(state, node.definitions[0]))


def _declared(state: _State, key: Key, table: Table) -> _Offered:
    """What is declared; an open table has not what it had before and is not declared any more."""
    columns = tuple(Column(_key(state, table, name), name, type_) for name, type_ in table.columns)
    before = {one.key for one in _before(state, key) or ()}
    lost = before - {one.key for one in columns} if table.open else frozenset[str]()
    return _Offered(columns, table.open, frozenset(lost))


def _keys(state: _State, key: Key, node: Node) -> tuple[frozenset[str], ...]:
    if node.table is not None:
        table = node.table
        return tuple(frozenset(_key(state, table, name) for name in one) for one in table.keys)
    made = state.meanings.get(key, ())
    only = made[0].results[0] if len(made) == 1 and made[0].results else None
    return only.keys if only is not None and only.mode is not Mode.APPEND else ()


def _key(state: _State, table: Table, name: str) -> str:
    return table.folded.get(name) or state.schema.rules.stored(name)


def _renames(state: _State, key: Key, node: Node, columns: Columns | None) -> Mapping[str, str]:
    """Which columns are those of base under another name, as keys."""
    if node.table is not None:
        return _moved(_before(state, key), columns)
    return _renamed(state, key)


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
        if one.unread or one.recorded or one.calls:
            found.update(_told(one))
            continue
        key = state.names + digest(one.sql)
        state.memory.used.add(key)
        names = state.memory.tables.get(key)
        if names is None:
            names = named_tables(_parse(state, one), state.schema)
            state.memory.tables[key] = names
        found.update(names)
    return tuple(sorted(found - {node.name}))


def _told(definition: Definition) -> set[str]:
    """The relations that it is told to read or write, whatever its text says."""
    calls = {relation for _, relation in definition.calls}
    return calls or {*definition.reads, *(one.relation for one in definition.recorded)}


def _dialect(state: _State, definition: Definition) -> str:
    told = definition.dialect
    return told if told is not None else state.project.dialect


def _seen_by(state: _State, definition: Definition) -> Schema:
    """The relations under the names by which a statement calls them."""
    if not definition.calls:
        return state.schema
    schema = Schema(rules_of(_dialect(state, definition)), {})
    for parts, relation in definition.calls:
        known = state.schema.find(relation)
        declare_as(schema, tuple(reversed(parts)), known or Declared(relation, {}))
    return schema


def _parse(state: _State, definition: Definition) -> Parsed:
    """A statement is parsed to see what it names, and bound later: trees are kept if not many."""
    found = state.parsed.pop(definition.sql, None) if definition.dialect is None else None
    if found is None:
        found = parse_script(definition.sql, _dialect(state, definition))
        if definition.dialect is None and len(state.parsed) < _TREES:
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


def _bind_node(state: _State, key: Key) -> None:
    node = state.nodes[key]
    state.meanings[key] = tuple(_bind(state, one) for one in node.definitions)
    _declare(state, key, node, _offered(state, node, state.meanings[key]))


# Cycles


def _entered(
    state: _State, order: list[tuple[Key, ...]], reads: Mapping[Key, list[Key]]
) -> list[tuple[Key, ...]]:
    """Put the members of each cycle in the order in which a change comes to them."""
    if state.before is None or all(len(one) == 1 for one in order):
        return order
    was = state.before.nodes
    far = distances(reads, [key for key, one in state.nodes.items() if one != was.get(key)])
    last = len(state.nodes)
    return [
        tuple(sorted(one, key=lambda key: (far.get(key, last), key))) if len(one) > 1 else one
        for one in order
    ]


def _bind_cycle(state: _State, members: tuple[Key, ...]) -> None:
    """Bind what is made of itself.

    A change comes to each member once, which others still take for what it was. Where there is no
    state before, members are bound until their columns stay; if they never do, none are known.
    """
    if state.before is not None and all(key in state.before.nodes for key in members):
        for key in members:
            _declare(state, key, state.nodes[key], _as_before(state.before, key))
        for key in members:
            _bind_node(state, key)
        return
    for _ in range(_ROUNDS):
        known = [(state.columns.get(key), state.open.get(key)) for key in members]
        for key in members:
            _bind_node(state, key)
        if known == [(state.columns.get(key), state.open.get(key)) for key in members]:
            return
    for key in members:
        _declare(state, key, state.nodes[key], _NOTHING_KNOWN)
    for key in members:
        node = state.nodes[key]
        state.meanings[key] = tuple(_bind(state, one) for one in node.definitions)


_ROUNDS = 10
"""How often a cycle is bound: columns that come around later than that are not known."""


def _as_before(before: BoundProject, key: Key) -> _Offered:
    lost = before.open.get(key)
    return _Offered(before.columns.get(key), lost is not None, lost or frozenset())


def _bind(state: _State, definition: Definition) -> Meaning:
    """Bind a statement; of one that writes several tables, what it does to this one."""
    meaning = _bound(state, definition)
    own = tuple(one for one in meaning.results if one.target == definition.target)
    return replace(meaning, results=own) if 0 < len(own) < len(meaning.results) else meaning


def _bound(state: _State, definition: Definition) -> Meaning:
    if definition.unread:
        problem = Problem(Span(0, 0), Code.UNSUPPORTED, definition.unread)
        return Meaning((), (), (problem,), (), ())
    if definition.recorded:
        return observed(definition, state.schema.find, judged=state.before is not None)
    if definition.calls:
        names = tuple(sorted(_told(definition)))
    else:
        names = state.memory.tables[state.names + digest(definition.sql)]
    in_force = [_in_force(state.schema, name) for name in names]
    called = repr(definition.calls) if definition.calls else ""
    key = digest(_dialect(state, definition), called, definition.sql, *in_force)
    state.memory.used.add(key)
    found = state.memory.meanings.get(key)
    if found is None:
        found = _meaning(state, definition)
        state.memory.meanings[key] = found
    return found


def _meaning(state: _State, definition: Definition) -> Meaning:
    try:
        return meaning_of(bind_parsed(_parse(state, definition), _seen_by(state, definition)))
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
    missing = f"{table.open}{sorted(table.lost)}" if table.open else ""
    spelled = f"{sorted(table.exact)}{table.renamed}{table.spelled}"
    return f"{name}({columns}){table.absent}{keys}{spelled}{missing}"


def _offered(state: _State, node: Node, meanings: tuple[Meaning, ...]) -> _Offered:
    """The columns of what the first statement makes, and those that are added to it."""
    for definition, meaning in list(zip(node.definitions, meanings, strict=True))[:1]:
        if any(problem.code in _UNREAD for problem in meaning.problems):
            return _NOTHING_KNOWN
        for result in meaning.results[:1]:
            made = [Column(one.key, one.name, one.type, one.spells) for one in result.fields]
            rules = state.schema.rules
            made += [Column(rules.stored(name), name, type_) for name, type_ in definition.adds]
            return _Offered(tuple(made), result.open, result.lost)
    return _NOTHING_KNOWN
