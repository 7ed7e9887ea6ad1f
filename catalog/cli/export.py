"""`headwater export`: the catalog as a file."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.console import err, out, progress, settings, telling_errors
from catalog.cli.options import Data, Store

if TYPE_CHECKING:
    from catalog.exporting import About
    from catalog.settings import Settings


def export(
    snapshot: Annotated[
        Path,
        typer.Option(
            help="The file to write, for `headwater check --snapshot`.",
            dir_okay=False,
            writable=True,
        ),
    ],
    *,
    with_sql: Annotated[
        bool,
        typer.Option(
            "--with-sql",
            help="With the SQL of jobs, so that breaks elsewhere are proved. Whoever has the file "
            "can read it.",
        ),
    ] = False,
    data: Data = None,
    store: Store = None,
) -> None:
    """Write what holds now to a file: enough to judge what a change breaks, without a server.

    Without --with-sql it holds names, columns, links, owners, and no code.

    For example: headwater export --snapshot catalog.snapshot --with-sql
    """
    with telling_errors():
        about = asyncio.run(_export(settings(data, store), snapshot, with_sql=with_sql))
    size = snapshot.stat().st_size / 1_000_000
    err.print(f"{snapshot}: {size:.1f} MB of {about.source}, at {about.exported_at:%Y-%m-%d %H:%M}")
    out.print(f"digest {about.digest}", highlight=False)


async def _export(chosen: Settings, to: Path, *, with_sql: bool) -> About:
    from catalog.app import compact_graph, open_graph, open_graph_to_read, source_of  # noqa: PLC0415
    from catalog.clock import SystemClock  # noqa: PLC0415
    from catalog.exporting import About, copy_present, pack  # noqa: PLC0415
    from catalog.settings import Settings  # noqa: PLC0415
    from catalog.stores.lines import digest  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="headwater-export-") as folder:
        beside = Settings(data=Path(folder), store="sqlite")
        async with open_graph_to_read(chosen) as graph, open_graph(beside) as copy:
            census = await graph.census()
            with progress() as bar:
                task = bar.add_task("Exporting", total=census.datasets + census.jobs)
                async for copied in copy_present(graph.as_told, copy, with_sql=with_sql):
                    bar.update(task, completed=copied)
            now = SystemClock().now()
            about = About(source_of(chosen), now, await digest(copy), with_sql)
        compact = Path(folder) / "compact.db"
        compact_graph(Path(folder), compact)
        pack(compact, about, to)
    return about
