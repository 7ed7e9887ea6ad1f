"""Talking to the person at the terminal: answers on stdout, everything else on stderr."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from catalog.errors import HeadwaterError

if TYPE_CHECKING:
    from catalog.settings import Settings

FAILED = 1
"""Exit code: it was done, and the result is bad: a difference, a refused event."""

COULD_NOT = 3
"""Exit code: it could not be done."""

out = Console()
err = Console(stderr=True)


@contextlib.contextmanager
def telling_errors() -> Generator[None]:
    """End a command with an error that says what to do, not with a trace."""
    try:
        yield
    except HeadwaterError as error:
        err.print(f"[red]error:[/red] {error}", highlight=False)
        raise typer.Exit(COULD_NOT) from error


def progress() -> Progress:
    """Give a progress bar on stderr; it is silent where nobody watches."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )


def settings(data: Path | None, store: str | None, **more: Any) -> Settings:  # noqa: ANN401
    """Combine what was typed with what the environment says."""
    from catalog.settings import Settings  # noqa: PLC0415 pydantic is slow to load

    typed: dict[str, Any] = {"data": data, "store": store, **more}
    return Settings(**{key: value for key, value in typed.items() if value is not None})
