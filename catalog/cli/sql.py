"""`headwater sql`: what SQL reads and writes, column by column."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="sql", help="Read SQL.", no_args_is_help=True)


@app.callback()
def root() -> None:
    """Read SQL."""


@app.command()
def lineage(
    file: Annotated[
        Path | None, typer.Argument(help="SQL, or JSON lines; standard input if left out.")
    ] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read and write JSON lines, one statement each.")
    ] = False,
    dialect: Annotated[str, typer.Option(help="SQL dialect; empty: generic SQL.")] = "",
    schema: Annotated[
        Path | None, typer.Option(help="JSON file of the tables: {table: {column: type}}.")
    ] = None,
    explain: Annotated[str | None, typer.Option(help="Show one output column alone.")] = None,
    limit: Annotated[
        float, typer.Option(min=0.001, help="Seconds of CPU time that a statement may take.")
    ] = 10.0,
) -> None:
    """Show which columns each output column comes from, and what shapes the rows.

    For example: echo "select a + b as c from t where d" | headwater sql lineage
    """
    if jsonl:
        _stream(file, limit)
        return
    from catalog.cli.sql_tree import show  # noqa: PLC0415

    text = file.read_text() if file is not None else sys.stdin.read()
    known = schema.read_text() if schema is not None else "{}"
    raise typer.Exit(show(text, dialect, known, explain))


def _stream(file: Path | None, limit: float) -> None:
    from ingest.sql.limits import stream  # noqa: PLC0415

    def write(answer: bytes) -> None:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()

    if file is None:
        stream(sys.stdin.fileno(), write, limit)
        return
    with file.open("rb") as lines:
        stream(lines.fileno(), write, limit)
