"""The report as CSV: a row for each impact, in order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from catalog.model.report import Impact, Report

_HEAD = (
    "verdict",
    "certainty",
    "kind",
    "namespace",
    "name",
    "columns",
    "reason",
    "owners",
    "criticality",
    "jobs",
    "path",
    "line",
    "sql",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(report: Report) -> str:
    """Give the impacts, lists joined by a comma, paths by an arrow.

    Names are anybody's: a cell that a spreadsheet would compute gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    writer.writerows([_inert(cell) for cell in _cells(one)] for one in report.impacts)
    return out.getvalue()


def _cells(impact: Impact) -> Iterator[str]:
    proof = impact.proof
    yield impact.verdict.value
    yield impact.certainty.value if impact.certainty is not None else ""
    yield impact.kind.value
    yield impact.namespace
    yield impact.name
    yield ", ".join(impact.columns)
    yield impact.reason
    yield ", ".join(impact.owners)
    yield impact.criticality.value
    yield ", ".join(impact.jobs)
    yield " → ".join(impact.path)
    yield str(proof.line) if proof is not None and proof.line is not None else ""
    yield (proof.sql or "").strip() if proof is not None else ""


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
