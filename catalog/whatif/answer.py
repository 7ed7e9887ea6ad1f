"""The answer to: what breaks downstream if this changes?"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from catalog.errors import Invalid, NotFound
from catalog.impact.binding import Memory, bind_project
from catalog.impact.report import report_of
from catalog.model.change import Change, ChangeKind
from catalog.model.project import Project
from catalog.model.report import Impact, Report
from catalog.model.thing import Thing
from catalog.parsing.matching import find
from catalog.parsing.reader import SqlReader
from catalog.ports import NamesReader
from catalog.whatif.assembling import assembled, relations_of
from catalog.whatif.composed import Composed, checked, keeps, states_of
from catalog.whatif.gathering import Neighbourhood, gather, with_datasets
from ingest.sql.readout import Text

Judging: TypeAlias = Callable[[Project, Project], Awaitable[Report]]
"""Binds two states and compares them."""


async def impact(
    graph: NamesReader,
    reader: SqlReader,
    changes: Sequence[Composed],
    judging: Judging,
) -> Report:
    """Judge what changes do to everything downstream.

    Raises:
        Invalid: a change does not say what it has to, or cannot be made.
        NotFound: the catalog does not know a dataset.
        Unavailable: what is downstream cannot be judged, as `judging` says.
    """
    checked(changes)
    changes = [await _known(graph, one) for one in changes]
    stays = {one.dataset: True for one in changes}
    for one in changes:
        stays[one.dataset] &= keeps(one)
    found = await gather(graph, reader, stays)
    changes = [await _named(graph, reader, found, one) for one in changes]
    named = {name for one in changes for _, name in one.tables}
    found = await with_datasets(graph, found, named)
    relations = relations_of({*found.datasets, *found.handing})
    base, head = states_of(assembled(found, relations, stays), changes, relations)
    report = await judging(base, head)
    return _told(report, changes, relations, truncated=found.truncated)


async def _known(graph: NamesReader, change: Composed) -> Composed:
    """Give a change to a dataset by its canonical name."""
    dataset = change.dataset
    if dataset not in await graph.sayings([dataset]):
        raise NotFound(f"no dataset {dataset.name!r} in namespace {dataset.namespace!r}")
    return replace(change, dataset=await graph.canonical(dataset))


async def _named(
    graph: NamesReader, reader: SqlReader, found: Neighbourhood, change: Composed
) -> Composed:
    """Find what the names in a new query are, as those in the old one were found."""
    if change.sql is None:
        return change
    makers = [one for one in found.matched.values() if change.dataset in one.targets]
    if len(makers) != 1:
        return change
    dialect, place = makers[0].statement.text.dialect, makers[0].place
    naming = await reader.naming(Text(change.sql, dialect))
    tables = {parts: name for parts in naming.read if (name := find(parts, place)) is not None}
    called = await graph.aliases(set(tables.values()))
    return replace(
        change, tables=tuple(sorted((parts, called[name][0]) for parts, name in tables.items()))
    )


def judged(base: Project, head: Project, memory: Memory) -> Report:
    """Bind both states, as far as it is not remembered how, and compare them."""
    gone = sorted({*base.tables, *_targets(base)} - {*head.tables, *_targets(head)})
    before = bind_project(base, memory)
    return report_of(before, bind_project(head, memory, before, gone))


def _targets(project: Project) -> set[str]:
    return {one.target for one in project.definitions if one.target is not None}


def _told(
    report: Report,
    changes: Sequence[Composed],
    relations: Mapping[Thing, str],
    *,
    truncated: bool,
) -> Report:
    """Call datasets what people call them, and say whether all was examined."""
    shown = {relation: name.name for name, relation in relations.items()}
    asked = tuple(
        Change(one.kind, one.dataset.name, one.column, _before(one), one.to) for one in changes
    )
    coverage = replace(report.coverage, truncated=truncated)
    if not report.changes and not any(one.kind in _QUIET for one in changes):
        raise Invalid("these changes change nothing")
    return replace(
        report,
        changes=asked,
        impacts=tuple(_shown(one, shown) for one in report.impacts),
        coverage=coverage,
        complete=report.complete and not truncated,
    )


_QUIET = frozenset({ChangeKind.LOGIC, ChangeKind.CHECK})
"""What may leave every dataset as it is."""


def _before(change: Composed) -> str | None:
    return change.column if change.kind is ChangeKind.RENAMED else change.before


def _shown(impact: Impact, shown: Mapping[str, str]) -> Impact:
    """Texts name relations as the project does: by quoted namespace and name."""

    def plain(text: str) -> str:
        return _RELATION.sub(lambda found: shown.get(found[0], found[0]), text)

    proof = impact.proof
    return replace(
        impact,
        reason=plain(impact.reason),
        effects=replace(impact.effects, rebound=tuple(map(plain, impact.effects.rebound))),
        proof=replace(proof, message=plain(proof.message)) if proof is not None else None,
    )


_RELATION = re.compile(r'"(?:[^"]|"")*"\."(?:[^"]|"")*"(?:\."again")*')
