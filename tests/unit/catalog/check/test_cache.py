"""What is kept between runs changes no answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalog.cli.main import app
from tests.unit.catalog.check.projects import BASE, WITHOUT_AMOUNT, written


@pytest.fixture
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    base = written(tmp_path / "base", BASE)
    head = written(tmp_path / "head", {**BASE, **WITHOUT_AMOUNT})
    return ["check", "--base", str(base), "--head", str(head), "--format", "json"]


def kept(folder: Path) -> list[Path]:
    return list((folder / "cache" / "headwater").glob("*.msgpack"))


def test_a_second_run_answers_the_same(tmp_path: Path, arguments: list[str]) -> None:
    first = CliRunner().invoke(app, arguments)
    assert len(kept(tmp_path)) == 1
    assert CliRunner().invoke(app, arguments).stdout == first.stdout


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"\x84"])
def test_a_damaged_file_is_as_none(tmp_path: Path, arguments: list[str], content: bytes) -> None:
    first = CliRunner().invoke(app, arguments)
    (file,) = kept(tmp_path)
    file.write_bytes(content)
    assert CliRunner().invoke(app, arguments).stdout == first.stdout
    assert file.read_bytes() != content
