"""How much of what the changes reach could be read."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.impact.binding import BoundProject
from catalog.impact.graph import Key
from catalog.impact.judge import Outcome
from catalog.impact.proof import dialect_level
from catalog.model.project import Definition
from catalog.model.report import (
    Coverage,
    Unparsed,
)


def coverage_of(head: BoundProject, outcomes: dict[Key, Outcome]) -> Coverage:
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
