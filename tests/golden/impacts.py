"""Changes of a project with the impacts that are written below them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Golden:
    """A file, taken apart. `edits`: lines, and those that stand instead, by file."""

    dialect: str = ""
    base: dict[str, str] = field(default_factory=dict[str, str])
    head: dict[str, str] = field(default_factory=dict[str, str])
    edits: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    gone: set[str] = field(default_factory=set[str])
    changes: list[str] = field(default_factory=list[str])
    impacts: list[str] = field(default_factory=list[str])


def read(file: Path) -> Golden:
    """Take a file apart."""
    first, *sections = re.split(r"^--- ", file.read_text(), flags=re.MULTILINE)
    assert first.startswith("rule: ")
    _, *settings = first.splitlines()
    golden = Golden(dialect="".join(settings).removeprefix("dialect: "))
    for section in sections:
        title, _, body = section.partition("\n")
        match title.split():
            case ["base", name]:
                golden.base[name] = body
            case ["head", name]:
                golden.head[name] = body
            case ["edit", name]:
                golden.edits[name] = (_lines(body, "- "), _lines(body, "+ "))
            case ["gone", name]:
                golden.gone.add(name)
            case ["changes"]:
                golden.changes = body.splitlines()
            case _:
                assert title == "impacts", title
                golden.impacts = body.splitlines()
    return golden


def _lines(body: str, sign: str) -> str:
    found = [line.removeprefix(sign) for line in body.splitlines() if line.startswith(sign)]
    return "".join(f"{line}\n" for line in found)


def changes_told(report: Mapping[str, Any]) -> list[str]:
    """A line for each change of a report."""
    return [_change(one) for one in report["changes"]]


def impacts_told(report: Mapping[str, Any]) -> list[str]:
    """The impacts of a report, as a golden has them."""
    return [line for one in report["impacts"] for line in _impact(one)]


def _change(told: Mapping[str, Any]) -> str:
    thing = told["dataset"] + (f".{told['column']}" if "column" in told else "")
    moved = f": {told['from']} to {told['to']}" if "from" in told else ""
    return f"{told['kind']} {thing}{moved}"


def _impact(told: Mapping[str, Any]) -> list[str]:
    effects, proof = told["effects"], told["proof"]
    lines = [f"{told['verdict']} {told['certainty'] or 'none'} {told['kind']} {told['name']}"]
    lines += [f"  columns: {', '.join(told['columns'])}"] if told["columns"] else []
    lines += [f"  schema: {_schema_change(one)}" for one in effects["schema"]]
    lines += [f"  rows: {effects['rows']}"] if effects["rows"] != "none" else []
    lines += [f"  values: {', '.join(effects['columns'])}"] if effects["columns"] else []
    lines += [f"  rebound: {one}" for one in effects["rebound"]]
    lines += [f"  proof: {proof['file']}:{proof['line']}:{proof['column']}"] if proof else []
    return [*lines, f"  path: {' > '.join(told['path'])}"]


def _schema_change(told: Mapping[str, Any]) -> str:
    moved = f": {told['from']} to {told['to']}" if "from" in told else ""
    return " ".join([told["kind"], *([told["column"]] if "column" in told else [])]) + moved
