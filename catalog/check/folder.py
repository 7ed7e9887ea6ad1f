"""A folder of plain SQL as a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from catalog.check.constraints import checks_of
from catalog.check.settings import read_settings
from catalog.errors import Invalid
from catalog.impact.binding import digest
from catalog.model.project import Check, Definition, Making, Place, Problem, Project, Table
from ingest.connectors.sqlfolder import SqlFile, read_files
from ingest.sql.constraints import Demand
from ingest.sql.errors import Span, line_and_column
from ingest.sql.roles import Role, Roles, Statement, roles_of
from ingest.sql.splitting import excerpt

_MAKING = {
    Role.TABLE: Making.TABLE,
    Role.VIEW: Making.VIEW,
    Role.WRITE: Making.INSERT,
    Role.QUERY: Making.QUERY,
}


@dataclass(slots=True, eq=False)
class FileMemory:
    """What files say, by a digest of dialect and text: base and head share most of theirs."""

    roles: dict[bytes, Roles] = field(default_factory=dict[bytes, Roles])
    used: set[bytes] = field(default_factory=set[bytes])


def read_folder(folder: Path, memory: FileMemory) -> Project:
    """Read a folder of SQL files with its `headwater.toml`.

    Raises:
        Invalid: there is no such folder, a file cannot be read, or the settings are wrong.
    """
    if not folder.is_dir():
        raise Invalid(f"{folder} is not a folder")
    settings = read_settings(folder)
    tables: dict[str, Table] = {}
    names: dict[str, str] = {}
    checks: list[Check] = []
    definitions: list[Definition] = []
    problems: list[Problem] = []
    for file in _files(folder):
        roles = _roles(file, settings.dialect, memory)
        for problem in roles.problems:
            place = _place(file, problem.span)
            problems.append(Problem(PurePosixPath(file.path).stem, problem.message, place))
        for statement in roles.statements:
            if statement.role is Role.DECLARE and statement.target is not None:
                place = _place(file, statement.span)
                tables[statement.target] = Table(
                    statement.target,
                    statement.columns,
                    place,
                    tuple(
                        frozenset(one.columns)
                        for one in statement.constraints
                        if one.demand is Demand.UNIQUE
                    ),
                    filled=statement.filled,
                    folded=dict(statement.folded),
                )
                checks += checks_of(file, statement, settings.dialect)
        names |= {one.target: one.written for one in roles.statements if one.target and one.written}
        definitions += _definitions(file, roles.statements)
    return Project(
        settings.dialect,
        tables,
        tuple(definitions),
        tuple(problems),
        (settings.schema, settings.database),
        names={found: written for found, written in names.items() if found != written},
        checks=tuple(checks),
    )


def _files(folder: Path) -> Iterator[SqlFile]:
    try:
        yield from read_files(folder)
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{folder}: {error}") from error


def _roles(file: SqlFile, dialect: str, memory: FileMemory) -> Roles:
    key = digest(dialect, file.text)
    memory.used.add(key)
    found = memory.roles.get(key)
    if found is None:
        try:
            found = memory.roles[key] = roles_of(file.text, dialect)
        except ValueError as error:
            raise Invalid(f'There is no SQL dialect "{dialect}"') from error
    return found


def _definitions(file: SqlFile, statements: Iterable[Statement]) -> Iterator[Definition]:
    """What a file makes. What it makes for itself alone belongs to the statements behind it."""
    stem = PurePosixPath(file.path).stem
    own: list[Span] = []
    for one in statements:
        if one.role is Role.TEMPORARY:
            own.append(one.span)
        making = _MAKING.get(one.role)
        if making is None:
            continue
        spans = [*own, one.span]
        place = _place(file, spans[0])
        text = excerpt(file.text, spans)
        yield Definition(stem, making, text, place, one.target, one.keeps_past)


def _place(file: SqlFile, span: Span) -> Place:
    return Place(file.path, *line_and_column(file.text, span.start))
