"""Source distributions of other tools, for the tests that they hold."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path


def unpacked(name: str, version: str, place: str) -> Path:
    """The folder of a release, fetched by pip into a place.

    Raises:
        subprocess.CalledProcessError: There is no such release, or no network.
    """
    pip = ("uv", "run", "--no-project", "--with", "pip", "python", "-m", "pip", "download")
    what = ("--no-deps", "--no-binary", ":all:", f"{name}=={version}", "--dest", place)
    subprocess.run((*pip, *what), check=True)
    spelled = f"{name.replace('-', '_')}-{version}"
    with tarfile.open(Path(place) / f"{spelled}.tar.gz") as archive:
        archive.extractall(place, filter="data")
    return Path(place) / spelled
