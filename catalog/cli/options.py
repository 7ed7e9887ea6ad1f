"""Options that several commands share."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Data: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the event log and the embedded graph.",
        envvar="HEADWATER_DATA",
        show_default="~/.headwater",
    ),
]
Store: TypeAlias = Annotated[
    str | None,
    typer.Option(
        help="Where the graph is: sqlite, memory, or neo4j://user:password@host:7687.",
        envvar="HEADWATER_STORE",
        show_default="sqlite",
    ),
]


class Format(enum.StrEnum):
    """How a command answers."""

    TABLE = "table"
    JSON = "json"


Answer: TypeAlias = Annotated[
    Format, typer.Option("--format", help="A table for people, or JSON for programs.")
]
