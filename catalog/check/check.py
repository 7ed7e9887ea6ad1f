"""Two states of a project, compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from catalog.check.beyond.elsewhere import Elsewhere
from catalog.check.curation import curated
from catalog.check.dbt.compiling import is_dbt
from catalog.check.dbt.project import read_compiled, read_dbt
from catalog.check.dbt.reading import Compiled
from catalog.check.folder import FileMemory, read_folder
from catalog.check.settings import read_settings
from catalog.check.state import State
from catalog.impact.binding import BoundProject, Memory, bind_project
from catalog.impact.report import report_of
from catalog.model.project import Project
from catalog.model.report import Report


@dataclass(slots=True, eq=False)
class CheckMemory:
    """What was read and bound before, kept between checks of one process."""

    files: FileMemory = field(default_factory=FileMemory)
    bindings: Memory = field(default_factory=Memory)


def check_folders(
    base: State,
    head: State,
    memory: CheckMemory,
    today: date,
    progress: Callable[[], None] = lambda: None,
    elsewhere: Elsewhere | None = None,
) -> Report:
    """Compare two folders; what the head's settings say of its things is filled in.

    `elsewhere`: a catalog that tells what happens beyond the project.

    Raises:
        Invalid: a folder cannot be read as a project.
        Unavailable: dbt could not compile one, or the catalog does not answer.
    """
    before, after = _compiled(base), _compiled(head)
    old = read_dbt(before) if before else read_folder(base.folder, memory.files)
    new = read_dbt(after, before) if after else read_folder(head.folder, memory.files)
    settings = read_settings(head.folder)
    states = bound(old, new, memory, progress)
    report = report_of(*states)
    names = None
    if elsewhere is not None:
        from catalog.check.beyond.names import names_of  # noqa: PLC0415 most ask no catalog

        names = names_of(states, settings, elsewhere)
    if elsewhere is not None or new.labels or settings.labels:
        from catalog.check.labels import labelled  # noqa: PLC0415 most projects have none

        report = replace(report, labelled=labelled(states, settings, elsewhere, names))
    if elsewhere is None or names is None:
        return curated(report, settings, today)
    from catalog.check.beyond.joining import accepted, joined  # noqa: PLC0415 most ask no catalog

    report = joined(report, states, names, elsewhere)
    return curated(report, settings, today, accepted(states, names, elsewhere))


def _compiled(state: State) -> Compiled | None:
    return read_compiled(state) if is_dbt(state.folder) else None


def check(
    base: Project, head: Project, memory: CheckMemory, progress: Callable[[], None] = lambda: None
) -> Report:
    """Compare two states of a project; `progress` is called for each thing that is bound."""
    return report_of(*bound(base, head, memory, progress))


def bound(
    base: Project, head: Project, memory: CheckMemory, progress: Callable[[], None] = lambda: None
) -> tuple[BoundProject, BoundProject]:
    """Bind two states of a project."""
    before, after = _relations(base), _relations(head)
    gone = [name for key, name in sorted(before.items()) if key not in after]
    old = bind_project(base, memory.bindings, progress=progress)
    return old, bind_project(head, memory.bindings, old, gone, progress)


def _relations(project: Project) -> dict[str, str]:
    """The names of what can be read, by key; names that differ only in case are one."""
    names = [*project.tables, *[one.target for one in project.definitions if one.target]]
    return {name.lower(): name for name in names}
