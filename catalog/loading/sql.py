"""Loading a folder of DDL into the log: one record, the picture of a source at this moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from catalog.check.settings import read_settings
from catalog.errors import Invalid
from catalog.intake import Intake
from ingest.connectors.ddl import Reading, read_ddl
from ingest.connectors.sqlfolder import SqlFile, read_files
from ingest.connectors.tables import TableNames, Unnamed, table_names
from ingest.openlineage.naming import sql_dialect


@dataclass(frozen=True, slots=True)
class Source:
    """What is typed of a source; what is not, `headwater.toml` or the platform tells."""

    namespace: str
    dialect: str | None = None
    database: str | None = None
    schema: str | None = None


def files_of(folder: Path) -> list[SqlFile]:
    """Read the SQL files of a folder.

    Raises:
        Invalid: there are none, or one cannot be read.
    """
    try:
        files = list(read_files(folder))
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{folder}: {error}") from error
    if not files:
        raise Invalid(f"there are no .sql files in {folder}")
    return files


def names_of(folder: Path, source: Source) -> TableNames:
    """Tell how the tables of a source are named.

    Raises:
        Invalid: the namespace holds no tables, or there is no such dialect.
    """
    told = read_settings(folder)
    dialect = source.dialect or told.dialect or sql_dialect([source.namespace]) or ""
    database, schema = source.database or told.database, source.schema or told.schema
    try:
        return table_names(source.namespace, dialect.lower(), database, schema)
    except Unnamed as error:
        raise Invalid(str(error)) from error
    except ValueError as error:
        raise Invalid(f"there is no SQL dialect {dialect!r}") from error


async def load_sql(
    files: list[SqlFile], names: TableNames, intake: Intake, progress: Callable[[], None]
) -> Reading:
    """Read files of DDL, and store the picture if there is anything in it."""
    reading = read_ddl(files, names, progress)
    if reading.picture.relations:
        await intake.accept_picture(reading.picture)
    return reading
