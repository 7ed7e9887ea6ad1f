"""A project as it stands at a git ref, without a checkout."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Generator
from pathlib import Path

from catalog.check.state import State
from catalog.errors import Invalid

_DEFAULT_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


@contextlib.contextmanager
def opened(where: str, repository: Path, project: str) -> Generator[State]:
    """Give a folder as it is, or the project's folder at a git ref as a temporary copy.

    Raises:
        Invalid: it is neither a folder nor a ref.
    """
    folder = Path(where)
    if folder.is_dir():
        yield State(folder / project if project else folder)
        return
    commit = _commit(where, repository)
    with tempfile.TemporaryDirectory(prefix="headwater-") as copy:
        _extract(commit, repository, project, Path(copy))
        here = repository / project
        yield State(Path(copy) / project, here if here.is_dir() else None)


def default_base(repository: Path) -> str:
    """Give the commit at which the branch left the default branch.

    Raises:
        Invalid: this is no git repository, or its default branch is not known here.
    """
    for branch in _DEFAULT_BRANCHES:
        if _git(repository, "rev-parse", "--verify", "--quiet", f"{branch}^{{commit}}") is None:
            continue
        found = _git(repository, "merge-base", branch, "HEAD")
        if found is not None:
            return found.decode().strip()
    raise Invalid(
        "There is nothing to compare with: give --base DIR or --base REF. In a shallow clone, "
        "fetch the default branch first (fetch-depth: 0)."
    )


def _commit(ref: str, repository: Path) -> str:
    if ref.startswith("-"):
        raise Invalid(f"{ref!r} is neither a folder nor a git ref")
    found = _git(repository, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    if found is None:
        raise Invalid(
            f"{ref!r} is neither a folder nor a git ref that is known here. In a shallow clone, "
            "fetch it first (fetch-depth: 0)."
        )
    return found.decode().strip()


def _extract(commit: str, repository: Path, project: str, to: Path) -> None:
    paths = ["--", project] if project else []
    packed = _git(repository, "archive", "--format=tar", commit, *paths)
    if packed is None:
        raise Invalid(f"There is no folder {project!r} at {commit[:12]}")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(to, filter="data")


def _git(repository: Path, *arguments: str) -> bytes | None:
    """What git says; None if it fails. Nothing of the repository is run."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": os.environ.get("HOME", ""),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }
    try:
        found = subprocess.run(  # noqa: S603 (a fixed program; a ref never begins with a dash)
            ["git", "-c", "core.hooksPath=/dev/null", *arguments],  # noqa: S607 (the user's git)
            cwd=repository,
            env=environment,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return found.stdout if found.returncode == 0 else None
