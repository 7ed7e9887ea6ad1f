"""`headwater.toml`: what a project says of itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from catalog.errors import Invalid
from catalog.model.report import Acknowledgement, Criticality

FILE = "headwater.toml"


@dataclass(frozen=True, slots=True)
class OwnerRule:
    """Who owns the relations whose names match a pattern (`*` and `?`)."""

    match: str
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriticalityRule:
    """How much depends on the relations whose names match a pattern."""

    match: str
    level: Criticality


@dataclass(frozen=True, slots=True)
class LabelRule:
    """What is said of the columns whose `relation.column` matches a pattern."""

    match: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameRule:
    """What "namespace name" of a relation becomes in the catalog, where the pattern is found."""

    pattern: re.Pattern[str]
    to: str


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """All parts of the file. An empty dialect is generic SQL."""

    dialect: str = ""
    namespace: str = ""
    database: str | None = None
    schema: str | None = None
    acknowledgements: tuple[Acknowledgement, ...] = ()
    owners: tuple[OwnerRule, ...] = ()
    criticalities: tuple[CriticalityRule, ...] = ()
    names: tuple[NameRule, ...] = ()
    labels: tuple[LabelRule, ...] = ()


def read_settings(folder: Path) -> ProjectSettings:
    """Read the settings of a project; without a file they are the defaults.

    Raises:
        Invalid: the file cannot be read, or says something else than is wanted.
    """
    file = folder / FILE
    if not file.is_file():
        return ProjectSettings()
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"{file}: {error}") from error
    try:
        return _settings(told)
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise Invalid(f"{file}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _settings(told: Mapping[str, object]) -> ProjectSettings:
    project = _table(told.get("project", {}), "[project]")
    return ProjectSettings(
        (_optional(project, "dialect") or "").lower(),
        _optional(project, "namespace") or "",
        _optional(project, "database"),
        _optional(project, "schema"),
        tuple(_acknowledgement(one) for one in _tables(told, "acknowledge")),
        tuple(
            OwnerRule(_text(one, "match"), tuple(_texts(one, "owners")))
            for one in _tables(told, "owner")
        ),
        tuple(
            CriticalityRule(_text(one, "match"), Criticality(_text(one, "level")))
            for one in _tables(told, "criticality")
        ),
        tuple(
            NameRule(re.compile(_text(one, "from")), _text(one, "to"))
            for one in _tables(project, "names")
        ),
        tuple(
            LabelRule(_text(one, "match"), tuple(_texts(one, "tags")))
            for one in _tables(told, "label")
        ),
    )


def _acknowledgement(part: Mapping[str, object]) -> Acknowledgement:
    until = part["until"]
    if not isinstance(until, date):
        until = date.fromisoformat(_text(part, "until"))
    name, change, by, why = (_text(part, key) for key in ("name", "change", "by", "why"))
    return Acknowledgement(_optional(part, "namespace"), name, change, by, why, until)


def _tables(told: Mapping[str, object], name: str) -> Iterator[Mapping[str, object]]:
    found = told.get(name, [])
    if not isinstance(found, list):
        raise TypeError(f"[[{name}]] must be a list of tables")
    for one in cast("list[object]", found):
        yield _table(one, f"[[{name}]]")


def _table(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"{name} must be a table")
    return cast("dict[str, object]", value)


def _optional(part: Mapping[str, object], name: str) -> str | None:
    return _text(part, name) if name in part else None


def _text(part: Mapping[str, object], name: str) -> str:
    value = part[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text")
    return value


def _texts(part: Mapping[str, object], name: str) -> Iterator[str]:
    value = part[name]
    for one in cast("list[object]", value) if isinstance(value, list) else [value]:
        if not isinstance(one, str):
            raise TypeError(f"{name} must be a list of text")
        yield one
