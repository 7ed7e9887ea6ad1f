"""Why an impact is said: in words, with the lines that mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.impact.binding import BoundProject
from catalog.impact.graph import Key
from catalog.impact.judge import Outcome
from catalog.impact.proof import Break, mended
from catalog.impact.values import unmatched
from catalog.model.change import Change, ChangeKind
from catalog.model.report import (
    Edit,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What impacts are told from.

    `failing`: of what several jobs write, those that break; each of them is an impact of its own.
    """

    base: BoundProject
    head: BoundProject
    changes: tuple[Change, ...]
    failing: Mapping[Key, tuple[str, ...]]


def failing_of(
    head: BoundProject, outcomes: Mapping[Key, Outcome]
) -> Mapping[Key, tuple[str, ...]]:
    """Give the jobs that break, of what several jobs write."""
    return {
        key: tuple(one.job for one in outcome.failing)
        for key, outcome in outcomes.items()
        if outcome.verdict is Verdict.BREAKS
        and key in head.nodes
        and len(head.nodes[key].definitions) > 1
    }


def reason_of(told: Compared, outcome: Outcome) -> str:
    """Give the reason of an impact."""
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


def _hint(told: Compared, found: Break, path: tuple[Key, ...]) -> str:
    """A rename says what the new name is."""
    change = _renaming(told, found, path)
    return f' It was renamed to "{change.after}".' if change is not None else ""


def _renaming(told: Compared, found: Break, path: tuple[Key, ...]) -> Change | None:
    """The change that gave a failing column its new name."""
    shown = {node.shown for key in path if (node := told.head.nodes.get(key)) is not None}
    failing = {one.lower() for one in found.columns}
    for change in told.changes:
        renamed = change.kind is ChangeKind.RENAMED and (change.before or "").lower() in failing
        if renamed and change.dataset in shown:
            return change
    return None


def edits_of(told: Compared, found: Break | None, path: tuple[Key, ...]) -> tuple[Edit, ...]:
    """Give the lines that mend what a renamed column breaks."""
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
    names = names_of(head, outcome.key, outcome.delta.values)
    if names:
        parts.append(f"other values in {', '.join(names)}")
    node = head.nodes[outcome.key]
    past = any(one.keeps_past for one in node.definitions)
    rest = "; only rows written from now on, a full refresh changes the past" if past else ""
    return "; ".join(parts) + rest


def names_of(head: BoundProject, key: Key, keys: frozenset[str]) -> tuple[str, ...]:
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
