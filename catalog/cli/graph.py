"""`headwater rebuild` and `headwater verify`: the graph against the log it is made of."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from catalog.cli.console import FAILED, err, out, progress, settings, telling_errors
from catalog.cli.options import Answer, Data, Format, Store
from catalog.errors import NotFound

if TYPE_CHECKING:
    from catalog.ports import EventLog, NamesWriter
    from catalog.settings import Settings


def rebuild(data: Data = None, store: Store = None) -> None:
    """Make the graph anew from the log.

    The log is the truth and loses nothing by this. Needed after an upgrade that says so.
    """
    with telling_errors():
        digest = asyncio.run(_rebuild(settings(data, store)))
    out.print(f"digest {digest}", highlight=False)


def verify(data: Data = None, store: Store = None, answer: Answer = Format.TABLE) -> None:
    """Check that the graph is what the log says: the same digest when made anew.

    Exit code 1: they differ; `headwater rebuild` mends it. So it is if SQL was not read, since it
    took too long or ended its reader: then they cannot be compared.
    """
    with telling_errors():
        stored, fresh, faults = asyncio.run(_verify(settings(data, store)))
    if faults:
        jobs = ", ".join(faults)
        err.print(f"not compared: the SQL of {jobs} took too long to read", highlight=False)
        if answer is Format.JSON:
            out.print_json(data={"same": None, "faults": faults})
        raise typer.Exit(FAILED)
    same = stored == fresh
    if answer is Format.JSON:
        out.print_json(data={"same": same, "graph": stored, "log": fresh})
    else:
        out.print(f"graph {stored}\nlog   {fresh}", highlight=False)
        word = "the graph is what the log says" if same else "they differ: run headwater rebuild"
        err.print(word)
    if not same:
        raise typer.Exit(FAILED)


async def _rebuild(chosen: Settings) -> str:
    from catalog.app import open_graph, open_log  # noqa: PLC0415 `--help` needs none of it
    from catalog.stores.lines import digest  # noqa: PLC0415

    async with open_log(chosen.data) as log, open_graph(chosen, fresh=True) as graph:
        await _project(log, graph, "Making the graph anew")
        return await digest(graph)


async def _verify(chosen: Settings) -> tuple[str, str, list[str]]:
    from catalog.app import open_graph, open_log  # noqa: PLC0415 `--help` needs none of it
    from catalog.settings import Settings  # noqa: PLC0415
    from catalog.stores.lines import digest  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="headwater-verify-") as folder:
        beside = Settings(data=Path(folder), store="sqlite")
        async with (
            open_log(chosen.data) as log,
            open_graph(chosen) as graph,
            open_graph(beside) as fresh,
        ):
            if not await log.head():
                raise NotFound(f"the log in {chosen.data} is empty: there is nothing to compare")
            await _project(log, graph, "Bringing the graph up to date")
            await _project(log, fresh, "Making a second graph")
            told = [(await one.census()).sql.faults for one in (graph, fresh)]
            faults = sorted({one.job.name for of in told for one in of})
            return await digest(graph), await digest(fresh), faults


async def _project(log: EventLog, graph: NamesWriter, what: str) -> None:
    from catalog.parsing.reader import ProcessReader  # noqa: PLC0415
    from catalog.parsing.remembering import RememberingReader  # noqa: PLC0415
    from catalog.parsing.sql_projector import SqlProjector  # noqa: PLC0415
    from catalog.projector.projector import Projector  # noqa: PLC0415
    from catalog.projector.reading import read_entry  # noqa: PLC0415

    reader = RememberingReader(ProcessReader())
    followers = (
        (what, Projector(log, graph, read_entry)),
        ("Reading the SQL", SqlProjector(log, graph, read_entry, reader)),
    )
    with progress() as bar:
        for name, follower in followers:
            start = await follower.cursor()
            task = bar.add_task(name, total=await log.head() - start)
            async for cursor in follower.catch_up():
                bar.update(task, completed=cursor - start)
