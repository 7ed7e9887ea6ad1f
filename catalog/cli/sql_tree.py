"""Column lineage of a statement as a tree, for people."""

from __future__ import annotations

import json
from typing import Any

from rich.markup import escape
from rich.tree import Tree

from catalog.cli.console import FAILED, err, out
from ingest.sql.jsonl import answer

Source = tuple[str | None, str, str]
"""Table (None if it cannot be told), column, how."""


def show(text: str, dialect: str, known: str, explain: str | None) -> int:
    """Print what a statement reads and writes, or one of its output columns; give the exit code."""
    request = {"id": 0, "sql": text, "dialect": dialect, "schema": json.loads(known)}
    told: dict[str, Any] = dict(answer(request))
    for table, part in (told.get("by_output") or {"": told}).items():
        tree = _tree(table or ", ".join(told["outputs"]) or "result", part, explain)
        out.print(tree)
    out.print(f"[dim]reads {escape(', '.join(told['inputs']) or 'nothing')}[/dim]", highlight=False)
    if told["error"]:
        _point_out(text, told["error"])
        return FAILED
    return 0


def _tree(title: str, part: dict[str, Any], explain: str | None) -> Tree:
    tree = Tree(f"[bold]{escape(title)}[/bold]")
    for name, column in part["columns"].items():
        if explain is not None and name != explain:
            continue
        branch = tree.add(escape(name))
        for source in column["direct"]:
            branch.add(f"from {_source(source)}")
        for source in column["indirect"]:
            branch.add(f"[yellow]decided by[/yellow] {_source(source)}")
    if part["rows"]:
        rows = tree.add("[yellow]rows[/yellow]")
        for source in part["rows"]:
            rows.add(_source(source))
    return tree


def _source(source: Source) -> str:
    table, column, how = source
    name = f"{table}.{column}" if table else column
    return f"{escape(name)} [dim]{how.lower().replace('_', ' ')}[/dim]"


def _point_out(text: str, error: dict[str, Any]) -> None:
    """Show the line in which an error lies, with a mark below the place."""
    err.print(f"[red]{error['code']}[/red]: {escape(error['message'])}", highlight=False)
    line: int | None = error["line"]
    column: int | None = error["column"]
    lines = text.splitlines()
    if line and column and line <= len(lines):
        err.print(f"{line:>5} | {escape(lines[line - 1])}", soft_wrap=True, highlight=False)
        err.print(f"{'':>5} | {' ' * (column - 1)}[red]^[/red]", soft_wrap=True, highlight=False)
