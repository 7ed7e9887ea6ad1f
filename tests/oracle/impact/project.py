"""A project of plain SQL: sources, and models in the order they are built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Kind(StrEnum):
    """What a model's SELECT becomes."""

    TABLE = "table"
    VIEW = "view"
    QUERY = "query"
    INSERT = "insert"


class Column(NamedTuple):
    name: str
    type: str


Columns = tuple[Column, ...]


@dataclass(frozen=True)
class Source:
    name: str
    columns: Columns

    @property
    def ddl(self) -> str:
        return table_ddl(self.name, self.columns)


@dataclass(frozen=True)
class Model:
    """`target` are the columns of the table that an INSERT fills by position; else empty."""

    name: str
    kind: Kind
    sql: str
    reads: tuple[str, ...]
    target: Columns = ()

    @property
    def statement(self) -> str:
        match self.kind:
            case Kind.TABLE:
                return f"CREATE TABLE {self.name} AS {self.sql}"
            case Kind.VIEW:
                return f"CREATE VIEW {self.name} AS {self.sql}"
            case Kind.INSERT:
                return f"INSERT INTO {self.name} {self.sql}"
            case Kind.QUERY:
                return self.sql


@dataclass(frozen=True)
class Project:
    dialect: str
    sources: tuple[Source, ...]
    models: tuple[Model, ...]

    def model(self, name: str) -> Model | None:
        return next((each for each in self.models if each.name == name), None)

    def source(self, name: str) -> Source | None:
        return next((each for each in self.sources if each.name == name), None)

    def downstream(self, name: str) -> tuple[str, ...]:
        """The models that read it, directly or not, in the order they are built."""
        reached = {name}
        for model in self.models:
            if not reached.isdisjoint(model.reads):
                reached.add(model.name)
        return tuple(each.name for each in self.models if each.name in reached - {name})

    def readers(self, name: str) -> tuple[str, ...]:
        return tuple(each.name for each in self.models if name in each.reads)

    def write(self, folder: Path) -> None:
        """Lay it out as files: one for each source, target and model."""
        for path, text in self._files():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    def _files(self) -> Iterator[tuple[str, str]]:
        yield "headwater.toml", f'[project]\ndialect = "{self.dialect}"\n'
        for source in self.sources:
            yield f"sources/{source.name}.sql", f"{source.ddl};\n"
        for model in self.models:
            if model.kind is Kind.INSERT:
                yield f"targets/{model.name}.sql", f"{table_ddl(model.name, model.target)};\n"
            yield f"models/{model.name}.sql", f"{model.statement}\n"


def table_ddl(name: str, columns: Columns) -> str:
    listed = ",\n".join(f"  {quoted(column.name)} {column.type}" for column in columns)
    return f"CREATE TABLE {name} (\n{listed}\n)"


def quoted(name: str) -> str:
    return f'"{name}"'
