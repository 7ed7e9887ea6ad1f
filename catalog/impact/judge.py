"""From deltas to verdicts: the changed nodes first, then what reads them, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from catalog.impact.binding import BoundProject
from catalog.impact.changes import changes_of, nulls, own_delta
from catalog.impact.checks import BrokenCheck, broken_checks, changed_checks
from catalog.impact.graph import Key, Node
from catalog.impact.proof import Break, broken, rebound
from catalog.impact.recorded import untold
from catalog.model.change import NO_DELTA, Change, Delta, Rows
from catalog.model.report import Certainty, Proof, Verdict
from ingest.sql.lineage import ANY_COLUMN
from ingest.sql.meaning import Meaning, Result, Use


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one node. `path`: from the changed node to it, as keys."""

    key: Key
    delta: Delta = NO_DELTA
    changed: bool = False  # it was edited itself
    failing: tuple[Break, ...] = ()  # the statements of its own that fail
    blocked: Break | None = None  # by what breaks before it
    blockers: frozenset[str] = frozenset()  # all that breaks before it: keys, names of checks
    rebound: tuple[str, ...] = ()
    proof: Proof | None = None  # of what is rebound
    unbound: str = ""  # why its SQL could not be bound before
    path: tuple[Key, ...] = ()

    @property
    def breaks(self) -> Break | None:
        """What fails first."""
        return next(iter(self.failing), None)

    @property
    def verdict(self) -> Verdict:
        """The strongest that holds."""
        if self.blocked is not None:
            return Verdict.BLOCKED
        if self.breaks is not None:
            return Verdict.BREAKS
        if self.delta.schema:
            return Verdict.SCHEMA_CHANGES
        if self.delta.rows:
            return Verdict.ROWS_CHANGE
        if self.delta.values:
            return Verdict.VALUES_CHANGE
        return Verdict.UNKNOWN if self.delta.unknown else Verdict.UNAFFECTED


@dataclass(slots=True, eq=False)
class _Judging:
    base: BoundProject
    head: BoundProject
    edited: frozenset[Key]
    guards: dict[Key, list[BrokenCheck]]  # what keeps a relation from being made
    outcomes: dict[Key, Outcome] = field(default_factory=dict[Key, Outcome])
    changes: list[Change] = field(default_factory=list[Change])


def judge(base: BoundProject, head: BoundProject) -> tuple[dict[Key, Outcome], tuple[Change, ...]]:
    """Judge every node of either state; gives outcomes by key, and what was changed."""
    guards: dict[Key, list[BrokenCheck]] = {}
    for one in broken_checks(base, head):
        if one.check.guards:
            guards.setdefault(one.check.relation.lower(), []).append(one)
    judging = _Judging(base, head, frozenset(_edited(base, head)), guards)
    for key in sorted(set(base.nodes) - set(head.nodes)):
        delta = Delta(removed=True, rows=Rows.MEMBERS)
        judging.outcomes[key] = Outcome(key, delta, changed=True, path=(key,))
        judging.changes += changes_of(base, head, key, delta, ())
    for component in head.order:
        _settle(judging, component)
        for key in component:
            _describe(judging, key)
    judging.changes += changed_checks(base, head)
    return judging.outcomes, tuple(judging.changes)


def _settle(judging: _Judging, component: tuple[Key, ...]) -> None:
    """Judge a node, or the members of a cycle until nothing more comes around."""
    before: list[Outcome] | None = None
    for _ in range(len(component) + 1 if len(component) > 1 else 1):
        for key in component:
            judging.outcomes[key] = _judge(judging, key)
        after = [judging.outcomes[key] for key in component]
        if after == before:
            return
        before = after


def _edited(base: BoundProject, head: BoundProject) -> Iterator[Key]:
    """Nodes whose own text is not what it was."""
    for key in {*base.nodes, *head.nodes}:
        old, new = base.nodes.get(key), head.nodes.get(key)
        if old is None or new is None or _text(old) != _text(new) or _demands(base, head, key):
            yield key


def _demands(base: BoundProject, head: BoundProject, key: Key) -> bool:
    """Whether a declared table may have NULL where it had none, or the other way round."""
    return head.nodes[key].table is not None and nulls(base, key) != nulls(head, key)


def _text(node: Node) -> tuple[object, ...]:
    table = node.table
    declared = (table.columns, table.keys, table.content) if table is not None else None
    return (declared, *[(one.sql, one.making) for one in node.definitions])


def _judge(judging: _Judging, key: Key) -> Outcome:
    base, head = judging.base, judging.head
    inputs = [
        judging.outcomes[other]
        for other in sorted(_reads(judging, key))
        if other in judging.outcomes and other != key
    ]
    reached = [one for one in inputs if one.delta or one.breaks or _blocks(one, key)]
    edited = key in judging.edited
    if not edited and not reached and key not in judging.guards:
        return Outcome(key)
    if reached and not edited:
        path = (*_shortest(reached, key), key)
    else:
        path = next((one.path for one in judging.guards.get(key, ()) if one.path), (key,))
    if key not in base.nodes:
        return _new(judging, key, path)
    delta, _ = own_delta(base, head, key)
    delta = _joined([delta, *_pushed(head, key, judging.outcomes)])
    return _outcome(judging, key, delta, reached, path)


def _reads(judging: _Judging, key: Key) -> set[Key]:
    return {*judging.base.reads.get(key, ()), *judging.head.reads.get(key, ())}


def _describe(judging: _Judging, key: Key) -> None:
    """Say how an edited node differs by itself, whatever happens before it."""
    base, head = judging.base, judging.head
    if key not in base.nodes:
        judging.changes += changes_of(base, head, key, NO_DELTA, ())
    elif key in judging.edited:
        judging.changes += changes_of(base, head, key, *own_delta(base, head, key))


def _new(judging: _Judging, key: Key, path: tuple[Key, ...]) -> Outcome:
    """A node that was not there before: nothing downstream can have relied on it."""
    delta = Delta(rows=Rows.MEMBERS)
    found = broken(judging.base, judging.head, key)
    return Outcome(key, delta, changed=True, failing=found, path=path)


def _outcome(
    judging: _Judging, key: Key, delta: Delta, reached: list[Outcome], path: tuple[Key, ...]
) -> Outcome:
    blocked = next((found for one in reached if (found := _stopping(one, key)) is not None), None)
    edited = key in judging.edited
    blockers = frozenset[Key]().union(
        *[one.blockers | ({one.key} if one.breaks else set[Key]()) for one in reached]
    )
    blockers -= {key}
    if blocked is None and key in judging.guards:
        guards = judging.guards[key]
        surest = min(guards, key=lambda one: one.certainty is not Certainty.PROVEN)
        blocked = _guarded(judging.head.nodes[key], surest)
        blockers = frozenset(one.check.name for one in guards)
    unbound = _unbound(judging.base, key)
    if unbound and not edited:
        known = delta or Delta(unknown=True)
        return Outcome(key, known, False, (), blocked, blockers, unbound=unbound, path=path)
    found = broken(judging.base, judging.head, key)
    names, proof = rebound(judging.base, judging.head, key) if not edited else ((), None)
    if any(one.delta.unknown for one in reached) and not delta:
        delta = Delta(unknown=True)
    return Outcome(key, delta, edited, found, blocked, blockers, names, proof, path=path)


def _blocks(one: Outcome, key: Key) -> bool:
    """Whether what is stale is so for another reason than that node, around a cycle."""
    return one.blocked is not None and one.blockers != frozenset({key})


def _stopping(one: Outcome, key: Key) -> Break | None:
    """The break that makes a reader of what is stale or broken stale."""
    if one.blocked is not None:
        return one.blocked if _blocks(one, key) else None
    return one.breaks


def _guarded(node: Node, guard: BrokenCheck) -> Break:
    """A relation that is not made since a check does not let it."""
    return Break(guard.proof, guard.certainty, guard.columns, guard.check.name, node.definitions[0])


def _unbound(base: BoundProject, key: Key) -> str:
    for meaning in base.meanings.get(key, ()):
        for problem in meaning.problems:
            return problem.message
    return ""


def _shortest(reached: list[Outcome], key: Key) -> tuple[Key, ...]:
    """The shortest way to a node, not around a cycle; one that breaks before one that changes."""
    straight = [one for one in reached if key not in one.path] or reached
    breaking = [one for one in straight if one.breaks or one.blocked]
    return min((one.path for one in breaking or straight), key=lambda path: (len(path), path))


# Deltas pushed through statements


def _pushed(head: BoundProject, key: Key, outcomes: dict[Key, Outcome]) -> Iterator[Delta]:
    """What the deltas of its inputs do to a node, through the lineage of its statements."""
    for definition, meaning in zip(
        head.nodes[key].definitions, head.meanings.get(key, ()), strict=True
    ):
        inputs = {name.lower(): _felt(meaning, name, key, outcomes) for name in meaning.reads}
        if untold(definition.recorded, inputs):
            yield Delta(unknown=True)
        for result in meaning.results:
            yield _through(result, inputs)


def _felt(meaning: Meaning, name: str, key: Key, outcomes: dict[Key, Outcome]) -> Delta:
    """What a statement feels of a table: not what happens to rows that it passes over.

    A relation's own content is not followed.
    """
    outcome = outcomes.get(name.lower()) if name.lower() != key else None
    if outcome is None:
        return NO_DELTA
    delta = outcome.delta
    wanted = dict(meaning.required).get(name, ())
    passed_over = not delta.only_null.isdisjoint(one.lower() for one in wanted)
    return replace(delta, rows=Rows.NONE) if passed_over else delta


def _through(result: Result, inputs: dict[str, Delta]) -> Delta:
    values = frozenset(
        one.key.lower()
        for one in result.fields
        if any(_enters(use, inputs) for use in (*one.direct, *one.indirect))
    )
    if any(use.chooses and _enters(use, inputs) for use in result.uses):
        keys = frozenset[str]().union(*result.keys)
        values |= {one.key.lower() for one in result.fields if one.key not in keys}
    rows = max((_enters_rows(use, inputs) for use in result.uses), default=Rows.NONE)
    return Delta(values=values, rows=rows)


def _enters(use: Use, inputs: dict[str, Delta]) -> bool:
    """Whether a value is another because of what happens to one of its sources."""
    delta = inputs.get((use.table or "").lower(), NO_DELTA)
    if use.path == (ANY_COLUMN,):
        return bool(delta.values or delta.rows)
    if use.path:
        return use.path[0].lower() in delta.values or ANY_COLUMN in delta.values
    return delta.rows is Rows.MEMBERS or (delta.rows is Rows.COPIES and not use.absorbs)


def _enters_rows(use: Use, inputs: dict[str, Delta]) -> Rows:
    delta = inputs.get((use.table or "").lower(), NO_DELTA)
    if use.path:
        changes = use.path[0].lower() in delta.values and not use.chooses
        return Rows.MEMBERS if changes else Rows.NONE
    if delta.rows is Rows.COPIES and use.absorbs:
        return Rows.NONE
    return delta.rows


def _joined(deltas: Iterable[Delta]) -> Delta:
    """All that happens: deltas never shrink."""
    found = list(deltas)
    return Delta(
        tuple(change for one in found for change in one.schema),
        frozenset[str]().union(*[one.values for one in found]),
        max((one.rows for one in found), default=Rows.NONE),
        _only_null(found),
        any(one.unknown for one in found),
        any(one.removed for one in found),
    )


def _only_null(deltas: list[Delta]) -> frozenset[str]:
    """Rows that differ for several reasons may differ anywhere."""
    told = {one.only_null for one in deltas if one.rows is not Rows.NONE}
    return next(iter(told)) if len(told) == 1 else frozenset()
