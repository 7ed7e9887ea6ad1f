"""The hand-written statements: read, and held against what the engine says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.sql.jsonl import answer

FOLDER = Path(__file__).parent / "sql"
FILES = sorted(FOLDER.rglob("*.sql"))
TABLE = re.compile(r"-- ([\w.]+)\((.*)\)$")
EDGE = re.compile(r"-- (?:(\S+): )?(.+?) (<-|<~) (?:(\S+)\.)?(\S+) (\w+)$")
EMPTY = re.compile(r"-- (?:(\S+): )?(\S+) is made of nothing$")

Edge = tuple[str, str, str, str | None, str, str]
"""Output table, output column or `rows`, `<-` or `<~`, table, column, how."""


@dataclass(slots=True)
class Golden:
    """A file, taken apart."""

    sql: str
    dialect: str = ""
    schema: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    edges: set[Edge] = field(default_factory=set[Edge])
    columns: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    error: str | None = None


def read(file: Path) -> Golden:
    """Take a file apart."""
    head, body, tail = re.split(r"\n\n(?=[^-\n])|\n\n(?=--)", file.read_text().strip(), maxsplit=2)
    golden = Golden(body)
    for line in head.splitlines():
        if line.startswith("-- dialect: "):
            golden.dialect = line.removeprefix("-- dialect: ")
        elif found := TABLE.match(line):
            columns = [part.strip().split(" ", 1) for part in split_columns(found[2])]
            golden.schema[found[1]] = dict(columns)
        else:
            assert line.startswith(("-- rule: ", "--  ")), line
    for line in tail.splitlines():
        if line.startswith("-- error: "):
            golden.error = line.removeprefix("-- error: ")
        elif found := EMPTY.match(line):
            golden.columns.add((found[1] or "", found[2]))
        else:
            found = EDGE.match(line)
            assert found, line
            output, column, arrow, table, source, how = found.groups()
            known = None if table == "?" else table
            golden.edges.add((output or "", column, arrow, known, source, how))
            if column != "rows":
                golden.columns.add((output or "", column))
    return golden


def split_columns(text: str) -> list[str]:
    """Cut a list of columns at the commas that are not inside a type's brackets."""
    depth, first = 0, 0
    parts: list[str] = []
    for place, char in enumerate(text):
        depth += (char in "(<") - (char in ")>")
        if char == "," and depth == 0:
            parts.append(text[first:place])
            first = place + 1
    return [*parts, text[first:]]


def told(part: dict[str, Any], output: str) -> Iterator[Edge]:
    """The edges of one output of an answer."""
    for column, sources in part["columns"].items():
        for arrow, kind in (("<-", "direct"), ("<~", "indirect")):
            for table, source, how in sources[kind]:
                yield (output, column, arrow, table, source, how)
    for table, source, how in part["rows"]:
        yield (output, "rows", "<-", table, source, how)


def disagreement(golden: Golden) -> str:
    """What the engine says otherwise; "" if it agrees."""
    request = {"id": 1, "sql": golden.sql, "dialect": golden.dialect, "schema": golden.schema}
    said: dict[str, Any] = dict(answer(request))
    outputs: dict[str, Any] = said.get("by_output") or {"": said}
    edges = {edge for output, part in outputs.items() for edge in told(part, output)}
    columns = {(output, column) for output, part in outputs.items() for column in part["columns"]}
    error: dict[str, Any] | None = said["error"]
    code = error["code"] if error else None
    differences = {
        "error": (golden.error, error) if code != golden.error else None,
        "missing edges": golden.edges - edges,
        "wrong edges": edges - golden.edges,
        "columns": golden.columns ^ columns,
    }
    return ", ".join(f"{what}: {found}" for what, found in differences.items() if found)
