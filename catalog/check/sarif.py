"""The report as SARIF 2.1.0, for tools that show findings in the lines of a file."""

from __future__ import annotations

from urllib.parse import quote

from catalog.model.report import Impact, Labelled, Report, Verdict

_LEVEL = {Verdict.BREAKS: "error", Verdict.BLOCKED: "warning"}
_RULES = {
    Verdict.BREAKS: "A query or check fails after the change",
    Verdict.BLOCKED: "Something before it breaks, so it gets stale",
    Verdict.SCHEMA_CHANGES: "Its columns change",
    Verdict.ROWS_CHANGE: "It has other rows",
    Verdict.VALUES_CHANGE: "It has other values",
    Verdict.UNKNOWN: "It could not be judged",
}
_LABELLED = "LABELLED"


def sarif(report: Report) -> dict[str, object]:
    """Give the log: one result for each impact."""
    rules = [
        {"id": verdict.value, "shortDescription": {"text": told}}
        for verdict, told in _RULES.items()
    ]
    if report.labelled:
        told = "It gets values of a labelled column, unmasked"
        rules.append({"id": _LABELLED, "shortDescription": {"text": told}})
    driver = {"name": "Headwater", "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [
                    *(_result(impact) for impact in report.impacts),
                    *(_labelled(one) for one in report.labelled),
                ],
            }
        ],
    }


def _result(impact: Impact) -> dict[str, object]:
    logical = [{"fullyQualifiedName": impact.name}]
    location: dict[str, object] = {"logicalLocations": logical}
    proof = impact.proof
    if proof is not None and proof.file is not None and not impact.namespace:
        region = {"startLine": proof.line or 1, "startColumn": proof.column or 1}
        location["physicalLocation"] = {
            "artifactLocation": {"uri": quote(proof.file)},
            "region": region,
        }
    return {
        "ruleId": impact.verdict.value,
        "level": _LEVEL.get(impact.verdict, "note"),
        "message": {"text": f"{impact.name}: {impact.reason}"},
        "locations": [location],
        "properties": {"path": list(impact.path), "certainty": impact.certainty},
    }


def _labelled(one: Labelled) -> dict[str, object]:
    return {
        "ruleId": _LABELLED,
        "level": "note",
        "message": {"text": f"{one.name} gets values labelled {one.label}, of {one.source}"},
        "locations": [{"logicalLocations": [{"fullyQualifiedName": one.name}]}],
        "properties": {"path": list(one.path)},
    }
