"""What changes are made to: a project, and the data sets that it is built on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.oracle.grammar.draw import Draw
from tests.oracle.impact.generate import Rows
from tests.oracle.impact.project import Columns, Kind, Model, Project


@dataclass(frozen=True)
class Subject:
    """`draw` decides about the changes."""

    name: str
    base: Project
    data: tuple[Mapping[str, Rows], ...]
    draw: Draw


def readers(models: list[Model], known: Mapping[str, Columns]) -> list[Model]:
    """Readers of every table: a dashboard, and an extract or an export by position."""
    return [
        reader
        for number, each in enumerate(models)
        if each.kind is Kind.TABLE
        for reader in _readers(each, known[each.name], number)
    ]


def _readers(model: Model, columns: Columns, number: int) -> Iterator[Model]:
    """A dashboard for each; an extract of all columns, and an export by position, for some."""
    called = model.name.rpartition(".")[2]
    first = f'"{columns[0].name}"'
    counted = f"SELECT count(*) AS n, max({first}) AS most FROM {model.name}"
    yield Model(f"dash_{called}", Kind.QUERY, counted, (model.name,))
    everything = f"SELECT * FROM {model.name}"
    if number % 2:
        yield Model(f"extract_{called}", Kind.QUERY, everything, (model.name,))
    else:
        name = f"export_{called}"
        yield Model(name, Kind.INSERT, everything, (model.name,), columns)
