"""Labelled statements, as a file holds them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "suite.json"

Edge = tuple[str, str, str]
"""An output's name, and the table and the column its value comes from; «?»: table unknown."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A statement or script, and what its value edges are in the eyes of a tool's own authors.

    The dialect is one of sqlglot, or empty; of the tables that are not listed nothing is known.
    """

    sql: str
    dialect: str
    tables: dict[str, list[str]]
    edges: tuple[Edge, ...]


def write(folder: Path, statements: list[Labelled]) -> None:
    """Keep each of them once, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = dict.fromkeys(json.dumps(asdict(each)) for each in statements)
    (folder / FILE).write_text("[\n" + ",\n".join(texts) + "\n]\n")


def suites(place: Path) -> list[Path]:
    """The folders in there that hold a suite."""
    return [file.parent for file in sorted(place.glob(f"*/{FILE}"))]


def read(folder: Path) -> list[Labelled]:
    """What `write` wrote."""
    return [
        Labelled(each["sql"], each["dialect"], each["tables"], _edges(each["edges"]))
        for each in json.loads((folder / FILE).read_text())
    ]


def _edges(listed: list[list[str]]) -> tuple[Edge, ...]:
    return tuple((output, table, column) for output, table, column in listed)
