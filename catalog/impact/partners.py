"""Columns whose values have to be those of another relation: what can take their partners away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalog.impact.binding import BoundProject
from catalog.impact.changes import pairs
from catalog.impact.checks import BrokenCheck, proof_of
from catalog.impact.graph import Key
from catalog.impact.judge import Outcome
from catalog.impact.values import stems_from
from catalog.model.change import Rows
from catalog.model.project import Check, RuleKind
from catalog.model.report import Certainty


def parted(
    base: BoundProject, head: BoundProject, outcomes: Mapping[Key, Outcome]
) -> Iterator[BrokenCheck]:
    """Give the checks of both states whose partners may be gone."""
    known = {one.name for one in base.project.checks}
    for check in head.project.checks:
        if check.kind is not RuleKind.PARTNER or check.partner is None or check.name not in known:
            continue
        own = outcomes.get(check.relation.lower())
        partner = outcomes.get(check.partner[0].lower())
        found = _lost(base, head, check, own, partner) if own and partner else None
        if found is not None:
            message, path = found
            columns = tuple(name for name, _ in check.columns)
            proof = proof_of(check, message)
            yield BrokenCheck(check, proof, Certainty.DATA_DEPENDENT, columns, path)


def _lost(
    base: BoundProject, head: BoundProject, check: Check, own: Outcome, partner: Outcome
) -> tuple[str, tuple[Key, ...]] | None:
    """Why a value may have no partner any more, and the way to where that is."""
    relation, there = check.partner or ("", "")
    column = check.columns[0][0]
    name = f"{head.project.names.get(relation, relation)}.{there}"
    if column.lower() in own.delta.values:
        return f'"{column}" has other values, and {name} may not have them.', own.path
    if there.lower() in partner.delta.values:
        return f'{name} has other values, and may lack some of "{column}".', partner.path
    shrinks = partner.delta.rows is Rows.MEMBERS and _may_shrink(base, head, partner.key)
    if shrinks and not stems_from(head, own.key, column.lower(), partner.key):
        return f'{name} has other rows, and may lack some of "{column}".', partner.path
    return None


def _may_shrink(base: BoundProject, head: BoundProject, key: Key) -> bool:
    """Whether rows may be gone: not if all that its query does otherwise is to demand less."""
    for old, new in pairs(base, head, key):
        if old is None or new is None or len(old.results) != 1 or len(new.results) != 1:
            return True
        before, after = old.results[0], new.results[0]
        if before.rows == after.rows or before.core != after.core:
            return True
        if not after.conditions < before.conditions:
            return True
    return not list(pairs(base, head, key))
