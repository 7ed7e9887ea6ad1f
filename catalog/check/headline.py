"""A report in a sentence."""

from __future__ import annotations

from collections import Counter

from catalog.model.report import Report, Verdict

_WORDS = {
    Verdict.BREAKS: ("breaks", "break"),
    Verdict.BLOCKED: ("gets stale behind it", "get stale behind that"),
    Verdict.SCHEMA_CHANGES: ("has other columns", "have other columns"),
    Verdict.ROWS_CHANGE: ("has other rows", "have other rows"),
    Verdict.VALUES_CHANGE: ("has other values", "have other values"),
    Verdict.UNKNOWN: ("could not be judged", "could not be judged"),
}


def headline(report: Report) -> str:
    """Say how many things each verdict is said of, the strongest first."""
    if not report.changes:
        return "Nothing is changed."
    counted = Counter(impact.verdict for impact in report.impacts)
    parts = [
        f"{counted[verdict]} {one if counted[verdict] == 1 else several}"
        for verdict, (one, several) in _WORDS.items()
        if counted[verdict]
    ]
    if not parts:
        return "Nothing downstream is affected."
    *first, last = parts
    told = f"{', '.join(first)} and {last}" if first else last
    things = "thing" if counted.total() == 1 else "things"
    return f"{counted.total()} {things} affected: {told}."
