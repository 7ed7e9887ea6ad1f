"""`headwater unused`: what nobody reads, and could be dropped."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catalog.cli.console import err, out, progress, settings, telling_errors
from catalog.cli.naming import Namespace, dataset_called
from catalog.cli.options import Answer, Data, Format, Store
from catalog.clock import SystemClock
from ingest.names import ColumnName

if TYPE_CHECKING:
    from catalog.lineage.unused import Unused
    from catalog.model.census import Census
    from catalog.settings import Settings

_DOUBTS = {
    "NEW": "known for less time than that",
    "UNWRITTEN": "nobody is known to write it",
    "TESTED": "a test checks it",
    "UNBOUND": "SQL that reads the dataset is not bound whole",
}


def unused(
    dataset: Annotated[
        str | None, typer.Argument(help="A dataset's name.", show_default="all of them")
    ] = None,
    *,
    namespace: Namespace = None,
    days: Annotated[int, typer.Option(min=1, help="For how many days nobody has read it.")] = 90,
    data: Data = None,
    store: Store = None,
    answer: Answer = Format.TABLE,
) -> None:
    """Tell what could be dropped: datasets and columns that nobody has read for a while.

    A column is read where its value goes on, and where it joins, filters, groups or orders. What
    stands beside a thing is why it may be read all the same; whoever sends no events is not seen.

    For example: headwater unused shop.public.orders --days 30
    """
    with telling_errors():
        found, census = asyncio.run(_unused(settings(data, store), dataset, namespace, days))
    if answer is Format.JSON:
        typer.echo(json.dumps([_rendered(one) for one in found]))
        return
    _show(found, days)
    if census.sql.unread:
        err.print(
            f"The SQL of {len(census.sql.unread)} jobs cannot be read: what they read is not seen."
        )


async def _unused(
    chosen: Settings, name: str | None, namespace: str | None, days: int
) -> tuple[Sequence[Unused], Census]:
    from catalog.app import open_graph_to_read  # noqa: PLC0415 `--help` needs none of it
    from catalog.whatif.unused import Unread  # noqa: PLC0415

    async with open_graph_to_read(chosen) as graph:
        unread = Unread(graph, SystemClock().now() - timedelta(days=days))
        census = await graph.census()
        if name is not None:
            return await unread.of(await dataset_called(graph, namespace, name)), census
        found: list[Unused] = []
        with progress() as bar:
            task = bar.add_task("Looking for readers", total=census.datasets)
            async for one in unread.all():
                found += one
                bar.update(task, advance=1)
        return found, census


def _show(found: Sequence[Unused], days: int) -> None:
    from rich.table import Table  # noqa: PLC0415

    if not found:
        out.print(f"Everything was read in the last {days} days.")
        return
    table = Table("dataset", "column", "last read", "by", "but")
    for one in found:
        rendered = _rendered(one)
        table.add_row(
            rendered["name"],
            rendered["column"] or "(all of it)",
            (rendered["read"] or "never")[:10],
            rendered["by"] or "",
            "; ".join(_DOUBTS[doubt] for doubt in rendered["doubts"]),
        )
    out.print(table)


def _rendered(one: Unused) -> dict[str, Any]:
    column = one.of if isinstance(one.of, ColumnName) else None
    dataset = one.of.dataset if isinstance(one.of, ColumnName) else one.of
    return {
        "namespace": dataset.namespace,
        "name": dataset.name,
        "column": ".".join(column.path) if column else None,
        "read": one.read.isoformat() if one.read else None,
        "by": one.by.name if one.by else None,
        "doubts": [str(doubt) for doubt in one.doubts],
    }
