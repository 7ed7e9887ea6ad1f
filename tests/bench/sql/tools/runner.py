"""Runs one tool in a process of its own: `python -m tests.bench.sql.tools.runner NAME < request`.

It needs nothing but the standard library and the tool itself.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).parents[4]
_WARM = 5
"""So many queries are read before the time is taken."""


class Sources(TypedDict):
    direct: list[list[str]]
    indirect: list[list[str]]


class Answer(TypedDict):
    """Pairs of table and column, by output column; what shapes the rows; what went wrong."""

    columns: dict[str, Sources]
    rows: list[list[str]]
    error: str | None


class Run(TypedDict):
    """What came of a tool: its answers, and its CPU time for all of them."""

    answers: list[Answer]
    seconds: float


Ask = Callable[[str], Answer]
Prepare = Callable[[dict[str, dict[str, str]], str], Ask]
"""What a tool's module offers as `prepare`: given tables and dialect, it answers queries."""

NOTHING: Answer = {"columns": {}, "rows": [], "error": None}


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool, the module that asks it, and the distribution that it is installed from."""

    name: str
    module: str
    requirement: str
    only_speed: bool = False  # another build of a tool, with the same answers


class Batch(TypedDict):
    """Queries of one dialect over the same tables."""

    queries: tuple[str, ...]
    tables: dict[str, dict[str, str]]
    dialect: str


def run(tool: Tool, batches: list[Batch]) -> Run:
    """Ask a tool in an environment of its own; the answers are in the queries' order.

    Raises:
        subprocess.CalledProcessError: It cannot be installed, or it does not run.
    """
    done = subprocess.run(
        [*_alone(tool.requirement), "python", "-m", __name__, tool.module],
        input=json.dumps(batches).encode(),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    found: Run = json.loads(done.stdout.splitlines()[-1])
    return found


def _alone(requirement: str) -> list[str]:
    """What runs a command where only that is installed."""
    uv = os.environ.get("UV") or shutil.which("uv") or "uv"
    options = ["--no-project", "--isolated", "--quiet", "--python", sys.executable]
    return [uv, "run", *options, "--with", requirement]


def main() -> None:
    """Answer the batches of standard input, all at once."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    batches: list[Batch] = json.load(sys.stdin)
    prepare: Prepare = importlib.import_module(f"tests.bench.sql.tools.{sys.argv[1]}").prepare
    ready = [(prepare(batch["tables"], batch["dialect"]), batch["queries"]) for batch in batches]
    asked = [(ask, sql) for ask, queries in ready for sql in queries]
    for ask, sql in asked[:_WARM]:
        _asked(ask, sql)
    start = time.process_time()
    answers = [_asked(ask, sql) for ask, sql in asked]
    seconds = time.process_time() - start
    print(json.dumps({"answers": answers, "seconds": seconds}))  # noqa: T201


def _asked(ask: Ask, sql: str) -> Answer:
    try:
        return ask(sql)
    except Exception as error:  # noqa: BLE001 (whatever a tool raises is a failure of that tool)
        return {**NOTHING, "error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    main()
