"""Puts cases before `headwater check --jsonl`, or a command that speaks as it does."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.oracle.impact.case import Case
from tests.oracle.impact.project import Project

COMMAND = "headwater check --jsonl"

Answer = Mapping[str, Any]
"""`{id, report}` or `{id, error}`."""


def check(cases: Sequence[Case], command: str = COMMAND) -> dict[str, Answer]:
    """The answer to each case by its id: one process, one pass.

    Raises:
        RuntimeError: the command ended without an answer to every case.
    """
    with TemporaryDirectory() as folder:
        requests = Path(folder) / "requests.jsonl"
        with requests.open("w") as lines:
            lines.writelines(json.dumps(each) + "\n" for each in _written(cases, Path(folder)))
        with requests.open() as lines:
            done = subprocess.run(
                shlex.split(command), stdin=lines, stdout=subprocess.PIPE, check=False
            )
    answers = {str(each["id"]): each for each in map(json.loads, done.stdout.splitlines())}
    missing = [case.id for case in cases if case.id not in answers]
    if missing:
        raise RuntimeError(f"exit {done.returncode}, no answer to {missing[0]} of {len(missing)}")
    return answers


def _written(cases: Sequence[Case], folder: Path) -> Iterator[dict[str, str]]:
    """The requests; equal projects share a folder."""
    written: dict[Project, str] = {}
    for case in cases:
        for project in (case.base, case.head):
            if project not in written:
                place = folder / str(len(written))
                project.write(place)
                written[project] = str(place)
        yield {"id": case.id, "base": written[case.base], "head": written[case.head]}
