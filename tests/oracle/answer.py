"""The engine's answer to one statement, as sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from tests.oracle.grammar.schema import Schema

End = tuple[str, str]
"""A table and a column, in lower case."""


class Edges(TypedDict):
    direct: list[tuple[str | None, str, str]]
    indirect: list[tuple[str | None, str, str]]


class Told(TypedDict):
    """The shape of a lineage answer (one line of `headwater sql lineage --jsonl`)."""

    columns: dict[str, Edges]
    rows: list[tuple[str | None, str, str]]
    error: dict[str, object] | None


Engine = Callable[[dict[str, object]], Told]


@dataclass(frozen=True)
class Lineage:
    """Per output (in lower case): value edges, and all but those of the rows."""

    outputs: tuple[str, ...]
    direct: dict[str, frozenset[End]]
    own: dict[str, frozenset[End]]
    rows: frozenset[End]
    error: str | None
    message: str = ""

    def reached(self, end: End) -> frozenset[str]:
        """The outputs with an edge of their own from that column."""
        return frozenset(output for output, ends in self.own.items() if end in ends)


def lineage(engine: Engine, sql: str, schema: Schema) -> Lineage:
    told = engine({"id": "1", "sql": sql, "dialect": "duckdb", "schema": schema.as_request()})
    direct = {name.lower(): _ends(edges["direct"]) for name, edges in told["columns"].items()}
    indirect = {name.lower(): _ends(edges["indirect"]) for name, edges in told["columns"].items()}
    error = told["error"]
    return Lineage(
        outputs=tuple(told["columns"]),
        direct=direct,
        own={name: ends | indirect[name] for name, ends in direct.items()},
        rows=_ends(told["rows"]),
        error=None if error is None else str(error["code"]),
        message="" if error is None else str(error["message"]),
    )


def _ends(edges: list[tuple[str | None, str, str]]) -> frozenset[End]:
    """Whole columns: a field path counts as its column, the rows that count(*) counts do not."""
    return frozenset(
        ((edge[0] or "?").lower(), edge[1].lower().split(".", 1)[0])
        for edge in edges
        if edge[1] != "*"
    )
