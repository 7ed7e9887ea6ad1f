"""The report: outcomes as impacts, in the order in which people should look at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from catalog.impact.binding import BoundProject
from catalog.impact.checks import BrokenCheck, broken_checks
from catalog.impact.graph import Key, Node
from catalog.impact.judge import Outcome, judge
from catalog.impact.partners import parted
from catalog.impact.proof import Break, dialect_level, mended
from catalog.impact.recorded import is_inferred
from catalog.impact.values import unmatched
from catalog.model.change import Change, ChangeKind
from catalog.model.project import Consumer, Definition
from catalog.model.report import (
    Certainty,
    Coverage,
    Criticality,
    Edit,
    Effects,
    Impact,
    Report,
    ThingKind,
    Unparsed,
    Verdict,
)
from catalog.model.thing import Thing
from ingest.names import JobName

_RANK = {verdict: place for place, verdict in enumerate(Verdict)}
_CRITICALITY = {criticality: place for place, criticality in enumerate(Criticality)}


def report_of(base: BoundProject, head: BoundProject) -> Report:
    """Compare two states of a project."""
    outcomes, changes = judge(base, head)
    told = _Told(base, head, changes)
    impacts = [
        impact
        for key, outcome in outcomes.items()
        if key in head.nodes
        for impact in _impacts(told, outcome)
    ]
    impacts += [
        impact
        for consumer in head.project.consumers
        if (impact := _declared(told, consumer, outcomes)) is not None
    ]
    impacts += _of_checks(told, outcomes, {one.name for one in impacts})
    coverage = _coverage(head, outcomes)
    complete = not (changes and coverage.unparsed)
    return Report(changes, tuple(sorted(impacts, key=order)), coverage, complete)


def order(impact: Impact) -> tuple[int, int, int, str, str]:
    """Give the order of impacts: what breaks, what is rebound, then by how much it matters."""
    first = 0 if impact.verdict is Verdict.BREAKS else 1 if impact.effects.rebound else 2
    return (
        first,
        -_CRITICALITY[impact.criticality],
        _RANK[impact.verdict],
        impact.namespace,
        impact.name,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What impacts are told from."""

    base: BoundProject
    head: BoundProject
    changes: tuple[Change, ...]


def _impacts(told: _Told, outcome: Outcome) -> Iterator[Impact]:
    """The impact on a node; of several writers each that breaks, and the dataset gets stale."""
    is_change = outcome.changed and outcome.breaks is None and outcome.blocked is None
    is_check = told.head.nodes[outcome.key].is_check
    if outcome.verdict is Verdict.UNAFFECTED or is_change:
        return
    if is_check and outcome.verdict is not Verdict.BREAKS:
        return  # whether it passes depends on the data, as it always does
    if outcome.verdict is Verdict.BREAKS and len(told.head.nodes[outcome.key].definitions) > 1:
        for found in outcome.failing:
            broken = _impact(told, replace(outcome, failing=(found,)))
            named = told.head.project.catalogued.get(found.job)
            thing = named.thing if named is not None else None
            yield replace(
                broken,
                kind=ThingKind.JOB,
                namespace=thing.namespace if thing is not None else broken.namespace,
                name=found.job,
                jobs=(),
                thing=thing,
                makers=(),
            )
        blockers = frozenset({outcome.key})
        outcome = replace(outcome, blocked=outcome.breaks, blockers=blockers, failing=())
    yield _impact(told, outcome)


def _impact(told: _Told, outcome: Outcome) -> Impact:
    verdict = outcome.verdict
    node = told.head.nodes[outcome.key]
    effects = _effects(told.head, outcome)
    shown = outcome.breaks if verdict is Verdict.BREAKS else None
    catalogued = told.head.project.catalogued
    named = catalogued.get(node.name)
    is_job = named is not None and isinstance(named.thing, JobName)
    jobs = tuple(one.name for one in node.definitions if one.target is not None and not is_job)
    return Impact(
        named.kind if named is not None and not node.is_check else _kind(node),
        named.thing.namespace if named is not None else "",
        node.shown,
        verdict,
        _certainty(told.head, outcome),
        effects,
        shown.columns if shown is not None else _columns(effects),
        _reason(told, outcome),
        shown.proof if shown is not None else outcome.proof,
        tuple(_step(told, key) for key in outcome.path),
        node.owners,
        jobs=jobs,
        edits=_edits(told, shown, outcome.path),
        blocked_by=tuple(sorted(_shown(told.head, key) for key in outcome.blockers)),
        criticality=named.criticality if named is not None else Criticality.NORMAL,
        thing=named.thing if named is not None else None,
        makers=tuple(catalogued[job].thing for job in jobs if job in catalogued),
        steps=tuple(_thing(told, key) for key in outcome.path),
    )


def _shown(head: BoundProject, key: str) -> str:
    node = head.nodes.get(key)
    return node.shown if node is not None else key


def _of_checks(told: _Told, outcomes: dict[Key, Outcome], said: set[str]) -> Iterator[Impact]:
    """Rules that do not hold any more; not of what breaks or gets stale before they are tried."""
    stale = {Verdict.BREAKS, Verdict.BLOCKED}
    for broken in broken_checks(told.base, told.head):
        check = broken.check
        outcome = outcomes.get(check.relation.lower())
        if outcome is None or check.name in said:
            continue
        if outcome.verdict in stale and check.name not in outcome.blockers:
            continue
        path = broken.path or outcome.path or (outcome.key,)
        yield _breaking(told, broken, path)
    for broken in parted(told.base, told.head, outcomes):
        outcome = outcomes[broken.check.relation.lower()]
        if broken.check.name not in said and outcome.verdict not in stale:
            yield _breaking(told, broken, broken.path)


def _breaking(told: _Told, broken: BrokenCheck, path: tuple[Key, ...]) -> Impact:
    about = told.head.project.catalogued.get(broken.check.relation)
    return Impact(
        ThingKind.CHECK,
        about.thing.namespace if about is not None else "",
        broken.check.name,
        Verdict.BREAKS,
        broken.certainty,
        columns=broken.columns,
        reason=broken.proof.message,
        proof=broken.proof,
        path=(*[_step(told, key) for key in path], broken.check.name),
        owners=told.head.nodes[broken.check.relation.lower()].owners,
        steps=tuple(_thing(told, key) for key in path),
    )


def _declared(told: _Told, consumer: Consumer, outcomes: dict[Key, Outcome]) -> Impact | None:
    """What happens to what a declared consumer reads happens to it, as far as can be told."""
    reached = [outcomes[name.lower()] for name in consumer.reads if name.lower() in outcomes]
    felt = [(_felt_by_whole(one), one) for one in reached]
    found = [pair for pair in felt if pair[0] is not Verdict.UNAFFECTED]
    if not found:
        return None
    verdict, outcome = min(found, key=lambda pair: (_RANK[pair[0]], pair[1].path))
    steps = tuple(_step(told, key) for key in outcome.path)
    return Impact(
        ThingKind.CONSUMER,
        "",
        consumer.name,
        verdict,
        None if verdict is Verdict.UNKNOWN else Certainty.DECLARED,
        reason=f"It reads {steps[-1]}.",
        path=(*steps, consumer.name),
        owners=consumer.owners,
    )


def _felt_by_whole(outcome: Outcome) -> Verdict:
    """Which columns are read is not known: so what a lost column does cannot be told."""
    if outcome.delta.removed:
        return Verdict.BREAKS
    if outcome.breaks is not None or outcome.blocked is not None:
        return Verdict.BLOCKED
    lost = {ChangeKind.REMOVED, ChangeKind.RENAMED, ChangeKind.RETYPED}
    if any(change.kind in lost for change in outcome.delta.schema):
        return Verdict.UNKNOWN
    if outcome.delta.rows:
        return Verdict.ROWS_CHANGE
    if outcome.delta.values:
        return Verdict.VALUES_CHANGE
    return Verdict.UNKNOWN if outcome.delta.unknown else Verdict.UNAFFECTED


def _kind(node: Node) -> ThingKind:
    if node.is_check:
        return ThingKind.CHECK
    return ThingKind.CONSUMER if node.is_query else ThingKind.DATASET


def _effects(head: BoundProject, outcome: Outcome) -> Effects:
    """What happens if the statement runs; what fails or gets stale has no effects."""
    stale = outcome.verdict in {Verdict.BREAKS, Verdict.BLOCKED}
    if stale and _certainty(head, outcome) is not Certainty.DATA_DEPENDENT:
        return Effects()
    values = _names(head, outcome.key, outcome.delta.values)
    return Effects(outcome.delta.schema, outcome.delta.rows, values, outcome.rebound)


def _names(head: BoundProject, key: Key, keys: frozenset[str]) -> tuple[str, ...]:
    """Column keys as the relation spells them, in its order."""
    columns = head.columns.get(key)
    if columns is None:
        fields = [
            field
            for meaning in head.meanings.get(key, ())
            for result in meaning.results
            for field in result.fields
        ]
        return tuple(dict.fromkeys(one.name for one in fields if one.key.lower() in keys))
    return tuple(one.name for one in columns if one.key.lower() in keys)


def _columns(effects: Effects) -> tuple[str, ...]:
    shaped = [change.column for change in effects.schema if change.column is not None]
    return tuple(sorted({*effects.columns, *shaped}))


def _certainty(head: BoundProject, outcome: Outcome) -> Certainty | None:
    match outcome.verdict:
        case Verdict.BREAKS | Verdict.BLOCKED:
            found: Break | None = outcome.blocked or outcome.breaks
            return found.certainty if found is not None else None
        case Verdict.SCHEMA_CHANGES:
            return Certainty.OBSERVED if outcome.key in head.open else Certainty.PROVEN
        case Verdict.UNKNOWN | Verdict.UNAFFECTED:
            return None
        case Verdict.ROWS_CHANGE | Verdict.VALUES_CHANGE:
            if outcome.rebound:
                return Certainty.PROVEN
            return (
                Certainty.INFERRED
                if is_inferred(head.nodes[outcome.key].definitions)
                else Certainty.OBSERVED
            )


def _step(told: _Told, key: Key) -> str:
    """A step of a path: the changed thing with its column, if it is one column."""
    node = _node(told, key)
    name = node.shown if node is not None else key
    columns = {one.column for one in told.changes if one.dataset == name} - {None}
    only = next(iter(columns)) if len(columns) == 1 else None
    return f"{name}.{only}" if only else name


def _thing(told: _Told, key: Key) -> Thing | None:
    node = _node(told, key)
    named = told.head.project.catalogued.get(node.name) if node is not None else None
    return named.thing if named is not None else None


def _node(told: _Told, key: Key) -> Node | None:
    return told.head.nodes.get(key) or told.base.nodes.get(key)


# Reasons


def _reason(told: _Told, outcome: Outcome) -> str:
    match outcome.verdict:
        case Verdict.BREAKS if outcome.breaks is not None:
            return outcome.breaks.proof.message + _hint(told, outcome.breaks, outcome.path)
        case Verdict.BLOCKED if outcome.blocked is not None:
            also = "; it would also fail itself" if outcome.breaks is not None else ""
            return f"{outcome.blocked.job} breaks, so it gets stale{also}."
        case Verdict.UNKNOWN:
            return outcome.unbound or "What happens before it could not be told."
        case _:
            return "; ".join(
                part
                for part in (
                    _what_happens(told.head, outcome),
                    *unmatched(told.base, told.head, outcome.key),
                )
                if part
            )


def _hint(told: _Told, found: Break, path: tuple[Key, ...]) -> str:
    """A rename says what the new name is."""
    change = _renaming(told, found, path)
    return f' It was renamed to "{change.after}".' if change is not None else ""


def _renaming(told: _Told, found: Break, path: tuple[Key, ...]) -> Change | None:
    """The change that gave a failing column its new name."""
    shown = {node.shown for key in path if (node := told.head.nodes.get(key)) is not None}
    failing = {one.lower() for one in found.columns}
    for change in told.changes:
        renamed = change.kind is ChangeKind.RENAMED and (change.before or "").lower() in failing
        if renamed and change.dataset in shown:
            return change
    return None


def _edits(told: _Told, found: Break | None, path: tuple[Key, ...]) -> tuple[Edit, ...]:
    if found is None or found.definition.recorded:  # which has no lines to mend
        return ()
    change = _renaming(told, found, path)
    if change is None or change.before is None or change.after is None:
        return ()
    return mended(found, change.before, change.after)


def _what_happens(head: BoundProject, outcome: Outcome) -> str:
    parts: list[str] = []
    if outcome.rebound:
        parts.append(f"rebound: {', '.join(outcome.rebound)}")
    for change in outcome.delta.schema:
        told = {
            ChangeKind.ADDED: f"{change.column} is added",
            ChangeKind.REMOVED: f"{change.column} is gone",
            ChangeKind.RETYPED: f"{change.column} is {change.after} instead of {change.before}",
            ChangeKind.REORDERED: "the order of its columns changes",
            ChangeKind.NULLABILITY: f"{change.column} is {change.after} instead of {change.before}",
        }
        parts.append(told[change.kind])
    if outcome.delta.rows:
        parts.append("other rows" if outcome.delta.rows > 1 else "rows more or less often")
    names = _names(head, outcome.key, outcome.delta.values)
    if names:
        parts.append(f"other values in {', '.join(names)}")
    node = head.nodes[outcome.key]
    past = any(one.keeps_past for one in node.definitions)
    rest = "; only rows written from now on, a full refresh changes the past" if past else ""
    return "; ".join(parts) + rest


# Coverage


def _coverage(head: BoundProject, outcomes: dict[Key, Outcome]) -> Coverage:
    """How much of what the changes reach could be read; what is recorded of a job is no reading."""
    reached = [one for one in outcomes.values() if one.key in head.nodes and one.path]
    jobs = [
        (definition, meaning)
        for one in reached
        for definition, meaning in zip(
            head.nodes[one.key].definitions, head.meanings.get(one.key, ()), strict=True
        )
    ]
    fields = [field for _, meaning in jobs for result in meaning.results for field in result.fields]
    resolved = [field for field in fields if all(use.table is not None for use in field.direct)]
    unparsed = [Unparsed(head.nodes[one.key].shown, one.unbound) for one in reached if one.unbound]
    failed = [one for one in reached if one.unbound and _has_sql(head, one.key)]
    unread = [Unparsed(one.name, one.reason) for one in head.project.problems]
    return Coverage(
        jobs=len(jobs),
        parsed=sum(not definition.recorded for definition, _ in jobs) - len(failed),
        columns=len(fields),
        resolved=len(resolved),
        unparsed=tuple(sorted({*unparsed, *unread}, key=lambda one: one.name)),
        dialect_level=_level(head, (definition for definition, _ in jobs)),
    )


def _has_sql(head: BoundProject, key: Key) -> bool:
    return any(not definition.recorded for definition in head.nodes[key].definitions)


def _level(head: BoundProject, definitions: Iterable[Definition]) -> str:
    """The level of the least known dialect among statements."""
    own = head.project.dialect
    told = [
        dialect_level(own if one.dialect is None else one.dialect)
        for one in definitions
        if not one.recorded
    ]
    return min(told, key=_LEVELS.index) if told else dialect_level(own)


_LEVELS = ("parsed", "reviewed", "checked")
