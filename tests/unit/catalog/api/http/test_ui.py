"""The server finds its pages, or says why it has none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from catalog.api.http.ui import BundleUnusable, bundle


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    """A tree whose bundle was built after its sources."""
    for name in ("index.html", "package-lock.json", "vite.config.ts", "src/app/main.tsx"):
        write(tmp_path / name, at=1000)
    write(tmp_path / "dist" / "index.html", at=2000)
    return tmp_path


def write(path: Path, at: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (at, at))


def test_the_wheel_holds_them(frontend: Path) -> None:
    packaged = frontend / "packaged"
    write(packaged / "index.html", at=1)
    assert bundle(packaged, frontend) == packaged


def test_the_tree_holds_them(frontend: Path) -> None:
    assert bundle(frontend / "none", frontend) == frontend / "dist"


def test_not_built_names_the_command(frontend: Path) -> None:
    (frontend / "dist" / "index.html").unlink()
    with pytest.raises(BundleUnusable, match="uv run poe ui build"):
        bundle(frontend / "none", frontend)


def test_older_than_a_source_names_the_command(frontend: Path) -> None:
    write(frontend / "src" / "features" / "new.tsx", at=3000)
    with pytest.raises(BundleUnusable, match=r"older.*uv run poe ui build"):
        bundle(frontend / "none", frontend)
