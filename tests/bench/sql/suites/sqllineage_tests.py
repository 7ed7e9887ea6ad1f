"""What sqllineage's tests of column lineage expect."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.sql.sdist import unpacked
from tests.bench.sql.suites.suite import Edge, Labelled

_DIALECTS = {"ansi": "", "non-validating": "", "sparksql": "spark"}


def statements(version: str) -> list[Labelled]:
    """Run the tests of a release, where they write down instead of asking."""
    with TemporaryDirectory() as place:
        root, recorded = unpacked("sqllineage", version, place), Path(place) / "recorded.json"
        alone = ("uv", "run", "--no-project", "--isolated", "--quiet", "--python", sys.executable)
        needed = ("--with", f"sqllineage=={version}", "--with", "pytest", "--with", "sqlalchemy")
        pytest = ("python", "-m", "pytest", "-q", "-p", "recording", "tests/sql/column")
        environment = {"PYTHONPATH": str(Path(__file__).parent), "RECORDED": str(recorded)}
        subprocess.run(
            (*alone, *needed, *pytest), cwd=root, env={**os.environ, **environment}, check=True
        )
        return [
            Labelled(
                each["sql"],
                _dialect(each["dialect"]),
                each["tables"],
                tuple(_edge(*edge) for edge in each["edges"]),
            )
            for each in json.loads(recorded.read_text())
        ]


def _dialect(name: str) -> str:
    return _DIALECTS.get(name, name)


def _edge(output: str, table: str, column: str) -> Edge:
    return output, table, column
