"""Debian's package manager, for machines where the tests may install what they miss."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.services.unavailable import UnavailableError


def provide(program: str, package: str) -> str:
    """The path of a program, installed first when it is missing and we are root.

    Raises:
        UnavailableError: It is missing and cannot be installed by us; says which command does.
    """
    found = shutil.which(program)
    if found is None and _may_install():
        with _alone():
            found = shutil.which(program) or _installed(program, package)
    if found is None:
        message = f"{program} is missing. Install it: sudo {_command(package)}"
        raise UnavailableError(message)
    return found


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _command(package: str) -> str:
    return f"apt-get install -y --no-install-recommends {package}"


@contextmanager
def _alone() -> Generator[None]:
    """Wait until no other tests install something; apt would not."""
    with Path(tempfile.gettempdir(), "headwater-tests-apt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _installed(program: str, package: str) -> str | None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update -qq", _command(package)):
        done = subprocess.run(
            command.split(), env=quiet, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            message = f"`{command}` failed: {done.stderr.strip()[-1000:]}"
            raise UnavailableError(message)
    return shutil.which(program)
