"""The hand-written changes have the impacts that are written below them, and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catalog.cli.main import app

FOLDER = Path(__file__).parents[4] / "tests" / "golden" / "impact"
FILES = sorted(FOLDER.glob("*.txt"))


@dataclass(slots=True)
class Golden:
    """A file, taken apart."""

    dialect: str = ""
    base: dict[str, str] = field(default_factory=dict[str, str])
    head: dict[str, str] = field(default_factory=dict[str, str])
    gone: set[str] = field(default_factory=set[str])
    changes: list[str] = field(default_factory=list[str])
    impacts: list[str] = field(default_factory=list[str])


def read(file: Path) -> Golden:
    """Take a file apart."""
    first, *sections = re.split(r"^--- ", file.read_text(), flags=re.MULTILINE)
    golden = Golden(dialect=first.splitlines()[1].removeprefix("dialect: "))
    assert first.startswith("rule: ")
    for section in sections:
        title, _, body = section.partition("\n")
        match title.split():
            case ["base", name]:
                golden.base[name] = body
            case ["head", name]:
                golden.head[name] = body
            case ["gone", name]:
                golden.gone.add(name)
            case ["changes"]:
                golden.changes = body.splitlines()
            case _:
                assert title == "impacts", title
                golden.impacts = body.splitlines()
    return golden


def write(folder: Path, dialect: str, files: Mapping[str, str]) -> None:
    folder.mkdir()
    (folder / "headwater.toml").write_text(f'[project]\ndialect = "{dialect}"\n')
    for name, text in files.items():
        (folder / name).write_text(text)


def checked(golden: Golden, folder: Path) -> dict[str, Any]:
    """The report on a golden's two folders."""
    after = {**golden.base, **golden.head}
    write(folder / "base", golden.dialect, golden.base)
    write(folder / "head", golden.dialect, {k: v for k, v in after.items() if k not in golden.gone})
    request = {"id": 1, "base": str(folder / "base"), "head": str(folder / "head")}
    result = CliRunner().invoke(app, ["check", "--jsonl"], input=json.dumps(request) + "\n")
    assert result.exception is None, result.output
    return json.loads(result.stdout)["report"]


def change(told: dict[str, Any]) -> str:
    thing = told["dataset"] + (f".{told['column']}" if "column" in told else "")
    moved = f": {told['from']} to {told['to']}" if "from" in told else ""
    return f"{told['kind']} {thing}{moved}"


def impact(told: dict[str, Any]) -> list[str]:
    effects, proof = told["effects"], told["proof"]
    lines = [f"{told['verdict']} {told['certainty'] or 'none'} {told['kind']} {told['name']}"]
    lines += [f"  columns: {', '.join(told['columns'])}"] if told["columns"] else []
    lines += [f"  schema: {schema_change(one)}" for one in effects["schema"]]
    lines += [f"  rows: {effects['rows']}"] if effects["rows"] != "none" else []
    lines += [f"  values: {', '.join(effects['columns'])}"] if effects["columns"] else []
    lines += [f"  rebound: {one}" for one in effects["rebound"]]
    lines += [f"  proof: {proof['file']}:{proof['line']}:{proof['column']}"] if proof else []
    return [*lines, f"  path: {' > '.join(told['path'])}"]


def schema_change(told: dict[str, Any]) -> str:
    moved = f": {told['from']} to {told['to']}" if "from" in told else ""
    return " ".join([told["kind"], *([told["column"]] if "column" in told else [])]) + moved


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_change_has_these_impacts_and_no_others(file: Path, tmp_path: Path) -> None:
    golden = read(file)
    report = checked(golden, tmp_path)
    assert [change(one) for one in report["changes"]] == golden.changes
    assert [line for one in report["impacts"] for line in impact(one)] == golden.impacts


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_proof_points_at_what_fails(file: Path, tmp_path: Path) -> None:
    golden = read(file)
    for told in checked(golden, tmp_path)["impacts"]:
        if told["verdict"] != "BREAKS":
            continue
        proof: dict[str, Any] = told["proof"]
        files: dict[str, str] = {**golden.base, **golden.head}
        text = files[str(proof["file"])].splitlines()[int(proof["line"]) - 1]
        assert proof["sql"] == text
        rest = text[int(proof["column"]) - 1 :]
        if told["certainty"] == "PROVEN":
            assert all(name in rest for name in told["columns"])


def test_there_are_goldens() -> None:
    """An empty folder would pass."""
    assert len(FILES) >= 30
