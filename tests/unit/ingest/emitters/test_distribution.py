"""The emitters are a distribution of their own, light enough for other people's environments."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[4]


def test_its_wheel_builds_alone_and_needs_the_client_alone(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", tmp_path, "-t", "wheel"],
        cwd=ROOT / "ingest" / "emitters",
        check=True,
        capture_output=True,
    )
    [path] = tmp_path.iterdir()
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        [metadata] = [name for name in names if name.endswith("METADATA")]
        needs = [
            line.removeprefix("Requires-Dist: ")
            for line in wheel.read(metadata).decode().splitlines()
            if line.startswith("Requires-Dist")
        ]
    assert {name.split("/")[0].split("-")[0] for name in names} == {"headwater_emitters"}
    assert [need.partition(">")[0] for need in needs] == ["openlineage-python"]


def test_importing_it_imports_no_client() -> None:
    """The client takes a second of CPU; only the courier has it."""
    program = "import sys, headwater_emitters.sqlalchemy as _; print('openlineage' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"False\n"
