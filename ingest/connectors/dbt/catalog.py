"""`catalog.json`: the columns that a database had when `dbt docs generate` asked it."""

from __future__ import annotations

from pathlib import Path

import msgspec


class CatalogColumn(msgspec.Struct, frozen=True):
    """A column as the database tells it; `index` counts from 1."""

    name: str
    type: str | None = None
    index: int = 0


class CatalogTable(msgspec.Struct, frozen=True):
    """A relation with all of its columns."""

    columns: dict[str, CatalogColumn] = {}


class Catalog(msgspec.Struct, frozen=True):
    """All relations that were found, by the unique id of their node."""

    nodes: dict[str, CatalogTable] = {}
    sources: dict[str, CatalogTable] = {}


class UnreadableCatalogError(Exception):
    """It is no catalog of dbt's."""


def read_catalog(file: Path) -> Catalog:
    """Read a catalog.

    Raises:
        UnreadableCatalogError: it is none.
        OSError: the file cannot be read.
    """
    try:
        return msgspec.json.decode(file.read_bytes(), type=Catalog)
    except msgspec.MsgspecError as error:
        raise UnreadableCatalogError(f"{file} is no dbt catalog: {error}") from error


def columns_of(table: CatalogTable) -> tuple[tuple[str, str], ...]:
    """Give names and types, in the order of the database."""
    found = sorted(table.columns.values(), key=lambda one: one.index)
    return tuple((one.name, one.type or "") for one in found)
