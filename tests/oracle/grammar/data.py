"""Small data sets in which joins meet, groups form and changes show."""

from __future__ import annotations

from typing import TypeAlias

from tests.oracle.grammar.draw import Draw
from tests.oracle.grammar.schema import Column, Kind, Schema, Table

Rows: TypeAlias = tuple[tuple[str, ...], ...]
"""Rows of SQL literals."""

ROWS = 7


def data(draw: Draw, schema: Schema) -> dict[str, Rows]:
    """Rows for each table; values come from domains of four, one in eight is NULL."""
    return {each.name: _rows(draw, each) for each in schema.tables}


def changed(draw: Draw, rows: Rows, table: Table, column: Column) -> Rows:
    """The rows with other values in that one column (the key column keeps being unique)."""
    at = table.columns.index(column)
    if column == table.key:
        values = draw.shuffled([str(number + draw.pick((0, 3))) for number in range(len(rows))])
        values = values if len(set(values)) == len(values) else [f"{n + 2}" for n in range(ROWS)]
    else:
        values = [literal(draw, column.kind) for _ in rows]
    return tuple(
        (*row[:at], value, *row[at + 1 :]) for row, value in zip(rows, values, strict=True)
    )


def literal(draw: Draw, kind: Kind) -> str:
    """A typed SQL literal, or NULL."""
    return "NULL" if draw.chance(1 / 8) else present(draw, kind)


def present(draw: Draw, kind: Kind) -> str:
    """A typed SQL literal that is not NULL."""
    match kind:
        case Kind.INT:
            return str(draw.count(0, 4))
        case Kind.NUM:
            return f"{draw.count(0, 4)}.{draw.pick(('00', '50'))}"
        case Kind.TEXT:
            return draw.pick(("'a'", "'b'", "'ab'", "'paid'"))
        case Kind.BOOL:
            return draw.pick(("true", "false"))
        case Kind.DATE:
            return f"DATE '2024-01-0{draw.count(1, 4)}'"
        case Kind.STRUCT:
            return f"{{'lang': {literal(draw, Kind.TEXT)}, 'size': {literal(draw, Kind.INT)}}}"
        case Kind.MAP:
            return f"MAP {{'a': {literal(draw, Kind.INT)}, 'b': {literal(draw, Kind.INT)}}}"
        case Kind.INTS | Kind.TEXTS | Kind.STRUCTS:
            element = {Kind.INTS: Kind.INT, Kind.TEXTS: Kind.TEXT}.get(kind, Kind.STRUCT)
            values = ", ".join(present(draw, element) for _ in range(draw.count(0, 3)))
            return f"CAST([{values}] AS {kind})"


def _rows(draw: Draw, table: Table) -> Rows:
    return tuple(
        (str(key), *(literal(draw, each.kind) for each in table.columns[1:])) for key in range(ROWS)
    )
