"""The hand-written statements on another build of sqlglot: `python -m tests.golden.builds`.

In an environment of its own, which uv makes: the compiled build installs itself into the folder
of the pure one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import sqlglot.parser

from tests.golden.statements import FILES, disagreement, read

ROOT = Path(__file__).parents[2]


def judged(requirement: str) -> dict[str, object]:
    """What this module prints where the distribution required is installed in our version of it.

    Raises:
        subprocess.CalledProcessError: There is no such environment to be had.
    """
    uv = os.environ.get("UV") or shutil.which("uv") or "uv"
    build = f"{requirement}=={version('sqlglot')}"
    command = [uv, "run", "--no-project", "--isolated", "--python", sys.executable, "--with", build]
    done = subprocess.run(
        [*command, "python", "-m", __name__],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print of which build this is, and what the engine says otherwise than the statements."""
    found = {str(file): disagreement(read(file)) for file in FILES}
    wrong = {file: said for file, said in found.items() if said}
    compiled = not str(sqlglot.parser.__file__).endswith(".py")
    print(json.dumps({"compiled": compiled, "statements": len(found), "wrong": wrong}))  # noqa: T201


if __name__ == "__main__":
    main()
