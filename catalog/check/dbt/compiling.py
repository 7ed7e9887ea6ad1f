"""Compiling a dbt project, where dbt is installed and what it wrote is missing or out of date."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from catalog.errors import Invalid, Unavailable
from ingest.connectors.dbt.manifest import Manifest

PROJECT_FILE = "dbt_project.yml"
_PACKAGES_FOLDER = "dbt_packages"
_PACKAGES = ("packages.yml", "dependencies.yml")
_TOLD = 15
"""How many lines of dbt's words are told when it fails."""


def is_dbt(folder: Path) -> bool:
    """Whether a folder holds a dbt project, or the manifest of one."""
    return (folder / PROJECT_FILE).is_file() or (artifacts(folder) / "manifest.json").is_file()


def artifacts(folder: Path) -> Path:
    """Give the folder that dbt writes to."""
    told = os.environ.get("DBT_TARGET_PATH") or _target_path(folder)
    return folder / (told or "target")


def _target_path(folder: Path) -> str | None:
    """What the project's file says; a path that a template makes is not known."""
    try:
        text = (folder / PROJECT_FILE).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = re.search(
        r"""^target-path:\s*["']?([^"'#\n{]+?)["']?\s*(?:#.*)?$""", text, re.MULTILINE
    )
    return found[1].strip() if found is not None else None


def has_dbt() -> bool:
    """Whether dbt is on the PATH."""
    return shutil.which("dbt") is not None


def compile_project(folder: Path, home: Path) -> None:
    """Let dbt compile a project, and fetch its packages if they are missing.

    `home`: where the project is worked on. What git does not keep is there: packages, and a local
    database that a profile names relative to where dbt is run. Incremental models compile by
    whether they exist, so both states have to see the same.

    Raises:
        Invalid: there is no dbt.
        Unavailable: dbt could not compile it.
    """
    dbt = shutil.which("dbt")
    if dbt is None:
        raise Invalid(
            f"{folder} is not compiled, and there is no dbt on the PATH: run `dbt compile` in it "
            "first, or install dbt"
        )
    if home != folder:
        _link(folder, home)
    if not _has_packages(folder):
        _run(dbt, "deps", folder, home)
    _run(dbt, "compile", folder, home)


def _link(folder: Path, home: Path) -> None:
    """Let a copy see what is only where the project is worked on; packages if they are the same."""
    left_out = {artifacts(home).name, "logs"}
    if _named_packages(folder) != _named_packages(home):
        left_out.add(_PACKAGES_FOLDER)
    for entry in home.iterdir():
        there = folder / entry.name
        if entry.name not in left_out and not there.exists():
            there.symlink_to(entry.resolve())


def _named_packages(folder: Path) -> list[str]:
    return [
        file.read_text("utf-8", "replace")
        for name in _PACKAGES
        if (file := folder / name).is_file()
    ]


def changed_since(folder: Path, manifest: Manifest) -> str:
    """Find a file of SQL that is not what dbt compiled, by its path; "" if there is none.

    A manifest may come without the files of its project: then nothing has changed.
    """
    if not (folder / PROJECT_FILE).is_file():
        return ""
    own = manifest.metadata.project_name
    nodes = [one for one in manifest.nodes.values() if one.package_name == own]
    written = {
        one.original_file_path: one.raw_code for one in nodes if one.resource_type == "model"
    }
    for file, code in sorted(written.items()):
        if _text(folder / file) != (code or "").strip():
            return file
    for macro in manifest.macros.values():
        file = macro.original_file_path
        if macro.package_name == own and macro.macro_sql.strip() not in (
            _text(folder / file) or ""
        ):
            return file
    known = {*written, *[one.original_file_path for one in manifest.disabled_nodes()]}
    roots = {file.partition("/")[0] for file in written}
    return next((file for file in _files(folder, roots) if file not in known), "")


def _text(file: Path) -> str | None:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _files(folder: Path, below: Iterable[str]) -> Iterator[str]:
    """The models below some folders of a project."""
    for name in sorted(below):
        for file in sorted((folder / name).rglob("*.sql")):
            yield file.relative_to(folder).as_posix()


def _has_packages(folder: Path) -> bool:
    """Whether the packages that it names are there, or it names none."""
    named = any(re.search(r"^packages:", one, re.MULTILINE) for one in _named_packages(folder))
    return not named or any(folder.glob(f"{_PACKAGES_FOLDER}/*/dbt_project.yml"))


def _run(dbt: str, command: str, folder: Path, home: Path) -> None:
    profiles = (
        ["--profiles-dir", str(folder.resolve())] if (folder / "profiles.yml").is_file() else []
    )
    with tempfile.TemporaryDirectory(prefix="headwater-dbt-") as logs:
        done = subprocess.run(  # noqa: S603 (the user's dbt, on the user's project)
            [dbt, command, "--project-dir", str(folder.resolve()), *profiles],
            cwd=home,
            env={
                **os.environ,
                "DBT_LOG_PATH": logs,
                "DBT_TARGET_PATH": str(artifacts(folder).resolve()),
                "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
                "DBT_USE_COLORS": "false",
            },
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    if done.returncode != 0:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        told = "\n".join(said[-_TOLD:])
        raise Unavailable(f"`dbt {command}` failed in {folder}:\n{told}")
