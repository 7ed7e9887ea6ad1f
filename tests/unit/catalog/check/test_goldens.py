"""The hand-written changes have the impacts that are written below them, and no others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catalog.cli.main import app
from tests.golden.impacts import Golden, changes_told, impacts_told, read

FOLDER = Path(__file__).parents[4] / "tests" / "golden" / "impact"
FILES = sorted(FOLDER.glob("*.txt"))


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


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_change_has_these_impacts_and_no_others(file: Path, tmp_path: Path) -> None:
    golden = read(file)
    report = checked(golden, tmp_path)
    assert changes_told(report) == golden.changes
    assert impacts_told(report) == golden.impacts


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


def test_a_literal_that_matches_nothing_any_more_is_in_the_reason(tmp_path: Path) -> None:
    golden = read(FOLDER / "literal_that_matches_no_more.txt")
    reasons = {one["name"]: one["reason"] for one in checked(golden, tmp_path)["impacts"]}
    assert "mid.state is never 'paid' any more" in reasons["r"]
    assert "any more" not in reasons["mid"]
