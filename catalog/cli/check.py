"""`headwater check`: what a change of a project breaks."""

from __future__ import annotations

import contextlib
import enum
import gc
import json
import os
import sys
from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from catalog.check.verdict import FailOn
from catalog.cli.console import err, out, progress
from catalog.clock import SystemClock
from catalog.errors import HeadwaterError, Invalid, Unavailable

if TYPE_CHECKING:
    from catalog.check.beyond.elsewhere import Elsewhere
    from catalog.model.report import Report

_USAGE = 2
"""Exit code: the question is put wrong."""

_FAILS = 1
"""Exit code: something breaks."""

_UNJUDGED = 3
"""Exit code: it could not be judged."""


class ReportFormat(enum.StrEnum):
    """How the report is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"


def check(  # noqa: PLR0913 (the options of a command)
    base: Annotated[
        str | None,
        typer.Option(
            help="The project before the change: a folder or a git ref.",
            show_default="where the branch began",
        ),
    ] = None,
    head: Annotated[
        str, typer.Option(help="The project after the change: a folder or a git ref.")
    ] = ".",
    *,
    project: Annotated[
        str, typer.Option(help="The project's folder within the repository or folders.")
    ] = "",
    format_: Annotated[
        ReportFormat, typer.Option("--format", help="How the report is written.")
    ] = ReportFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="Write the report to this file.", show_default="stdout")
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Which impact is a failure; each includes those before it.")
    ] = FailOn.BREAKS,
    github: Annotated[
        bool,
        typer.Option(
            "--github",
            help="In a workflow: note breaks in the lines, keep one comment on the pull request "
            "and the job's summary up to date.",
        ),
    ] = False,
    server: Annotated[
        str | None,
        typer.Option(
            help="A catalog that tells what else breaks, in other repositories and engines.",
            envvar="HEADWATER_SERVER",
            show_default="this project alone",
        ),
    ] = None,
    snapshot: Annotated[
        Path | None,
        typer.Option(
            help="The same from a file that `headwater export --snapshot` wrote.",
            show_default="none",
        ),
    ] = None,
    cache: Annotated[
        bool, typer.Option(help="Keep what was bound between runs, in the user's cache folder.")
    ] = True,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read {id, base, head} lines, write {id, report} lines.")
    ] = False,
) -> None:
    """Compare two states of a project: what breaks downstream, why, and what else changes.

    A project is a folder of SQL files: CREATE TABLE with columns declares a source, CREATE … AS
    and INSERT … SELECT make models, a file with a bare SELECT is somebody who reads them.
    `headwater.toml` beside them tells the dialect.

    Examples:
      headwater check                              this branch against where it began

      headwater check --base origin/main           against the main branch

      headwater check --base before/ --head after/ --format json

    Exit codes: 0 nothing fails, 1 something does, 2 wrong usage, 3 it could not be judged.
    """
    if jsonl:
        _stream(fail_on)
        return
    if server is not None and snapshot is not None:
        err.print("[red]error:[/red] say --server or --snapshot, not both", highlight=False)
        raise typer.Exit(_USAGE)
    with _elsewhere(server, snapshot) as elsewhere:
        report = _compared(base, head, project, elsewhere, cache=cache)
    from catalog.check.verdict import verdict_of  # noqa: PLC0415

    verdict = verdict_of(report, fail_on)
    if github:
        _publish(report, verdict, fail_on, project)
    _write(report, verdict, format_, output, fail_on)
    raise typer.Exit(_FAILS if verdict == "fail" else 0)


@contextlib.contextmanager
def _elsewhere(server: str | None, snapshot: Path | None) -> Generator[Elsewhere | None]:
    """Open what tells of things beyond the project; end the command if it cannot be."""
    with contextlib.ExitStack() as stack:
        try:
            yield _opened(server, snapshot, stack)
        except Invalid as error:
            err.print(f"[red]error:[/red] {escape(str(error))}", highlight=False, soft_wrap=True)
            raise typer.Exit(_USAGE) from error
        except HeadwaterError as error:
            err.print(f"[red]error:[/red] {escape(str(error))}", highlight=False, soft_wrap=True)
            raise typer.Exit(_UNJUDGED) from error


def _opened(
    server: str | None, snapshot: Path | None, stack: contextlib.ExitStack
) -> Elsewhere | None:
    if server is not None:
        from catalog.check.beyond.server import CatalogServer  # noqa: PLC0415

        return CatalogServer(server)
    if snapshot is None:
        return None
    from anyio.from_thread import start_blocking_portal  # noqa: PLC0415

    from catalog.app import open_graph_to_read  # noqa: PLC0415
    from catalog.check.beyond.snapshot import Snapshot  # noqa: PLC0415
    from catalog.exporting import unpack  # noqa: PLC0415
    from catalog.settings import Settings  # noqa: PLC0415

    folder = Path(stack.enter_context(TemporaryDirectory(prefix="headwater-snapshot-")))
    about = unpack(snapshot, folder)
    portal = stack.enter_context(start_blocking_portal())
    opened = open_graph_to_read(Settings(data=folder, store="sqlite"))
    graph = stack.enter_context(portal.wrap_async_context_manager(opened))
    err.print(f"snapshot of {about.source}, exported {about.exported_at:%Y-%m-%d %H:%M} UTC")
    return Snapshot(graph, about.exported_at, SystemClock().now(), portal.call)


def _compared(
    base: str | None, head: str, project: str, elsewhere: Elsewhere | None, *, cache: bool
) -> Report:
    from catalog.check.cache import cache_file, keep, recall  # noqa: PLC0415
    from catalog.check.check import CheckMemory, check_folders  # noqa: PLC0415
    from catalog.check.git import default_base, opened  # noqa: PLC0415

    here = Path.cwd()
    gc.set_threshold(200_000, 20, 50)  # trees are made by the thousand; seldom is soon enough
    try:
        with contextlib.ExitStack() as stack, progress() as bar:
            before = stack.enter_context(opened(base or default_base(here), here, project))
            after = stack.enter_context(opened(head, here, project))
            task = bar.add_task("Binding", total=None)
            file = cache_file(here / project)
            memory = recall(file) if cache else CheckMemory()
            bound = len(memory.bindings.meanings)
            today = SystemClock().now().date()
            report = check_folders(
                before,
                after,
                memory,
                today,
                lambda: bar.update(task, advance=1),
                elsewhere,
            )
            if cache and len(memory.bindings.meanings) != bound:
                keep(memory, file)
            return report
    except Invalid as error:
        err.print(f"[red]error:[/red] {escape(str(error))}", highlight=False, soft_wrap=True)
        raise typer.Exit(_USAGE) from error
    except Unavailable as error:
        err.print(f"[red]error:[/red] {escape(str(error))}", highlight=False, soft_wrap=True)
        raise typer.Exit(_UNJUDGED) from error


def _publish(report: Report, verdict: str, fail_on: FailOn, project: str) -> None:
    """Tell GitHub; that it does not listen never fails a check."""
    from catalog.check.github.api import pull_request  # noqa: PLC0415
    from catalog.check.github.comment import comment  # noqa: PLC0415
    from catalog.check.github.notes import command, notes  # noqa: PLC0415
    from catalog.check.github.run import check_run  # noqa: PLC0415
    from catalog.check.headline import headline  # noqa: PLC0415
    from catalog.check.markdown import markdown  # noqa: PLC0415

    body = markdown(report, verdict)
    found = tuple(notes(report, fail_on, project))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and report.changes:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(body)
    request = pull_request(os.environ)
    noted = False
    if request is not None and request.commit and report.changes:
        with _told("no check run was made; the runner shows its notes instead"):
            check_run(request, verdict, headline(report), body, found)
            noted = True
    if request is not None:
        with _told("no comment was written; the report is in the job's summary"):
            comment(request, report, body)
    if not noted:
        for one in found:
            typer.echo(command(one))


@contextlib.contextmanager
def _told(what: str) -> Generator[None]:
    """Say that GitHub does not listen, and go on."""
    from catalog.check.github.api import PublishingError  # noqa: PLC0415

    try:
        yield
    except PublishingError as error:
        err.print(f"[yellow]{what}:[/yellow] {escape(str(error))}", highlight=False)


def _write(
    report: Report, verdict: str, format_: ReportFormat, output: Path | None, fail_on: FailOn
) -> None:
    if format_ is ReportFormat.TEXT:
        from rich.console import Console  # noqa: PLC0415

        from catalog.cli.check_text import show  # noqa: PLC0415

        if output is None:
            show(report, verdict, out)
            return
        with output.open("w", encoding="utf-8") as file:
            show(report, verdict, Console(file=file, width=100))
        return
    text = _text(report, verdict, format_, fail_on)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def _text(report: Report, verdict: str, format_: ReportFormat, fail_on: FailOn) -> str:
    if format_ is ReportFormat.MARKDOWN:
        from catalog.check.markdown import markdown  # noqa: PLC0415

        return markdown(report, verdict)
    if format_ is ReportFormat.JUNIT:
        from catalog.check.junit import junit  # noqa: PLC0415

        return junit(report, fail_on)
    if format_ is ReportFormat.SARIF:
        from catalog.check.sarif import sarif  # noqa: PLC0415

        return _json(sarif(report))
    from catalog.check.rendering import rendered  # noqa: PLC0415

    return _json(rendered(report, verdict))


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _stream(fail_on: FailOn) -> None:
    from catalog.check.check import CheckMemory  # noqa: PLC0415
    from catalog.check.jsonl import answer_line  # noqa: PLC0415

    memory = CheckMemory()
    for line in sys.stdin.buffer:
        if line.strip():
            today = SystemClock().now().date()
            answer = answer_line(line, memory, fail_on, today)
            sys.stdout.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n")
            sys.stdout.flush()
