"""Names of tables in SQL, completed to names of datasets by the rule of their platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.names import DatasetName
from ingest.openlineage.naming import Case, Platform, platform_of
from ingest.sql.rules import rules_of

_SCHEMAS = frozenset({"schema", "dataset"})
_DATABASES = frozenset({"database", "catalog", "project", "service", "keyspace"})


class Unnamed(ValueError):
    """This is no name of a table of that namespace, or a part of it is missing."""


@dataclass(frozen=True, slots=True)
class TableNames:
    """How the tables of a namespace are named; `database` and `schema` are those of bare names."""

    namespace: str
    dialect: str
    platform: Platform | None
    database: str | None
    schema: str | None

    def dataset(self, parts: Sequence[str]) -> DatasetName:
        """Complete a name, whose outermost part comes first.

        Raises:
            Unnamed: it has too many parts, or an outer one is not known.
        """
        if self.platform is None:
            outer = [one for one in (self.database, self.schema) if one]
            left_out = max(0, len(outer) + 1 - len(parts))
            return DatasetName(self.namespace, ".".join((*outer[:left_out], *parts)))
        told = self.platform.parts
        if len(parts) > len(told):
            raise Unnamed(f"{'.'.join(parts)} has too many parts: tables here are {self._form()}")
        filled = [self._default(place, parts) for place in range(len(told) - len(parts))]
        name = self.platform.separator.join(part for part in (*filled, *parts) if part)
        return DatasetName(self.namespace, name)

    def parts_of(self, dataset: DatasetName) -> list[str]:
        """Take the name of a dataset apart again."""
        separator = self.platform.separator if self.platform else "."
        parts = dataset.name.split(separator)
        return parts[1:] if self.platform and self.platform.parts[0] == "kind" else parts

    def _default(self, place: int, parts: Sequence[str]) -> str:
        """Give what is not written; of two outermost parts alike the first may be left out."""
        told = self.platform.parts if self.platform else ()
        part = told[place]
        if part == "kind":
            return "table"
        found = self.schema if part in _SCHEMAS else self.database
        if part in _DATABASES and told[place + 1] in _DATABASES:
            return ""
        if found is None:
            option = "--schema" if part in _SCHEMAS else "--database"
            name = ".".join(parts)
            message = f"{name} lacks its {part}: tables here are {self._form()}; give {option}"
            raise Unnamed(message)
        return found

    def _form(self) -> str:
        return self.platform.separator.join(self.platform.parts) if self.platform else ""


def table_names(
    namespace: str, dialect: str, database: str | None = None, schema: str | None = None
) -> TableNames:
    """Tell how tables are named; a schema that is not given is the dialect's usual one.

    Raises:
        Unnamed: the namespace holds files or topics, not tables.
        ValueError: there is no such dialect.
    """
    usual = rules_of(dialect).default_schemas[:1]
    platform = platform_of(namespace)
    if platform is None:
        return TableNames(namespace, dialect, None, database, schema)
    if "table" not in platform.parts:
        raise Unnamed(f"{namespace} holds no tables")
    outer = [schema or (usual[0] if usual else None), database]
    if platform.case is Case.UPPER:
        outer = [name.upper() if name and name.islower() else name for name in outer]
    return TableNames(namespace, dialect, platform, outer[1], outer[0])
