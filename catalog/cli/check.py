"""`headwater check`: what a change of a project breaks."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from catalog.check.verdict import FailOn


def check(
    base: Annotated[Path | None, typer.Option(help="The project before the change.")] = None,
    head: Annotated[Path | None, typer.Option(help="The project after the change.")] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read {id, base, head} lines, write {id, report} lines.")
    ] = False,
    fail_on: Annotated[
        FailOn, typer.Option(help="Which impact is a failure; each includes those before it.")
    ] = FailOn.BREAKS,
) -> None:
    """Compare two states of a project: what breaks downstream, why, and what else changes."""
    if jsonl:
        _stream(fail_on)
        return
    if base is None or head is None:
        raise typer.BadParameter("--base and --head are both needed")
    from catalog.check.check import CheckMemory, check_folders  # noqa: PLC0415
    from catalog.check.rendering import rendered  # noqa: PLC0415
    from catalog.check.verdict import verdict_of  # noqa: PLC0415

    report = check_folders(base, head, CheckMemory())
    verdict = verdict_of(report, fail_on)
    typer.echo(json.dumps(rendered(report, verdict), indent=2, ensure_ascii=False))
    raise typer.Exit(1 if verdict == "fail" else 0)


def _stream(fail_on: FailOn) -> None:
    from catalog.check.check import CheckMemory  # noqa: PLC0415
    from catalog.check.jsonl import answer_line  # noqa: PLC0415

    memory = CheckMemory()
    for line in sys.stdin.buffer:
        if line.strip():
            answer = answer_line(line, memory, fail_on)
            sys.stdout.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n")
            sys.stdout.flush()
