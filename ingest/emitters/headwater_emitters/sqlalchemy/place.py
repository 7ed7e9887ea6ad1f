"""Where an engine's tables are, in OpenLineage's words: https://openlineage.io/docs/spec/naming."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL

from headwater_emitters.events import Job
from headwater_emitters.sql.tokens import Lexis


class Case(enum.Enum):
    """What a database makes of a name without quotes."""

    KEPT = enum.auto()
    LOWER = enum.auto()
    UPPER = enum.auto()


_PLAIN = Lexis()


@dataclass(frozen=True, slots=True)
class Database:
    """A kind of database: how it writes, and how OpenLineage names what is in it.

    `dialect`: as SQL parsers call it. `scheme`, `port`: of its namespaces. `depth`: how many parts
    the name of a table has; of a database without schemas two.
    """

    dialect: str | None
    scheme: str
    port: int | None = None
    depth: int = 3
    case: Case = Case.KEPT
    lexis: Lexis = _PLAIN


_DOLLARS = Lexis(dollars=True)
_MYSQL = Lexis(quotes="`", backslashes=True, hashes=True)
_BRACKETS = Lexis(quotes='"[')

_DATABASES = {
    "postgresql": Database("postgres", "postgres", 5432, case=Case.LOWER, lexis=_DOLLARS),
    "cockroachdb": Database("postgres", "cockroachdb", 26257, case=Case.LOWER, lexis=_DOLLARS),
    "redshift": Database("redshift", "redshift", 5439, case=Case.LOWER, lexis=_DOLLARS),
    "mysql": Database("mysql", "mysql", 3306, depth=2, lexis=_MYSQL),
    "mariadb": Database("mysql", "mysql", 3306, depth=2, lexis=_MYSQL),
    "sqlite": Database("sqlite", "sqlite", depth=2, lexis=Lexis(quotes='"`[')),
    "duckdb": Database("duckdb", "duckdb", lexis=_DOLLARS),
    "snowflake": Database("snowflake", "snowflake", case=Case.UPPER, lexis=_DOLLARS),
    "bigquery": Database("bigquery", "bigquery", lexis=_MYSQL),
    "mssql": Database("tsql", "mssql", 1433, lexis=_BRACKETS),
    "oracle": Database("oracle", "oracle", 1521, case=Case.UPPER),
    "trino": Database("trino", "trino", 8080),
    "databricks": Database("databricks", "unitycatalog", lexis=_MYSQL),
    "hive": Database("hive", "hive", 10000, depth=2, lexis=_MYSQL),
    "clickhouse": Database("clickhouse", "clickhouse", 8123, depth=2, lexis=Lexis(quotes='"`')),
    "teradatasql": Database("teradata", "teradata", 1025, depth=2),
    "awsathena": Database("athena", "awsathena"),
    "ibm_db_sa": Database(None, "db2", 50000, case=Case.UPPER),
}


def database_of(backend: str) -> Database:
    """Give the kind that SQLAlchemy calls so."""
    return _DATABASES.get(backend) or Database(None, backend)


@dataclass(frozen=True, slots=True)
class Place:
    """Where names without a database or schema lead. `private`: to this job's tables alone."""

    database: Database
    namespace: str
    catalog: str | None = None
    schema: str | None = None
    private: str = "inmemory://"

    def name(self, parts: tuple[str, ...]) -> str:
        """Give the name of a table, with the outer parts that it is written without."""
        outer = (self.catalog, self.schema)[-(self.database.depth - 1) :]
        missing = outer[: max(len(outer) + 1 - len(parts), 0)]
        return ".".join([*(part for part in missing if part), *parts[-self.database.depth :]])


def place_of(url: URL, default_schema: str | None, job: Job) -> Place:
    """Give the place of an engine's tables."""
    database = database_of(url.get_backend_name())
    namer = _NAMERS.get(database.scheme, _by_host)
    namespace, catalog, schema = namer(url, database)
    private = f"inmemory://{job.namespace}/{job.name}"
    told = schema or default_schema
    return Place(database, namespace or private, catalog, told, private)


_Named = tuple[str, str | None, str | None]
"""Namespace, database, schema; no namespace for a database that is gone with its process."""


def _by_host(url: URL, database: Database) -> _Named:
    host = url.host or _text(url.query.get("host")).split(",")[0].partition(":")[0]
    if not host or host.startswith("/"):  # a socket
        host = "localhost"
    port = url.port or database.port
    namespace = f"{database.scheme}://{host.lower()}" + (f":{port}" if port else "")
    if database.depth == 2:  # noqa: PLR2004 - database and table
        return namespace, None, url.database
    return namespace, url.database, None


def _file(url: URL, database: Database) -> _Named:
    path = url.database or ""
    if (
        not path
        or path.startswith((":memory:", "file::memory:"))
        or "memory" in url.query.get("mode", "")
    ):
        return "", *_in_file(database, "memory")
    path = path.removeprefix("file:")
    if path.startswith(("md:", "motherduck:")):
        return "duckdb://motherduck", path.partition(":")[2] or None, "main"
    whole = Path(path).resolve()
    return f"{database.scheme}://{whole.as_posix()}", *_in_file(database, whole.stem)


def _in_file(database: Database, stem: str) -> tuple[str | None, str | None]:
    return (stem, "main") if database.scheme == "duckdb" else (None, None)


def _snowflake(url: URL, _database: Database) -> _Named:
    catalog, _, schema = (url.database or "").partition("/")
    account = _account((url.host or "").removesuffix(".snowflakecomputing.com"))
    return f"snowflake://{account}", _upper(catalog), _upper(schema)


def _account(account: str) -> str:
    """Write a locator out: `ab12345` is that of AWS us-west-1; `org-account` stays."""
    name, *place = account.split(".")
    if "-" in name or "_" in name:
        return account
    region, cloud = [*place, *("us-west-1", "aws")[len(place) :]][:2]
    return f"{name}.{region}.{cloud}"


def _upper(name: str) -> str | None:
    return name.upper() or None


def _bigquery(url: URL, _: Database) -> _Named:
    return "bigquery", url.host, url.database


def _redshift(url: URL, database: Database) -> _Named:
    found = re.match(r"([^.]+)\.[^.]+\.([^.]+)\.redshift", url.host or "")
    host = f"{found[1]}.{found[2]}" if found else url.host
    return f"redshift://{host}:{url.port or database.port}", url.database, None


def _athena(url: URL, _: Database) -> _Named:
    host = (url.host or "athena").removeprefix("athena.").partition(".")[0]
    return f"awsathena://athena.{host}.amazonaws.com", "awsdatacatalog", url.database


def _oracle(url: URL, database: Database) -> _Named:
    namespace, catalog, _ = _by_host(url, database)
    return namespace, _text(url.query.get("service_name")) or catalog, None


def _trino(url: URL, database: Database) -> _Named:
    catalog, _, schema = (url.database or "").partition("/")
    return _by_host(url, database)[0], catalog or None, schema or None


def _databricks(url: URL, _: Database) -> _Named:
    query = url.query
    catalog, schema = _text(query.get("catalog")), _text(query.get("schema"))
    return f"unitycatalog://{url.host}", catalog or "hive_metastore", schema or "default"


def _text(value: str | tuple[str, ...] | None) -> str:
    return value if isinstance(value, str) else (value or ("",))[0]


_NAMERS: dict[str, Callable[[URL, Database], _Named]] = {
    "sqlite": _file,
    "duckdb": _file,
    "snowflake": _snowflake,
    "bigquery": _bigquery,
    "redshift": _redshift,
    "awsathena": _athena,
    "oracle": _oracle,
    "trino": _trino,
    "unitycatalog": _databricks,
}
