"""States of a project by git ref."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalog.cli.main import app
from tests.unit.catalog.check.projects import BASE, WITHOUT_AMOUNT, written


def git(repository: Path, *arguments: str) -> None:
    told = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *told, *arguments], cwd=repository, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A branch on which a column is gone; the project is in a subfolder."""
    git(tmp_path, "init", "-b", "main")
    written(tmp_path / "warehouse", BASE)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "base")
    git(tmp_path, "checkout", "-b", "change")
    written(tmp_path / "warehouse", WITHOUT_AMOUNT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*options: str) -> tuple[int, str]:
    arguments = ["check", "--project", "warehouse", "--no-cache", *options]
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


@pytest.mark.usefixtures("repository")
def test_without_options_the_work_tree_is_compared_with_where_the_branch_began() -> None:
    code, told = check()
    assert code == 1
    assert "daily" in told


def test_two_refs_are_compared_without_a_checkout(repository: Path) -> None:
    git(repository, "commit", "-am", "change")
    git(repository, "checkout", "main")
    assert check("--base", "main", "--head", "change")[0] == 1
    assert check("--base", "main", "--head", "main")[0] == 0


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("ref", ["nowhere", "--upload-pack=x", "-x"])
def test_what_is_no_ref_is_told(ref: str) -> None:
    code, told = check(f"--base={ref}")
    assert code == 2
    assert "neither a folder nor a git ref" in told.replace("\n", " ")


def test_outside_of_a_repository_a_base_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "warehouse", BASE)
    monkeypatch.chdir(tmp_path)
    code, told = check()
    assert code == 2
    assert "--base" in told
