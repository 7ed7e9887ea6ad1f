"""Whether a report passes, warns or fails."""

from __future__ import annotations

import enum

from catalog.model.report import Certainty, Impact, Report, Verdict


class FailOn(enum.StrEnum):
    """From which kind of impact on a check fails; each level includes those before it."""

    BREAKS = "breaks"
    SCHEMA = "schema"
    ROWS = "rows"
    VALUES = "values"
    UNKNOWN = "unknown"
    NEVER = "never"


_LEVEL = {
    Verdict.BREAKS: 0,
    Verdict.BLOCKED: 0,
    Verdict.SCHEMA_CHANGES: 1,
    Verdict.ROWS_CHANGE: 2,
    Verdict.VALUES_CHANGE: 3,
    Verdict.UNKNOWN: 4,
}
_FAILS = {level: place for place, level in enumerate(FailOn)}
_SURE = frozenset({Certainty.PROVEN, Certainty.OBSERVED})


def fails(impact: Impact, fail_on: FailOn) -> bool:
    """Whether one impact is enough to fail: it is sure, and nobody has accepted it."""
    if impact.acknowledged is not None or fail_on is FailOn.NEVER:
        return False
    level = _LEVEL.get(impact.verdict, 5)
    if impact.effects.rebound:
        level = min(level, _LEVEL[Verdict.VALUES_CHANGE])
    if level > _FAILS[fail_on]:
        return False
    return impact.verdict is Verdict.UNKNOWN or impact.certainty in _SURE


def verdict_of(report: Report, fail_on: FailOn) -> str:
    """Give `pass`, `warn` or `fail`."""
    if any(fails(impact, fail_on) for impact in report.impacts):
        return "fail"
    return "warn" if report.impacts or report.labelled or not report.complete else "pass"
