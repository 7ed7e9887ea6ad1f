"""Debian's package manager, for machines where the tests may install what they miss."""

from __future__ import annotations

import os
import shutil
import subprocess

from tests.services.unavailable import UnavailableError


def provide(program: str, package: str) -> str:
    """The path of a program, installed first when it is missing and we are root.

    Raises:
        UnavailableError: It is missing and cannot be installed by us; says which command does.
    """
    found = shutil.which(program)
    if found is None and _may_install():
        _install(package)
        found = shutil.which(program)
    if found is None:
        message = f"{program} is missing. Install it: sudo {_command(package)}"
        raise UnavailableError(message)
    return found


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _command(package: str) -> str:
    return f"apt-get install -y --no-install-recommends {package}"


def _install(package: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update -qq", _command(package)):
        done = subprocess.run(
            command.split(), env=quiet, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            message = f"`{command}` failed: {done.stderr.strip()[-1000:]}"
            raise UnavailableError(message)
