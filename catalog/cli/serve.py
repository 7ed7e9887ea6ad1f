"""`headwater serve`: the server."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.console import err, settings, telling_errors
from catalog.cli.options import Data, Store

if TYPE_CHECKING:
    from catalog.settings import Settings

USAGE = 2


def serve(
    data: Data = None,
    store: Store = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0: any free one.")] = None,
    no_auth: Annotated[
        bool, typer.Option("--no-auth", help="Let everybody in who can reach a public address.")
    ] = False,
) -> None:
    """Take OpenLineage events in and answer questions, over HTTP.

    Point a producer at it with OPENLINEAGE_URL=http://127.0.0.1:8585, and a browser at the same
    address.

    For example: headwater serve --data ./catalog --port 8600
    """
    chosen = settings(data, store, host=host, port=port)
    if not _is_loopback(chosen.host) and not no_auth:
        err.print(
            f"[red]error:[/red] {chosen.host} can be reached from outside and there are no API "
            "keys yet: listen on 127.0.0.1, or say --no-auth if that is meant",
            highlight=False,
        )
        raise typer.Exit(USAGE)
    with telling_errors():
        run(chosen)


def run(chosen: Settings) -> None:
    """Serve until told to stop."""
    import uvloop  # noqa: PLC0415 only a server needs it

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(chosen))


async def _serve(chosen: Settings) -> None:
    from catalog.app import open_catalog, projecting  # noqa: PLC0415 `--help` needs none of it
    from catalog.serving import Serving  # noqa: PLC0415

    async with open_catalog(chosen) as catalog, projecting(catalog):
        serving = Serving(catalog, chosen)
        await serving.started()
        err.print(f"Headwater is ready: {serving.url}  (stop with Ctrl+C)", highlight=False)
        await serving.stopped()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
