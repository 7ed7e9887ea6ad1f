"""dbt with DuckDB, in environments of its own that uv makes: several versions, one for each form
of manifest."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.services.unavailable import UnavailableError

VERSIONS = {10: "1.6", 11: "1.7", 12: "1.10"}
"""Which dbt writes which version of a manifest."""


def provide(manifest: int, cache: Path) -> Path:
    """The folder of programs of the dbt that writes manifests of a version.

    Raises:
        UnavailableError: uv is missing, or could not install it.
    """
    version = VERSIONS[manifest]
    folder = cache / f"dbt-{version}"
    if not (folder / "bin" / "dbt").exists():
        uv = os.environ.get("UV") or shutil.which("uv")
        if uv is None:
            raise UnavailableError("uv is missing. Install it: pip install uv")
        packages = [f"dbt-core~={version}.0", f"dbt-duckdb~={version}.0"]
        _run(uv, "venv", "--clear", "--python", "3.11", folder)
        _run(uv, "pip", "install", "--python", folder / "bin" / "python", *packages)
    return folder / "bin"


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        told = " ".join(str(part) for part in command)
        raise UnavailableError(f"`{told}` failed: {done.stderr.strip()[-1000:]}")
