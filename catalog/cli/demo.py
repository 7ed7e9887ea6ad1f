"""`headwater demo`: a running server with a realistic company in it."""

from __future__ import annotations

import asyncio
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.console import err, out, progress, settings, telling_errors
from catalog.cli.options import Data, Store

if TYPE_CHECKING:
    from catalog.settings import Settings

BATCH = 100
"""Events in one request."""


def demo(
    data: Data = None,
    store: Store = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0: any free one.")] = None,
) -> None:
    """Start a server with a month of an airline's pipelines in it, and say where to look.

    The events go in through the public endpoint, as a producer's would. Without --data everything
    is gone when it stops.
    """
    import uvloop  # noqa: PLC0415 only a server needs it

    with (
        telling_errors(),
        tempfile.TemporaryDirectory(prefix="headwater-demo-") as folder,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        runner.run(_demo(settings(data or Path(folder), store, port=port)))


async def _demo(chosen: Settings) -> None:
    from catalog.app import open_catalog, projecting  # noqa: PLC0415 `--help` needs none of it
    from catalog.serving import Serving  # noqa: PLC0415

    async with open_catalog(chosen) as catalog, projecting(catalog):
        serving = Serving(catalog, chosen)
        await serving.started()
        with progress() as bar:
            sending = bar.add_task("Playing a month of events", total=None)
            texts = await asyncio.to_thread(_texts)
            bar.update(sending, total=len(texts))
            for some in _batches(texts):
                await asyncio.to_thread(_send, serving.url, some)
                bar.advance(sending, len(some))
            everything = await catalog.log.head()
            bar.update(sending, description="Drawing the lineage")
            await catalog.stage.reached(everything, alone=True)
            bar.update(sending, description="Reading the SQL")
            await catalog.stage.reached(everything)
        _invite(serving.url)
        err.print(f"Headwater is ready: {serving.url}  (stop with Ctrl+C)", highlight=False)
        await serving.stopped()


def _texts() -> list[str]:
    from catalog.clock import SystemClock  # noqa: PLC0415
    from ingest.demo import as_json, events  # noqa: PLC0415 the client library is slow to load

    return [as_json(event) for event in events(SystemClock().now())]


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), BATCH):
        yield texts[start : start + BATCH]


def _send(url: str, texts: Sequence[str]) -> None:
    body = f"[{','.join(texts)}]".encode()
    request = urllib.request.Request(  # noqa: S310 our own address
        f"{url}/api/v1/lineage", data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        answer.read()


def _invite(url: str) -> None:
    from ingest.demo.tour import TOUR  # noqa: PLC0415 the company is slow to load
    from ingest.names import ColumnName, DatasetName, encode_id  # noqa: PLC0415

    out.print(f"\nOpen [bold]{url}[/bold]\n\nThree things to try:", highlight=False)
    for place, stop in enumerate(TOUR, start=1):
        column = ColumnName(DatasetName(stop.namespace, stop.name), (stop.column,))
        other = "up" if stop.direction == "downstream" else "down"
        out.print(f"\n{place}. [bold]{stop.title}[/bold]", highlight=False)
        out.print(f"   {stop.sentence}", highlight=False)
        # One line however long, so that terminals can follow the link.
        address = f"   {url}/lineage?focus={encode_id(column)}&{other}=0"
        out.print(address, soft_wrap=True, highlight=False)
    out.print()
