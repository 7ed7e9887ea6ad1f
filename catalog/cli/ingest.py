"""`headwater ingest …`: put into the log what did not come over HTTP."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from catalog.cli.console import FAILED, err, out, progress, settings, telling_errors
from catalog.cli.options import Answer, Data, Format, Store

if TYPE_CHECKING:
    from catalog.loading import Summary
    from catalog.settings import Settings

app = typer.Typer(help="Put events into the log that did not come over HTTP.", no_args_is_help=True)


@app.callback()
def root() -> None:
    """Put events into the log that did not come over HTTP."""


@app.command()
def events(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders; - is standard input.")],
    data: Data = None,
    store: Store = None,
    answer: Answer = Format.TABLE,
) -> None:
    """Read OpenLineage events from files: JSON, arrays, JSON lines, gzip.

    Sending the same events again changes nothing. Exit code 1: some events were refused; the rest
    is stored.
    """
    missing = [path for path in paths if str(path) != "-" and not path.exists()]
    if missing:
        raise typer.BadParameter(f"{missing[0]} does not exist")
    with telling_errors():
        summary = asyncio.run(_ingest(paths, settings(data, store)))
    if answer is Format.JSON:
        out.print_json(data=summary.as_json())
    else:
        _print(summary)
    if summary.refused:
        raise typer.Exit(FAILED)


async def _ingest(paths: list[Path], chosen: Settings) -> Summary:
    from catalog.app import open_catalog, projecting  # noqa: PLC0415 `--help` needs none of it
    from catalog.loading import STDIN, Summary, load  # noqa: PLC0415
    from ingest.openlineage.files import event_files  # noqa: PLC0415

    summary = Summary()
    files = [file for path in paths for file in ([path] if path == STDIN else event_files(path))]
    async with open_catalog(chosen) as catalog, projecting(catalog):
        with progress() as bar:
            reading = bar.add_task("Reading events", total=len(files))
            async for _ in load(files, catalog.intake, summary):
                catalog.stage.wake()
                bar.advance(reading)
            head, start = await catalog.log.head(), catalog.stage.cursor
            following = bar.add_task("Bringing the graph up to date", total=head - start)
            reached = asyncio.create_task(catalog.stage.reached(head))
            while not reached.done():
                await asyncio.wait({reached}, timeout=0.2)
                bar.update(following, completed=catalog.stage.cursor - start)
    return summary


def _print(summary: Summary) -> None:
    table = Table(show_header=False, box=None)
    table.add_row("new events", str(summary.new))
    table.add_row("seen before", str(summary.repeated))
    table.add_row("refused", str(len(summary.refused)))
    for code, count in summary.notices.most_common():
        table.add_row(f"warning: {code}", str(count))
    out.print(table)
    for place, why in summary.refused:
        err.print(f"[red]refused[/red] {place}: {why}", soft_wrap=True, highlight=False)
