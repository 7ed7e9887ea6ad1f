"""The root of the command line: it names the commands, each of which has a file of its own."""

from __future__ import annotations

import typer

from catalog.cli import check, demo, export, graph, impact, ingest, serve, sql, unused

app = typer.Typer(
    name="headwater",
    help="Column-level lineage and impact: what breaks downstream when this changes, and why.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)


@app.callback()
def root() -> None:
    """Ask what breaks downstream when a column changes, and why."""


app.command()(demo.demo)
app.command()(serve.serve)
app.command()(check.check)
app.command()(impact.impact)
app.command()(unused.unused)
app.add_typer(ingest.app, name="ingest")
app.command()(export.export)
app.command()(graph.rebuild)
app.command()(graph.verify)
app.add_typer(sql.app)


def main() -> None:
    """Run the command line."""
    app()
