"""`headwater ingest …`: put into the log what did not come over HTTP."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from catalog.cli.console import FAILED, err, out, progress, settings, telling_errors
from catalog.cli.options import Answer, Data, Format, Store
from catalog.intake import Accepted, Refused
from catalog.settings import Settings
from ingest.openlineage.files import Place, event_files, read_events
from ingest.openlineage.unreadable import Unreadable

BATCH = 200
"""Events stored in one commit."""

STDIN = Path("-")

app = typer.Typer(help="Put events into the log that did not come over HTTP.", no_args_is_help=True)


@dataclass(slots=True)
class Summary:
    """What became of the events that were read."""

    new: int = 0
    repeated: int = 0
    refused: list[tuple[Place, str]] = field(default_factory=list[tuple[Place, str]])
    notices: Counter[str] = field(default_factory=Counter[str])

    def add(self, place: Place, result: Accepted | Refused) -> None:
        """Count one result."""
        if isinstance(result, Refused):
            self.refused.append((place, f"{result.message} ({result.path or 'the whole event'})"))
            return
        self.new += result.new
        self.repeated += not result.new
        self.notices.update(notice.code for notice in result.notices)

    def as_json(self) -> dict[str, object]:
        """Give it for programs."""
        return {
            "new": self.new,
            "repeated": self.repeated,
            "refused": [{"place": str(place), "reason": why} for place, why in self.refused],
            "warnings": dict(sorted(self.notices.items())),
        }


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
    missing = [path for path in paths if path != STDIN and not path.exists()]
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

    summary = Summary()
    files = [file for path in paths for file in ([path] if path == STDIN else event_files(path))]
    async with open_catalog(chosen) as catalog, projecting(catalog):
        with progress() as bar:
            reading = bar.add_task("Reading events", total=len(files))
            for file in files:
                for places, values in _batches(file, summary):
                    results = await catalog.intake.accept_values(values)
                    for place, result in zip(places, results, strict=True):
                        summary.add(place, result)
                    catalog.stage.wake()
                bar.advance(reading)
            head, start = await catalog.log.head(), catalog.stage.cursor
            projecting_ = bar.add_task("Bringing the graph up to date", total=head - start)
            reached = asyncio.create_task(catalog.stage.reached(head))
            while not reached.done():
                await asyncio.wait({reached}, timeout=0.2)
                bar.update(projecting_, completed=catalog.stage.cursor - start)
    return summary


def _batches(file: Path, summary: Summary) -> Iterator[tuple[list[Place], list[object]]]:
    places: list[Place] = []
    values: list[object] = []
    with sys.stdin.buffer if file == STDIN else file.open("rb") as stream:
        for place, value in read_events(stream, str(file)):
            if isinstance(value, Unreadable):
                summary.refused.append((place, str(value)))
                continue
            places.append(place)
            values.append(value)
            if len(values) == BATCH:
                yield places, values
                places, values = [], []
    if values:
        yield places, values


def _print(summary: Summary) -> None:
    table = Table(show_header=False, box=None)
    table.add_row("new events", str(summary.new))
    table.add_row("seen before", str(summary.repeated))
    table.add_row("refused", str(len(summary.refused)))
    for code, count in summary.notices.most_common():
        table.add_row(f"warning: {code}", str(count))
    out.print(table)
    for place, why in summary.refused:
        err.print(f"[red]refused[/red] {place}: {why}", highlight=False)
