"""What people say of the things in a report: owners, criticality, what they accept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase

from catalog.check.settings import ProjectSettings
from catalog.impact.report import order
from catalog.model.report import Acknowledgement, Impact, Report, Verdict


def curated(
    report: Report,
    settings: ProjectSettings,
    today: date,
    accepted: Iterable[Acknowledgement] = (),
) -> Report:
    """Fill in owners and criticality, and mark what is accepted; expired words do not count.

    `accepted`: what people accept beside what the settings say.
    """
    impacts = [_known(impact, settings) for impact in report.impacts]
    changed = {change.subject for change in report.changes}
    words = (*settings.acknowledgements, *accepted)
    valid = [one for one in words if one.until >= today and one.change in changed]
    covered = _covering([_accepted(impact, valid) for impact in impacts])
    return replace(report, impacts=tuple(sorted(covered, key=order)))


def _known(impact: Impact, settings: ProjectSettings) -> Impact:
    owners = [
        owner
        for rule in settings.owners
        if _matches(impact.name, rule.match)
        for owner in rule.owners
    ]
    levels = [rule.level for rule in settings.criticalities if _matches(impact.name, rule.match)]
    return replace(
        impact,
        owners=tuple(dict.fromkeys([*impact.owners, *owners])),
        criticality=levels[-1] if levels else impact.criticality,
    )


def _matches(name: str, pattern: str) -> bool:
    return fnmatchcase(name.lower(), pattern.lower())


def _accepted(impact: Impact, words: Iterable[Acknowledgement]) -> Impact:
    found = next((one for one in words if _means(one, impact)), None)
    return replace(impact, acknowledged=found) if found is not None else impact


def _means(word: Acknowledgement, impact: Impact) -> bool:
    """Names of a project are compared in any case."""
    return word.namespace in (None, impact.namespace) and word.name.lower() == impact.name.lower()


def _covering(impacts: list[Impact]) -> list[Impact]:
    """Who accepts a break accepts what only it blocks."""
    breaks = [one for one in impacts if one.verdict is Verdict.BREAKS]
    accepted = {one.name: one.acknowledged for one in breaks}
    refused = {one.name for one in breaks if one.acknowledged is None}
    return [
        replace(one, acknowledged=accepted[one.blocked_by[0]])
        if one.verdict is Verdict.BLOCKED
        and one.acknowledged is None
        and one.blocked_by
        and accepted.keys() - refused >= set(one.blocked_by)
        else one
        for one in impacts
    ]
