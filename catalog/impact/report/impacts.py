"""The report: outcomes as impacts, in the order in which people should look at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from catalog.impact.binding import BoundProject
from catalog.impact.checks import BrokenCheck, broken_checks
from catalog.impact.graph import Key, Node
from catalog.impact.judge import Outcome, judge
from catalog.impact.partners import parted
from catalog.impact.proof import Break
from catalog.impact.recorded import is_inferred
from catalog.impact.report.coverage import coverage_of
from catalog.impact.report.reasons import Compared, edits_of, failing_of, names_of, reason_of
from catalog.model.change import ChangeKind
from catalog.model.project import Consumer
from catalog.model.report import (
    Certainty,
    Criticality,
    Effects,
    Impact,
    Report,
    ThingKind,
    Verdict,
)
from catalog.model.thing import Thing
from ingest.names import JobName

_RANK = {verdict: place for place, verdict in enumerate(Verdict)}
_CRITICALITY = {criticality: place for place, criticality in enumerate(Criticality)}


def report_of(base: BoundProject, head: BoundProject) -> Report:
    """Compare two states of a project."""
    outcomes, changes = judge(base, head)
    told = Compared(base, head, changes, failing_of(head, outcomes))
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
    coverage = coverage_of(head, outcomes)
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


def _impacts(told: Compared, outcome: Outcome) -> Iterator[Impact]:
    """The impact on a node; of several writers each that breaks, and the dataset gets stale."""
    is_change = outcome.changed and outcome.breaks is None and outcome.blocked is None
    is_check = told.head.nodes[outcome.key].is_check
    if outcome.verdict is Verdict.UNAFFECTED or is_change:
        return
    if is_check and outcome.verdict is not Verdict.BREAKS:
        return  # whether it passes depends on the data, as it always does
    if outcome.key in told.failing:
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


def _impact(told: Compared, outcome: Outcome) -> Impact:
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
        reason_of(told, outcome),
        shown.proof if shown is not None else outcome.proof,
        tuple(_step(told, key) for key in outcome.path),
        node.owners,
        jobs=jobs,
        edits=edits_of(told, shown, outcome.path),
        blocked_by=_blockers(told, outcome),
        criticality=named.criticality if named is not None else Criticality.NORMAL,
        thing=named.thing if named is not None else None,
        makers=tuple(catalogued[job].thing for job in jobs if job in catalogued),
        steps=tuple(_thing(told, key) for key in outcome.path),
    )


def _blockers(told: Compared, outcome: Outcome) -> tuple[str, ...]:
    """Give the impacts that break, by name."""
    names = {
        name
        for key in outcome.blockers
        for name in told.failing.get(key) or (_shown(told.head, key),)
    }
    return tuple(sorted(names))


def _shown(head: BoundProject, key: str) -> str:
    node = head.nodes.get(key)
    return node.shown if node is not None else key


def _of_checks(told: Compared, outcomes: dict[Key, Outcome], said: set[str]) -> Iterator[Impact]:
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


def _breaking(told: Compared, broken: BrokenCheck, path: tuple[Key, ...]) -> Impact:
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


def _declared(told: Compared, consumer: Consumer, outcomes: dict[Key, Outcome]) -> Impact | None:
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
    values = names_of(head, outcome.key, outcome.delta.values)
    return Effects(outcome.delta.schema, outcome.delta.rows, values, outcome.rebound)


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


def _step(told: Compared, key: Key) -> str:
    """A step of a path: the changed thing with its column, if it is one column."""
    node = _node(told, key)
    name = node.shown if node is not None else key
    columns = {one.column for one in told.changes if one.dataset == name} - {None}
    only = next(iter(columns)) if len(columns) == 1 else None
    return f"{name}.{only}" if only else name


def _thing(told: Compared, key: Key) -> Thing | None:
    node = _node(told, key)
    named = told.head.project.catalogued.get(node.name) if node is not None else None
    return named.thing if named is not None else None


def _node(told: Compared, key: Key) -> Node | None:
    return told.head.nodes.get(key) or told.base.nodes.get(key)
