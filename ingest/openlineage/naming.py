"""Naming rules of the platforms: what a dataset's namespace tells of it.

The table of https://openlineage.io/docs/spec/naming; DuckDB as dbt names it, and SQLite
like it, which are not there.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ingest.names import DatasetName


class Case(enum.StrEnum):
    """What a platform makes of a name that is written without quotes."""

    KEPT = "KEPT"
    """`Orders` and `orders` are two names."""
    LOWER = "LOWER"
    UPPER = "UPPER"
    IGNORED = "IGNORED"
    """Kept as written, and found in any case."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A kind of system that holds datasets.

    `parts`: what a dataset's name consists of, from the outermost; `separator` stands between.
    `dialect`: of its SQL, as sqlglot names it.
    """

    name: str
    parts: tuple[str, ...]
    case: Case = Case.KEPT
    dialect: str | None = None
    separator: str = "."


def platform_of(namespace: str) -> Platform | None:
    """Give the platform of a namespace, None for one that the naming rules do not know."""
    scheme, _, _ = namespace.partition("://")
    if namespace.startswith(_GLUE):
        return _PLATFORMS[_GLUE]
    return _PLATFORMS.get(scheme.casefold())


def parts_of(dataset: DatasetName) -> Mapping[str, str]:
    """Take a name apart, such as `{"database": …, "schema": …, "table": …}`.

    Outer parts may be left out; a name that is none of its platform's has no parts.
    """
    platform = platform_of(dataset.namespace)
    if platform is None:
        return _NO_PARTS
    told = [dataset.name]
    if platform.separator:
        told = dataset.name.split(platform.separator)
    if len(told) > len(platform.parts) or not all(told):
        return _NO_PARTS
    return MappingProxyType(dict(zip(platform.parts[-len(told) :], told, strict=True)))


def sql_dialect(namespaces: Iterable[str]) -> str | None:
    """Give the SQL dialect that the datasets of these namespaces share.

    Files and topics have none and do not count.
    """
    platforms = (platform_of(namespace) for namespace in namespaces)
    dialects = {platform.dialect for platform in platforms if platform and platform.dialect}
    return dialects.pop() if len(dialects) == 1 else None


_NO_PARTS: Final[Mapping[str, str]] = MappingProxyType({})
_GLUE = "arn:aws:glue:"

_TABLE = ("table",)
_DATABASE = ("database", *_TABLE)
_SCHEMA = ("schema", *_TABLE)
_DATABASE_SCHEMA = ("database", *_SCHEMA)
_CATALOG = ("catalog", *_SCHEMA)
_PATH = ("path",)

_PLATFORMS: dict[str, Platform] = {
    "awsathena": Platform("athena", ("catalog", *_DATABASE), Case.IGNORED, "athena"),
    _GLUE: Platform("glue", ("kind", *_DATABASE), Case.LOWER, separator="/"),
    "azurecosmos": Platform("cosmosdb", ("kind", *_TABLE), separator="/"),
    "azurekusto": Platform("kusto", _DATABASE, separator="/"),
    "bigquery": Platform("bigquery", ("project", "dataset", *_TABLE), Case.IGNORED, "bigquery"),
    "cassandra": Platform("cassandra", ("keyspace", *_TABLE), Case.LOWER),
    "crate": Platform("cratedb", _DATABASE_SCHEMA, Case.LOWER, "postgres"),
    "db2": Platform("db2", _DATABASE_SCHEMA, Case.UPPER),
    "duckdb": Platform("duckdb", _DATABASE_SCHEMA, Case.IGNORED, "duckdb"),
    "hive": Platform("hive", _DATABASE, Case.IGNORED, "hive"),
    "mssql": Platform("mssql", _DATABASE_SCHEMA, Case.IGNORED, "tsql"),
    "mysql": Platform("mysql", _DATABASE, Case.KEPT, "mysql"),
    "oceanbase": Platform("oceanbase", _DATABASE, Case.KEPT, "mysql"),
    "oracle": Platform("oracle", ("service", *_SCHEMA), Case.UPPER, "oracle"),
    "postgres": Platform("postgres", _DATABASE_SCHEMA, Case.LOWER, "postgres"),
    "postgresql": Platform("postgres", _DATABASE_SCHEMA, Case.LOWER, "postgres"),
    "redshift": Platform("redshift", _DATABASE_SCHEMA, Case.IGNORED, "redshift"),
    "snowflake": Platform("snowflake", _DATABASE_SCHEMA, Case.UPPER, "snowflake"),
    "sqlite": Platform("sqlite", _SCHEMA, Case.IGNORED, "sqlite"),
    "sqlserver": Platform("synapse", _SCHEMA, Case.IGNORED, "tsql"),
    "teradata": Platform("teradata", _DATABASE, Case.IGNORED, "teradata"),
    "trino": Platform("trino", _CATALOG, Case.IGNORED, "trino"),
    "unitycatalog": Platform("unity", _CATALOG, Case.IGNORED, "databricks"),
    "abfss": Platform("abfss", _PATH, separator=""),
    "dbfs": Platform("dbfs", _PATH, separator=""),
    "file": Platform("file", _PATH, separator=""),
    "gs": Platform("gcs", _PATH, separator=""),
    "hdfs": Platform("hdfs", _PATH, separator=""),
    "inmemory": Platform("memory", _PATH, separator=""),
    "kafka": Platform("kafka", ("topic",), separator=""),
    "pubsub": Platform("pubsub", ("kind", "project", "resource"), separator=":"),
    "s3": Platform("s3", _PATH, separator=""),
    "wasbs": Platform("wasbs", _PATH, separator=""),
}
"""By the scheme of the namespace, or all of one that has none."""
