"""The report as JUnit XML: one test case for each impact."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from catalog.check.headline import headline
from catalog.check.verdict import FailOn, fails
from catalog.model.report import Impact, Report

_UNWRITABLE = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
"""Control characters, which XML has no way to write."""


def junit(report: Report, fail_on: FailOn) -> str:
    """Write the suite; without an impact it has one case, which passes."""
    failing = [impact for impact in report.impacts if fails(impact, fail_on)]
    suite = Element(
        "testsuite",
        name="headwater check",
        tests=str(max(len(report.impacts), 1)),
        failures=str(len(failing)),
    )
    if not report.impacts:
        SubElement(suite, "testcase", classname="headwater", name=headline(report))
    for impact in report.impacts:
        _case(suite, impact, fails=impact in failing)
    return tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: Element, impact: Impact, *, fails: bool) -> None:
    case = SubElement(
        suite, "testcase", classname=f"headwater.{impact.kind}", name=_told(impact.name)
    )
    message = _told(f"{impact.verdict}: {impact.reason}")
    if fails:
        failure = SubElement(case, "failure", message=message, type=impact.verdict.value)
        failure.text = _told(_place(impact))
    else:
        SubElement(case, "system-out").text = message


def _place(impact: Impact) -> str:
    proof = impact.proof
    return f"{proof.file}:{proof.line}:{proof.column}\n{proof.sql}" if proof is not None else ""


def _told(value: str) -> str:
    return value.translate(_UNWRITABLE).encode("utf-8", "replace").decode()
