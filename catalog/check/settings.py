"""`headwater.toml`: what a project says of itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from catalog.errors import Invalid

FILE = "headwater.toml"


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """The part `[project]`. An empty dialect is generic SQL."""

    dialect: str = ""
    namespace: str = ""
    database: str | None = None
    schema: str | None = None


def read_settings(folder: Path) -> ProjectSettings:
    """Read the settings of a project; without a file they are the defaults.

    Raises:
        Invalid: the file cannot be read, or says something else than text where text is wanted.
    """
    file = folder / FILE
    if not file.is_file():
        return ProjectSettings()
    try:
        told: Mapping[str, object] = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"{file}: {error}") from error
    project = told.get("project", {})
    if not isinstance(project, dict):
        raise Invalid(f"{file}: [project] must be a table")
    part = cast("dict[str, object]", project)
    return ProjectSettings(
        (_text(file, part, "dialect") or "").lower(),
        _text(file, part, "namespace") or "",
        _text(file, part, "database"),
        _text(file, part, "schema"),
    )


def _text(file: Path, part: Mapping[str, object], name: str) -> str | None:
    value = part.get(name)
    if value is not None and not isinstance(value, str):
        raise Invalid(f"{file}: {name} in [project] must be text")
    return value
