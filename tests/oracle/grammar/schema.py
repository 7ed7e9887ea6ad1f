"""Tables with full types: overlapping names, keys, nested columns, names that need quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tests.oracle.grammar.draw import Draw


class Kind(StrEnum):
    """What an expression can be used as; the value is the DuckDB type of a stored column."""

    INT = "INTEGER"
    NUM = "DECIMAL(10,2)"
    TEXT = "VARCHAR"
    BOOL = "BOOLEAN"
    DATE = "DATE"
    INTS = "INTEGER[]"
    TEXTS = "VARCHAR[]"
    STRUCT = "STRUCT(lang VARCHAR, size INTEGER)"
    STRUCTS = "STRUCT(lang VARCHAR, size INTEGER)[]"
    MAP = "MAP(VARCHAR, INTEGER)"


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind


@dataclass(frozen=True)
class Table:
    """The first column is a unique, not null integer: the key by which rows are matched."""

    name: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> Column:
        return self.columns[0]

    def without(self, column: str) -> Table:
        return Table(self.name, tuple(each for each in self.columns if each.name != column))

    def ddl(self) -> str:
        columns = ", ".join(f"{quoted(each.name)} {each.kind}" for each in self.columns)
        return f"CREATE TABLE {quoted(self.name)} ({columns})"


@dataclass(frozen=True)
class Schema:
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        return next(each for each in self.tables if each.name == name)

    def redefined(self, table: Table) -> Schema:
        """The same with that definition of the table of its name."""
        return Schema(tuple(table if each.name == table.name else each for each in self.tables))

    def as_request(self) -> dict[str, dict[str, str]]:
        """The `schema` of a lineage request."""
        return {
            each.name: {column.name: str(column.kind) for column in each.columns}
            for each in self.tables
        }


def quoted(name: str) -> str:
    """The name as an identifier, in quotes only where it needs them."""
    return name if re.fullmatch(r"[a-z_][a-z0-9_]*", name) and name != "order" else f'"{name}"'


def some_columns(draw: Draw, of: Schema, size: int) -> list[tuple[Table, Column]]:
    """A sample of the columns of all tables."""
    places = [(table, column) for table in of.tables for column in table.columns]
    return draw.some(places, size, size)


def with_one_more(draw: Draw, of: Schema) -> Table:
    """A table with one more column, which has the name of another table's."""
    table = draw.pick(of.tables)
    names = {each.name for each in table.columns}
    foreign = [
        column
        for other in of.tables
        for column in other.columns
        if column.name not in names and not column.name.endswith("_id")
    ]
    at = draw.count(1, len(table.columns))
    return Table(table.name, (*table.columns[:at], draw.pick(foreign), *table.columns[at:]))


_TABLES = ("parcel", "depot", "person", "ledger", "months", "doc")
_SHARED = (
    Column("amount", Kind.NUM),
    Column("qty", Kind.INT),
    Column("weight", Kind.INT),
    Column("boss", Kind.INT),
    Column("depot", Kind.INT),
    Column("status", Kind.TEXT),
    Column("city", Kind.TEXT),
    Column("note", Kind.TEXT),
    Column("active", Kind.BOOL),
    Column("sent_at", Kind.DATE),
    Column("Total", Kind.INT),
    Column("order", Kind.INT),
)
_NESTED = (
    Column("meta", Kind.STRUCT),
    Column("scores", Kind.INTS),
    Column("labels", Kind.TEXTS),
    Column("events", Kind.STRUCTS),
    Column("attrs", Kind.MAP),
)
_MONTHS = (Column("jan", Kind.INT), Column("feb", Kind.INT), Column("mar", Kind.INT))


def schema(draw: Draw) -> Schema:
    """Four tables of 4 to 9 columns; `months` and `doc` are always there."""
    names = [*draw.some(_TABLES[:4], 2, 2), "months", "doc"]
    return Schema(tuple(_table(draw, name) for name in names))


def _table(draw: Draw, name: str) -> Table:
    key = Column(f"{name}_id", Kind.INT)
    ints = [each for each in _SHARED if each.kind is Kind.INT]
    texts = [each for each in _SHARED if each.kind is Kind.TEXT]
    rest = [each for each in _SHARED if each.kind not in (Kind.INT, Kind.TEXT)]
    columns = [*draw.some(ints, 1, 2), *draw.some(texts, 1, 2), *draw.some(rest, 0, 2)]
    if name == "months":
        columns += _MONTHS
    if name == "doc":
        columns += [_NESTED[0], _NESTED[1], *draw.some(_NESTED[2:], 1, 2)]
    return Table(name, (key, *draw.shuffled(columns)))
