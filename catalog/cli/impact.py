"""`headwater impact`: what breaks downstream if something changes."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from catalog.check.verdict import FailOn, verdict_of
from catalog.cli.console import out, settings, telling_errors
from catalog.cli.naming import Namespace, dataset_called
from catalog.cli.options import Answer, Data, Format, Store
from catalog.model.change import ChangeKind
from catalog.whatif.composed import Composed
from ingest.names import DatasetName

if TYPE_CHECKING:
    from catalog.model.report import Report
    from catalog.settings import Settings


Composable: TypeAlias = Literal[
    "removed",
    "renamed",
    "added",
    "retyped",
    "nullability",
    "reordered",
    "logic",
    "check",
    "rows",
    "values",
]
"""The kinds of change that can be composed; see `catalog.whatif.composed`."""


def impact(  # noqa: PLR0913 (the options of a command)
    kind: Annotated[Composable, typer.Argument(help="What is done.")],
    dataset: Annotated[str, typer.Argument(help="The dataset's name, as the catalog has it.")],
    column: Annotated[str | None, typer.Argument(help="The column, if it is one of it.")] = None,
    *,
    namespace: Namespace = None,
    to: Annotated[
        str | None, typer.Option(help="The new name, type, value or order; NOT NULL; IN a, b.")
    ] = None,
    was: Annotated[
        str | None, typer.Option("--from", help="A value that the column has no more (values).")
    ] = None,
    sql: Annotated[
        Path | None,
        typer.Option(
            help="A file with the new query of the dataset (logic).", exists=True, dir_okay=False
        ),
    ] = None,
    data: Data = None,
    store: Store = None,
    answer: Answer = Format.TABLE,
) -> None:
    """Tell what breaks downstream if something changes, why, and who owns it.

    Over everything that the catalog has seen: other repositories, other engines, dashboards.

    For example: headwater impact removed shop.public.orders amount

    Who relies on a value: headwater impact values shop.public.orders status --from paid
    """
    with telling_errors():
        query = sql.read_text() if sql is not None else None
        chosen = settings(data, store)
        meant = DatasetName(namespace or "", dataset)
        change = Composed(ChangeKind(kind), meant, column, to, query, was)
        report = asyncio.run(_impact(chosen, namespace, change))
    verdict = verdict_of(report, FailOn.BREAKS)
    if answer is Format.JSON:
        from catalog.check.rendering import rendered  # noqa: PLC0415

        typer.echo(json.dumps(rendered(report, verdict)))
        return
    from catalog.cli.check_text import show  # noqa: PLC0415

    show(report, verdict, out)


async def _impact(chosen: Settings, namespace: str | None, change: Composed) -> Report:
    from catalog.app import open_graph_to_read  # noqa: PLC0415 `--help` needs none of it
    from catalog.parsing.reader import ProcessReader  # noqa: PLC0415
    from catalog.whatif.answer import impact as judged  # noqa: PLC0415
    from catalog.whatif.judging import judged_apart  # noqa: PLC0415

    async with open_graph_to_read(chosen) as graph:
        dataset = await dataset_called(graph, namespace, change.dataset.name)
        change = replace(change, dataset=dataset)
        return await judged(graph, ProcessReader(), [change], judged_apart)
