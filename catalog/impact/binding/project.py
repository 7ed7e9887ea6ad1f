"""A project bound: each statement against the columns of what it reads, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from catalog.impact.binding.bound import BoundProject, Column, Memory, digest
from catalog.impact.binding.declaring import (
    NOTHING_KNOWN,
    Offered,
    State,
    as_before,
    declare_node,
    dialect_of,
    schema_before,
    schema_in_force,
    seen_by,
    told_names,
)
from catalog.impact.graph import Key, Node, distances, nodes_of, ordered
from catalog.impact.recorded import observed
from catalog.model.project import Check, Definition, Project, RuleKind
from ingest.sql.errors import Code, Problem, Span
from ingest.sql.meaning import Meaning, meaning_of
from ingest.sql.script import Parsed, bind_parsed, parse_script
from ingest.sql.tables import named_tables

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
    state = State(project, memory, nodes_of(project), schema_before(project, absent), before)
    for key, node in state.nodes.items():
        declare_node(state, key, node, NOTHING_KNOWN)
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


def _named(state: State, node: Node) -> tuple[str, ...]:
    found: set[str] = set()
    for one in node.definitions:
        if one.unread or one.recorded or one.calls:
            found.update(told_names(one))
            continue
        key = state.names + digest(one.sql)
        state.memory.used.add(key)
        names = state.memory.tables.get(key)
        if names is None:
            names = named_tables(_parse(state, one), state.schema)
            state.memory.tables[key] = names
        found.update(names)
    return tuple(sorted(found - {node.name}))


def _parse(state: State, definition: Definition) -> Parsed:
    """A statement is parsed to see what it names, and bound later: trees are kept if not many."""
    found = state.parsed.pop(definition.sql, None) if definition.dialect is None else None
    if found is None:
        found = parse_script(definition.sql, dialect_of(state, definition))
        if definition.dialect is None and len(state.parsed) < _TREES:
            state.parsed[definition.sql] = found
    return found


_TREES = 1_000
"""How many parse trees are kept: each is some hundred kilobytes."""


def _bind_node(state: State, key: Key) -> None:
    node = state.nodes[key]
    state.meanings[key] = tuple(_bind(state, one) for one in node.definitions)
    declare_node(state, key, node, _offered(state, node, state.meanings[key]))


def _entered(
    state: State, order: list[tuple[Key, ...]], reads: Mapping[Key, list[Key]]
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


def _bind_cycle(state: State, members: tuple[Key, ...]) -> None:
    """Bind what is made of itself.

    A change comes to each member once, which others still take for what it was. Where there is no
    state before, members are bound until their columns stay; if they never do, none are known.
    """
    if state.before is not None and all(key in state.before.nodes for key in members):
        for key in members:
            declare_node(state, key, state.nodes[key], as_before(state.before, key))
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
        declare_node(state, key, state.nodes[key], NOTHING_KNOWN)
    for key in members:
        node = state.nodes[key]
        state.meanings[key] = tuple(_bind(state, one) for one in node.definitions)


_ROUNDS = 10
"""How often a cycle is bound: columns that come around later than that are not known."""


def _bind(state: State, definition: Definition) -> Meaning:
    """Bind a statement; of one that writes several tables, what it does to this one."""
    meaning = _bound(state, definition)
    own = tuple(one for one in meaning.results if one.target == definition.target)
    return replace(meaning, results=own) if 0 < len(own) < len(meaning.results) else meaning


def _bound(state: State, definition: Definition) -> Meaning:
    if definition.unread:
        problem = Problem(Span(0, 0), Code.UNSUPPORTED, definition.unread)
        return Meaning((), (), (problem,), (), ())
    if definition.recorded:
        return observed(definition, state.schema.find, judged=state.before is not None)
    if definition.calls:
        names = tuple(sorted(told_names(definition)))
    else:
        names = state.memory.tables[state.names + digest(definition.sql)]
    in_force = [schema_in_force(state.schema, name) for name in names]
    called = repr(definition.calls) if definition.calls else ""
    key = digest(dialect_of(state, definition), called, definition.sql, *in_force)
    state.memory.used.add(key)
    found = state.memory.meanings.get(key)
    if found is None:
        found = _meaning(state, definition)
        state.memory.meanings[key] = found
    return found


def _meaning(state: State, definition: Definition) -> Meaning:
    try:
        return meaning_of(bind_parsed(_parse(state, definition), seen_by(state, definition)))
    except RecursionError:
        whole = Span(0, len(definition.sql))
        problem = Problem(whole, Code.TOO_DEEP, "The statement is nested too deeply.")
        return Meaning((), (), (problem,), (), ())


def _offered(state: State, node: Node, meanings: tuple[Meaning, ...]) -> Offered:
    """The columns of what the first statement makes, and those that are added to it."""
    for definition, meaning in list(zip(node.definitions, meanings, strict=True))[:1]:
        if any(problem.code in _UNREAD for problem in meaning.problems):
            return NOTHING_KNOWN
        for result in meaning.results[:1]:
            made = [Column(one.key, one.name, one.type, one.spells) for one in result.fields]
            rules = state.schema.rules
            made += [Column(rules.stored(name), name, type_) for name, type_ in definition.adds]
            return Offered(tuple(made), result.open, result.lost)
    return NOTHING_KNOWN
