"""What leaves a project: what its relations do to those who read them elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.check.beyond.names import Names
from catalog.impact.binding import BoundProject
from catalog.impact.changes import own_delta
from catalog.impact.graph import Key
from catalog.impact.judge import Outcome, judge
from catalog.impact.report.reasons import failing_of
from catalog.model.change import ChangeKind
from catalog.whatif.composed import Composed
from ingest.names import DatasetName

_WITH_TO = frozenset({ChangeKind.RETYPED, ChangeKind.NULLABILITY})
_COMPOSED = frozenset({ChangeKind.REMOVED, ChangeKind.ADDED, *_WITH_TO})


@dataclass(frozen=True, slots=True)
class Reaching:
    """What happens to a relation, as changes that the catalog can be asked about.

    `stale`: the job that breaks, so that the relation is not made any more; `blockers`: all that
    breaks before it, as impacts are named.
    """

    relation: str
    dataset: DatasetName
    changes: tuple[Composed, ...]
    stale: str | None
    blockers: tuple[str, ...]


def reaching(base: BoundProject, head: BoundProject, names: Names) -> list[Reaching]:
    """Give what leaves the project.

    Raises:
        Invalid: the settings do not tell what the catalog calls them.
    """
    outcomes, _ = judge(base, head)
    nodes = {**base.nodes, **head.nodes}
    own = {key for key, node in nodes.items() if not node.is_query and not node.is_check}
    failing = failing_of(head, outcomes)
    leaving = {
        key: names.of(nodes[key].name)
        for key, one in outcomes.items()
        if key in own and (one.delta or one.breaks or one.blocked)
    }
    found = [
        Reaching(
            nodes[key].shown,
            dataset,
            tuple(_changes(base, head, outcomes[key], dataset)),
            _stale(outcomes[key]),
            tuple(
                sorted(
                    name
                    for it in _blockers(outcomes[key])
                    for name in failing.get(it) or (nodes[it].shown if it in nodes else it,)
                )
            ),
        )
        for key, dataset in leaving.items()
    ]
    return [one for one in found if one.changes or one.stale]


def called(base: BoundProject, head: BoundProject, names: Names) -> dict[DatasetName, str]:
    """Give what the catalog calls the project's relations, with what the project calls them."""
    nodes = {**base.nodes, **head.nodes}.values()
    return {
        names.of(node.name): node.shown
        for node in nodes
        if not node.is_query and not node.is_check and names.tell(node.name)
    }


def _stale(outcome: Outcome) -> str | None:
    broken = outcome.blocked or outcome.breaks
    return broken.job if broken is not None else None


def _blockers(outcome: Outcome) -> frozenset[str]:
    return outcome.blockers or frozenset({outcome.key} if outcome.breaks else ())


def _changes(
    base: BoundProject, head: BoundProject, outcome: Outcome, name: DatasetName
) -> Iterator[Composed]:
    key, delta = outcome.key, outcome.delta
    if _stale(outcome) is not None:
        return
    if delta.removed:
        yield Composed(ChangeKind.REMOVED, name)
        return
    renamed = _renamed(base, head, key)
    for before, after in renamed:
        yield Composed(ChangeKind.RENAMED, name, before, after)
    told = {
        *((ChangeKind.REMOVED, before) for before, _ in renamed),
        *((ChangeKind.ADDED, after) for _, after in renamed),
    }
    for one in delta.schema:
        if one.kind in _COMPOSED and one.column is not None and (one.kind, one.column) not in told:
            to = one.after if one.kind in _WITH_TO else None
            yield Composed(one.kind, name, one.column, to)
    if delta.rows:
        yield Composed(ChangeKind.ROWS, name)
    added = {one.column for one in delta.schema if one.kind is ChangeKind.ADDED}
    for column in head.columns.get(key) or ():
        if column.key.lower() in delta.values and column.name not in added:
            yield Composed(ChangeKind.VALUES, name, column.name)


def _renamed(base: BoundProject, head: BoundProject, key: Key) -> list[tuple[str, str]]:
    """Give the columns that have another name now, so that those who read them are told it."""
    if key not in base.nodes or key not in head.nodes:
        return []
    _, renamed = own_delta(base, head, key)
    return [(one.before, one.after) for one in renamed if one.before and one.after]
