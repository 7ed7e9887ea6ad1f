"""The report as JSON."""

from __future__ import annotations

from catalog.model.change import Change, Rows, SchemaChange
from catalog.model.report import Effects, Impact, Labelled, Proof, Report


def rendered(report: Report, verdict: str) -> dict[str, object]:
    """Give the report by the names that outside programs rely on."""
    coverage = report.coverage
    labelled = {"labelled": [_labelled(one) for one in report.labelled]} if report.labelled else {}
    return {
        "verdict": verdict,
        "changes": [_change(change) for change in report.changes],
        "impacts": [_impact(impact) for impact in report.impacts],
        "coverage": {
            "jobs": coverage.jobs,
            "parsed": coverage.parsed,
            "columns": coverage.columns,
            "resolved": coverage.resolved,
            "unmatched": list(coverage.unmatched),
            "unparsed": [{"name": one.name, "reason": one.reason} for one in coverage.unparsed],
            "dialect_level": coverage.dialect_level,
            "truncated": coverage.truncated,
        },
        "complete": report.complete,
        **labelled,
    }


def _present(**fields: object) -> dict[str, object]:
    """What is not known is left out."""
    return {name.rstrip("_"): value for name, value in fields.items() if value is not None}


def _change(change: Change) -> dict[str, object]:
    return _present(
        kind=change.kind.value,
        dataset=change.dataset,
        column=change.column,
        from_=change.before,
        to=change.after,
        file=change.file,
        line=change.line,
    )


def _impact(impact: Impact) -> dict[str, object]:
    found: dict[str, object] = {
        "kind": impact.kind.value,
        "namespace": impact.namespace,
        "name": impact.name,
        "verdict": impact.verdict.value,
        "effects": _effects(impact.effects),
        "certainty": impact.certainty.value if impact.certainty is not None else None,
        "columns": list(impact.columns),
        "reason": impact.reason,
        "proof": _proof(impact.proof) if impact.proof is not None else None,
        "path": list(impact.path),
        "owners": list(impact.owners),
        "criticality": impact.criticality.value,
    }
    if impact.jobs:
        found["jobs"] = list(impact.jobs)
    if impact.edits:
        found["edits"] = [
            {"file": one.file, "line": one.line, "before": one.before, "after": one.after}
            for one in impact.edits
        ]
    told = impact.acknowledged
    if told is not None:
        found["acknowledged"] = {"by": told.by, "why": told.why, "until": told.until.isoformat()}
    return found


def _labelled(one: Labelled) -> dict[str, object]:
    return {
        "label": one.label,
        "source": one.source,
        "kind": one.kind.value,
        "namespace": one.namespace,
        "name": one.name,
        "path": list(one.path),
        "owners": list(one.owners),
        "criticality": one.criticality.value,
    }


def _effects(effects: Effects) -> dict[str, object]:
    return {
        "schema": [_schema_change(change) for change in effects.schema],
        "rows": _ROWS[effects.rows],
        "columns": list(effects.columns),
        "rebound": list(effects.rebound),
    }


_ROWS = {Rows.NONE: "none", Rows.COPIES: "copies", Rows.MEMBERS: "members"}


def _schema_change(change: SchemaChange) -> dict[str, object]:
    return _present(
        kind=change.kind.value, column=change.column, from_=change.before, to=change.after
    )


def _proof(proof: Proof) -> dict[str, object]:
    return _present(
        message=proof.message,
        file=proof.file,
        line=proof.line,
        column=proof.column,
        sql=proof.sql,
    )
