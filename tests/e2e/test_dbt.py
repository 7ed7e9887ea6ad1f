"""A dbt project, compiled and built by real dbt, before and after changes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from catalog.cli.main import app
from tests.conftest import CACHE
from tests.golden.impacts import Golden, changes_told, impacts_told, read
from tests.services import dbt

FOLDER = Path(__file__).parent / "dbt"
FILES = {file.stem: file for file in sorted((FOLDER / "goldens").glob("*.txt"))}
OLDER = ("snapshot_loses_a_column", "source_column_removed")
"""What manifests of older versions are tried with."""


@dataclass(frozen=True, slots=True)
class Shop:
    """The sample project compiled before and after changes; `built`: what became of its nodes."""

    folder: Path

    @property
    def base(self) -> Path:
        return self.folder / "base"

    def head(self, name: str) -> Path:
        return self.folder / name

    def built(self, name: str) -> Mapping[str, str]:
        return json.loads((self.folder / name / "built.json").read_text())


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Shop]:
    """Gives the sample and its changes, compiled once by each dbt, by its version of manifests."""

    @cache
    def compiled(version: int) -> Shop:
        names = tuple(FILES) if version == NEWEST else OLDER
        return made(tmp_path_factory.mktemp(f"dbt_v{version}"), version, names)

    return compiled


@pytest.fixture
def shop(request: pytest.FixtureRequest, shops: Callable[[int], Shop]) -> Shop:
    """The sample and its changes, compiled by the dbt that writes a version of manifests."""
    return shops(request.param)


def made(folder: Path, version: int, names: tuple[str, ...]) -> Shop:
    shop = Shop(folder)
    python = dbt.provide(version, CACHE) / "python"
    shutil.copytree(FOLDER / "shop", shop.base)
    build(python, shop.base)
    for name in names:
        shutil.copytree(shop.base, shop.head(name))
        (shop.head(name) / "target" / "catalog.json").unlink()
        edit(shop.head(name), read(FILES[name]))
    build(python, *[shop.head(name) for name in names])
    return shop


def build(python: Path, *folders: Path) -> None:
    done = subprocess.run(
        [python, FOLDER / "building.py", *folders],
        env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def edit(folder: Path, golden: Golden) -> None:
    for name, (old, new) in golden.edits.items():
        text = (folder / name).read_text()
        assert text.count(old) == 1, f"{name} has {old!r} not once"
        (folder / name).write_text(text.replace(old, new))
    for name in golden.gone:
        (folder / name).unlink()


def check(base: Path, head: Path, *options: str) -> Result:
    places = ["--base", str(base), "--head", str(head), "--no-cache"]
    return CliRunner().invoke(app, ["check", *places, *options])


def report(base: Path, head: Path) -> dict[str, Any]:
    result = check(base, head, "--format", "json")
    assert result.stdout, result.stderr
    return json.loads(result.stdout)


NEWEST, *_ = VERSIONS = (12, 11, 10)
CASES = [(NEWEST, name) for name in FILES] + [(v, name) for v in VERSIONS[1:] for name in OLDER]


@pytest.mark.parametrize(("shop", "name"), CASES, indirect=["shop"])
def test_a_change_has_these_impacts_and_no_others(shop: Shop, name: str) -> None:
    golden = read(FILES[name])
    told = report(shop.base, shop.head(name))
    assert changes_told(told) == golden.changes
    assert impacts_told(told) == golden.impacts
    assert told["complete"]
    assert not [one for one in told["impacts"] if one["verdict"] == "UNKNOWN"]


@pytest.mark.parametrize(("shop", "name"), CASES, indirect=["shop"])
def test_what_dbt_fails_to_build_is_told_and_nothing_else(shop: Shop, name: str) -> None:
    """Where dbt fails on a node it breaks, or its contract does; what dbt skips is blocked."""
    impacts = report(shop.base, shop.head(name))["impacts"]
    sure = [one for one in impacts if one["certainty"] == "PROVEN" and one["kind"] != "check"]
    contracts = {
        one["name"].removeprefix("contract of ")
        for one in impacts
        if one["kind"] == "check" and one["verdict"] == "BREAKS"
    }
    broken = {one["name"] for one in sure if one["verdict"] == "BREAKS"}
    blocked = {one["name"] for one in sure if one["verdict"] == "BLOCKED"}
    built = {
        named(node): status
        for node, status in shop.built(name).items()
        if not node.startswith("exposure.")
    }
    assert broken | (blocked & contracts) == {n for n, one in built.items() if one == "error"}
    assert blocked - contracts == {n for n, one in built.items() if one == "skipped"}


def named(unique_id: str) -> str:
    """A node as it is shown: `model.shop.customers.v2` is `customers.v2`."""
    return ".".join(unique_id.split(".")[2:])


@pytest.mark.parametrize("shop", VERSIONS, indirect=True)
def test_the_project_as_it_is_builds_and_nothing_is_said_of_it(shop: Shop) -> None:
    assert {*shop.built("base").values()} <= {"success", "pass", "no-op"}
    told = report(shop.base, shop.base)
    assert (told["verdict"], told["changes"], told["impacts"]) == ("pass", [], [])


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample in a git repository, nothing compiled, with the newest dbt on the PATH."""
    programs = dbt.provide(NEWEST, CACHE)
    monkeypatch.setenv("PATH", os.pathsep.join((str(programs), os.environ["PATH"])))
    shutil.copytree(FOLDER / "shop", tmp_path / "warehouse")
    (tmp_path / ".gitignore").write_text("target/\nlogs/\n*.duckdb\n")
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    for command in (("init", "-b", "main"), ("add", "."), (*who, "commit", "-m", "base")):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_not_compiled_is_compiled_first(repository: Path) -> None:
    """Base is a git ref, head the work tree."""
    edit(repository / "warehouse", read(FILES["version_loses_a_column"]))
    options = ["--base", "main", "--project", "warehouse", "--no-cache", "--format", "json"]
    result = CliRunner().invoke(app, ["check", *options])
    assert result.exit_code == 1, result.stderr
    assert impacts_told(json.loads(result.stdout)) == read(FILES["version_loses_a_column"]).impacts


def test_what_dbt_cannot_compile_is_told_in_its_words(repository: Path) -> None:
    model = repository / "warehouse" / "models" / "marts" / "loyal.sql"
    model.write_text("select * from {{ ref('nowhere') }}")
    result = CliRunner().invoke(app, ["check", "--base", "warehouse", "--head", "warehouse"])
    assert result.exit_code == 3
    assert "nowhere" in result.stderr
