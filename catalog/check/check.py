"""Two states of a project, compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from catalog.check.folder import FileMemory, read_folder
from catalog.impact.binding import Memory, bind_project
from catalog.impact.report import report_of
from catalog.model.project import Project
from catalog.model.report import Report


@dataclass(slots=True, eq=False)
class CheckMemory:
    """What was read and bound before, kept between checks of one process."""

    files: FileMemory = field(default_factory=FileMemory)
    bindings: Memory = field(default_factory=Memory)


def check_folders(base: Path, head: Path, memory: CheckMemory) -> Report:
    """Compare two folders.

    Raises:
        Invalid: a folder cannot be read as a project.
    """
    before, after = (read_folder(folder, memory.files) for folder in (base, head))
    return check(before, after, memory)


def check(base: Project, head: Project, memory: CheckMemory) -> Report:
    """Compare two states of a project."""
    before, after = _relations(base), _relations(head)
    gone = [name for key, name in sorted(before.items()) if key not in after]
    bound = bind_project(base, memory.bindings)
    return report_of(bound, bind_project(head, memory.bindings, bound, gone))


def _relations(project: Project) -> dict[str, str]:
    """The names of what can be read, by key; names that differ only in case are one."""
    names = [*project.tables, *[one.target for one in project.definitions if one.target]]
    return {name.lower(): name for name in names}
