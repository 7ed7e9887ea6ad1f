"""A report for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from catalog.check.headline import headline
from catalog.model.report import Impact, Labelled, Proof, Report, Verdict

_STYLE = {
    Verdict.BREAKS: "bold red",
    Verdict.BLOCKED: "red",
    Verdict.SCHEMA_CHANGES: "yellow",
    Verdict.ROWS_CHANGE: "yellow",
    Verdict.VALUES_CHANGE: "cyan",
    Verdict.UNKNOWN: "magenta",
}
_OUTCOME = {"pass": "green", "warn": "yellow", "fail": "bold red"}
_MOST_NAMES = 10  # told one by one; JSON has them all
_WIDTH = 15  # of the column of verdicts


def show(report: Report, verdict: str, console: Console) -> None:
    """Print the sentence, then what breaks with its proof, then the rest."""
    console.print(Text(f"{verdict.upper()}  {headline(report)}", style=_OUTCOME[verdict]))
    for change in report.changes:
        moved = f": {change.before} → {change.after}" if change.before else ""
        thing = f"{change.dataset}.{change.column}" if change.column else change.dataset
        console.print(Text(f"  changed  {change.kind} {thing}{moved}", style="dim"))
    together = {Verdict.UNKNOWN, Verdict.BLOCKED}
    for impact in report.impacts:
        if impact.verdict not in together:
            _show(impact, console)
    _show_blocked([one for one in report.impacts if one.verdict is Verdict.BLOCKED], console)
    _show_unknown([one for one in report.impacts if one.verdict is Verdict.UNKNOWN], console)
    for one in report.labelled:
        _show_labelled(one, console)
    _show_coverage(report, console)


def _show(impact: Impact, console: Console) -> None:
    console.print()
    line = Text(f"{impact.verdict.value:{_WIDTH}}", style=_STYLE[impact.verdict])
    line.append(f" {impact.name}", style="bold")
    if impact.certainty is not None and impact.certainty.value != "PROVEN":
        line.append(f"  ({impact.certainty.lower().replace('_', ' ')})", style="dim")
    console.print(line)
    _indented(impact.reason, console)
    if impact.proof is not None:
        _show_proof(impact.proof, console)
    for edit in impact.edits:
        _indented(f"mend {edit.file}:{edit.line}", console)
        _indented(f"- {edit.before}", console, "red")
        _indented(f"+ {edit.after}", console, "green")
    _indented(" → ".join(impact.path), console, "dim")
    if impact.owners:
        _indented(f"ask {', '.join(impact.owners)}", console)


def _show_blocked(impacts: Iterable[Impact], console: Console) -> None:
    """Once for all that the same things block."""
    blocked: dict[str, list[str]] = {}
    for impact in impacts:
        blocked.setdefault(impact.reason, []).append(impact.name)
    for reason, names in blocked.items():
        console.print()
        line = Text(f"{Verdict.BLOCKED.value:{_WIDTH}}", style=_STYLE[Verdict.BLOCKED])
        rest = len(names) - _MOST_NAMES
        told = ", ".join(names[:_MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")
        console.print(line.append(f" {told}", style="bold"), soft_wrap=True)
        _indented(reason, console)


def _indented(text: str, console: Console, style: str = "") -> None:
    console.print(Text(" " * (_WIDTH + 1) + text, style=style), soft_wrap=True)


def _show_proof(proof: Proof, console: Console) -> None:
    place = (proof.file, proof.line, proof.column)
    _indented(":".join(str(one) for one in place if one is not None), console, "underline")
    if proof.sql is not None:
        _indented(f"  {proof.sql}", console)
        _indented("  " + " " * ((proof.column or 1) - 1) + "^", console, "red")


def _show_unknown(impacts: Iterable[Impact], console: Console) -> None:
    """Once for each cause."""
    causes: dict[str, list[str]] = {}
    for impact in impacts:
        causes.setdefault(impact.reason, []).append(impact.name)
    for reason, names in causes.items():
        console.print()
        console.print(Text(f"{'UNKNOWN':{_WIDTH}} {', '.join(names)}", style="magenta"))
        _indented(reason, console)


def _show_labelled(one: Labelled, console: Console) -> None:
    console.print()
    line = Text(f"{'LABELLED':{_WIDTH}}", style="yellow").append(f" {one.name}", style="bold")
    console.print(line.append(f"  {one.label}"))
    _indented(f"It gets values of {one.source}, unmasked.", console)
    _indented(" → ".join(one.path), console, "dim")
    if one.owners:
        _indented(f"ask {', '.join(one.owners)}", console)


def _show_coverage(report: Report, console: Console) -> None:
    coverage = report.coverage
    console.print()
    told = f"{coverage.parsed} of {coverage.jobs} queries read"
    console.print(Text(f"{told}; rules of the dialect: {coverage.dialect_level}", style="dim"))
    for one in coverage.unparsed:
        console.print(Text(f"  not read: {one.name}: {one.reason}", style="magenta"))
