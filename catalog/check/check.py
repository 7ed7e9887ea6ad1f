"""Two states of a project, compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from catalog.check.curation import curated
from catalog.check.dbt import is_dbt, read_dbt
from catalog.check.folder import FileMemory, read_folder
from catalog.check.settings import read_settings
from catalog.impact.binding import Memory, bind_project
from catalog.impact.report import report_of
from catalog.model.project import Project
from catalog.model.report import Report


@dataclass(slots=True, eq=False)
class CheckMemory:
    """What was read and bound before, kept between checks of one process."""

    files: FileMemory = field(default_factory=FileMemory)
    bindings: Memory = field(default_factory=Memory)


def check_folders(
    base: Path,
    head: Path,
    memory: CheckMemory,
    today: date,
    progress: Callable[[], None] = lambda: None,
) -> Report:
    """Compare two folders; what the head's settings say of its things is filled in.

    Raises:
        Invalid: a folder cannot be read as a project.
    """
    before, after = (_read(folder, memory) for folder in (base, head))
    report = check(before, after, memory, progress)
    return curated(report, read_settings(head), today)


def _read(folder: Path, memory: CheckMemory) -> Project:
    return read_dbt(folder) if is_dbt(folder) else read_folder(folder, memory.files)


def check(
    base: Project, head: Project, memory: CheckMemory, progress: Callable[[], None] = lambda: None
) -> Report:
    """Compare two states of a project; `progress` is called for each thing that is bound."""
    before, after = _relations(base), _relations(head)
    gone = [name for key, name in sorted(before.items()) if key not in after]
    bound = bind_project(base, memory.bindings, progress=progress)
    return report_of(bound, bind_project(head, memory.bindings, bound, gone, progress))


def _relations(project: Project) -> dict[str, str]:
    """The names of what can be read, by key; names that differ only in case are one."""
    names = [*project.tables, *[one.target for one in project.definitions if one.target]]
    return {name.lower(): name for name in names}
