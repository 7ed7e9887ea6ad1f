"""Tables as the database's own catalog describes them: where they are, and all of their columns."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import NoSuchTableError
from sqlalchemy.types import TypeEngine

from headwater_emitters.events import Dataset
from headwater_emitters.sql.statement import Table
from headwater_emitters.sqlalchemy.place import Case, Place

_SYSTEM = frozenset({"information_schema", "pg_catalog", "sys", "performance_schema"})
_SYSTEM_NAMES = ("pg_", "sqlite_")


@dataclass(frozen=True, slots=True)
class Described:
    """A table that the database knows. `temporary`: for this session alone."""

    parts: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    temporary: bool = False


def is_system(table: Table) -> bool:
    """Tell whether a table is one of the database's own."""
    names = [part.text.casefold() for part in table.parts]
    return bool(_SYSTEM & set(names[:-1])) or names[-1].startswith(_SYSTEM_NAMES)


def dataset(table: Table, described: Described | None, place: Place, *, temporary: bool) -> Dataset:
    """Name a table as OpenLineage does; one of a session is the job's own."""
    parts = described.parts if described else written(table, place)
    columns = described.columns if described else ()
    if temporary or (described and described.temporary):
        return Dataset(place.private, parts[-1], columns)
    return Dataset(place.namespace, place.name(parts), columns)


def written(table: Table, place: Place) -> tuple[str, ...]:
    """Give a name's parts as the database understands them."""
    parts = [_folded(part.text, place.database.case, quoted=part.quoted) for part in table.parts]
    if place.namespace == "bigquery":  # quotes may span the parts
        parts = [piece for part in parts for piece in part.split(".")]
    return tuple(parts)


def _folded(name: str, case: Case, *, quoted: bool) -> str:
    match case:
        case Case.LOWER if not quoted:
            return name.lower()
        case Case.UPPER if not quoted:
            return name.upper()
        case _:
            return name


def describe(
    connection: Connection, tables: Iterable[Table], place: Place
) -> dict[Table, Described]:
    """Ask the database for its tables, inside the transaction that uses them.

    Those that it does not know are not in the answer.
    """
    wanted = list(tables)
    if not wanted or place.database.scheme == "redshift":  # no savepoints there
        return {}
    with _savepoint(connection, place):
        if place.database.scheme == "postgres":
            return _postgresql(connection, wanted)
        return _inspected(connection, wanted, place)


def _savepoint(connection: Connection, place: Place) -> AbstractContextManager[Any]:
    """Where an error spoils the transaction, ours must not spoil the job's."""
    spoils = place.database.dialect == "postgres" and not is_autocommit(connection)
    return connection.begin_nested() if spoils else nullcontext()


def is_autocommit(connection: Connection) -> bool:
    """Tell whether each statement is its own transaction."""
    told = connection.get_execution_options().get("isolation_level")
    if told is not None:
        return told == "AUTOCOMMIT"
    return getattr(connection.connection.dbapi_connection, "autocommit", False) is True


_POSTGRESQL = text("""
    SELECT wanted.place, current_database(), pg_namespace.nspname, pg_class.relname,
           pg_class.relpersistence = 't', attname, format_type(atttypid, atttypmod)
    FROM unnest(CAST(:names AS text[])) WITH ORDINALITY AS wanted (name, place)
    JOIN pg_class ON pg_class.oid = to_regclass(wanted.name)
    JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
    LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
    ORDER BY wanted.place, attnum
""")


def _postgresql(connection: Connection, tables: list[Table]) -> dict[Table, Described]:
    """One question for all: names without a schema are found as the server finds them."""
    names = [_as_written(table) for table in tables]
    found: dict[Table, Described] = {}
    rows = connection.execute(_POSTGRESQL, {"names": names}).tuples()
    for place, catalog, schema, name, temporary, column, type_ in rows:
        table = tables[int(place) - 1]
        before = found[table].columns if table in found else ()
        columns = before if column is None else (*before, (column, type_))
        found[table] = Described((catalog, schema, name), columns, temporary)
    return found


def _as_written(table: Table) -> str:
    doubled = ((part.text.replace('"', '""'), part.quoted) for part in table.parts)
    return ".".join(f'"{name}"' if quoted else name for name, quoted in doubled)


def _inspected(connection: Connection, tables: list[Table], place: Place) -> dict[Table, Described]:
    inspector = inspect(connection)
    dialect = connection.dialect
    found: dict[Table, Described] = {}
    for table in tables:
        parts = written(table, place)
        asked = [_normal(part, place.database.case) for part in parts]
        schema = ".".join(asked[:-1]) or None
        try:
            columns = inspector.get_columns(asked[-1], schema=schema)
        except NoSuchTableError:
            continue
        told = tuple((str(one["name"]), _type(one["type"], dialect)) for one in columns)
        found[table] = Described(parts, told)
    return found


def _normal(name: str, case: Case) -> str:
    """SQLAlchemy writes a name that needs no quotes in lower case, whatever the database does."""
    return name.lower() if case is Case.UPPER and name == name.upper() else name


def _type(type_: TypeEngine[Any], dialect: Dialect) -> str:
    try:
        return str(type_.compile(dialect))
    except Exception:  # noqa: BLE001 - types of plugins, and those that SQLAlchemy does not know
        return type(type_).__name__.upper()
