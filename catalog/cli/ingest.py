"""`headwater ingest …`: put into the log what did not come over HTTP."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from catalog.cli.console import FAILED, err, out, progress, settings, telling_errors
from catalog.cli.options import Answer, Data, Format, Store

if TYPE_CHECKING:
    from rich.progress import Progress

    from catalog.app import Catalog
    from catalog.loading.events import Summary
    from catalog.loading.sql import Source
    from catalog.settings import Settings
    from ingest.connectors.ddl import Reading

app = typer.Typer(help="Put into the log what did not come over HTTP.", no_args_is_help=True)


@app.callback()
def root() -> None:
    """Put into the log what did not come over HTTP."""


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

    For example: headwater ingest events ./events kept.jsonl.gz
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


@app.command()
def sql(  # noqa: PLR0913 each is an option
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Folder of SQL files with DDL.")
    ],
    *,
    namespace: Annotated[
        str, typer.Option(help="Of the tables, such as postgres://db:5432 or snowflake://org-acct.")
    ],
    dialect: Annotated[
        str | None, typer.Option(help="SQL dialect.", show_default="the namespace's")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="Database (catalog, project) of tables that name none.")
    ] = None,
    schema: Annotated[
        str | None,
        typer.Option(help="Schema of tables that name none.", show_default="the dialect's usual"),
    ] = None,
    data: Data = None,
    store: Store = None,
    answer: Answer = Format.TABLE,
) -> None:
    """Read the schemas of a source from its DDL: tables, views and what these are made of.

    What the folder says now replaces what it said before. Exit code 1: something could not be
    read; the rest is stored.

    For example: headwater ingest sql ./ddl --namespace postgres://db:5432 --database shop
    """
    from catalog.loading.sql import Source  # noqa: PLC0415 `--help` needs none of it

    source = Source(namespace, dialect, database, schema)
    with telling_errors():
        reading = asyncio.run(_ingest_sql(folder, source, settings(data, store)))
    counts = _counts(reading)
    if answer is Format.JSON:
        troubles = [
            {"file": one.file, "line": one.line, "message": one.message, "lost": one.lost}
            for one in reading.troubles
        ]
        out.print_json(data={**counts, "troubles": troubles})
    else:
        _print_counts(counts)
        for one in reading.troubles:
            word = "[red]not read[/red]" if one.lost else "[yellow]warning[/yellow]"
            err.print(f"{word} {escape(str(one))}", soft_wrap=True, highlight=False)
    if any(one.lost for one in reading.troubles):
        raise typer.Exit(FAILED)


async def _ingest_sql(folder: Path, source: Source, chosen: Settings) -> Reading:
    from catalog.app import open_catalog, projecting  # noqa: PLC0415 `--help` needs none of it
    from catalog.loading.sql import files_of, load_sql, names_of  # noqa: PLC0415

    names, files = names_of(folder, source), files_of(folder)
    async with open_catalog(chosen) as catalog, projecting(catalog):
        with progress() as bar:
            reading = bar.add_task("Reading SQL", total=len(files))
            found = await load_sql(files, names, catalog.intake, lambda: bar.advance(reading))
            await _follow(catalog, bar)
    return found


def _counts(reading: Reading) -> dict[str, int]:
    relations = reading.picture.relations
    views = sum(one.is_view for one in relations)
    return {
        "tables": len(relations) - views,
        "views": views,
        "columns": sum(len(one.schema.fields) for one in relations if one.schema is not None),
        "with_lineage": sum(one.flows is not None for one in relations),
        "other_statements": reading.others,
    }


def _print_counts(counts: dict[str, int]) -> None:
    table = Table(show_header=False, box=None)
    for name, count in counts.items():
        table.add_row(name.replace("_", " "), str(count))
    out.print(table)


async def _ingest(paths: list[Path], chosen: Settings) -> Summary:
    from catalog.app import open_catalog, projecting  # noqa: PLC0415 `--help` needs none of it
    from catalog.loading.events import STDIN, Summary, load  # noqa: PLC0415
    from ingest.openlineage.files import event_files  # noqa: PLC0415

    summary = Summary()
    files = [file for path in paths for file in ([path] if path == STDIN else event_files(path))]
    async with open_catalog(chosen) as catalog, projecting(catalog):
        with progress() as bar:
            reading = bar.add_task("Reading events", total=len(files))
            async for _ in load(files, catalog.intake, summary):
                catalog.stage.wake()
                bar.advance(reading)
            await _follow(catalog, bar)
    return summary


async def _follow(catalog: Catalog, bar: Progress) -> None:
    """Wait until the graph has what the log has."""
    catalog.stage.wake()
    head, start = await catalog.log.head(), catalog.stage.cursor
    following = bar.add_task("Bringing the graph up to date", total=head - start)
    reached = asyncio.create_task(catalog.stage.reached(head))
    while not reached.done():
        await asyncio.wait({reached}, timeout=0.2)
        bar.update(following, completed=catalog.stage.cursor - start)


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
