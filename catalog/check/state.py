"""One state of a project on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class State:
    """A folder, and where the project is worked on, if the folder is a copy made for a moment."""

    folder: Path
    copied_from: Path | None = None

    @property
    def home(self) -> Path:
        """Where the project is worked on."""
        return self.copied_from or self.folder
