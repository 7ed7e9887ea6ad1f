"""The folder in which events wait: one file each, named so that they sort by time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import tempfile
import time
from collections.abc import Generator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from headwater_emitters.delivery import lock

MOST_EVENTS = 10_000
MOST_BYTES = 100_000_000
FOLDER = "HEADWATER_EMITTERS_SPOOL"
"""The environment variable that names another folder."""

_EVENT = ".json"
_STATUS = "status"
_COUNTS = ("delivered", "lost", "answered")
_LOCK = "courier.lock"


@dataclass(frozen=True, slots=True)
class Status:
    """What the couriers of a spool have to say.

    `delivered` and `lost` (refused for good) count since the spool was made, `answered` since the
    last courier began. `trouble`: why its last attempt failed, nothing if it did not.
    """

    delivered: int = 0
    lost: int = 0
    answered: int = 0
    trouble: str = ""


def destination(config: Mapping[str, Any] | None, environment: Mapping[str, str]) -> str:
    """Name a destination: what is configured alike has one spool, whatever the key to it."""
    told = {
        name: value
        for name, value in environment.items()
        if name.startswith("OPENLINEAGE") and not _is_secret(name)
    }
    local = Path("openlineage.yml").resolve()
    parts = [config, sorted(told.items()), str(local) if local.exists() else None]
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:16]


def _is_secret(name: str) -> bool:
    return any(word in name for word in ("KEY", "TOKEN", "SECRET", "PASSW", "AUTH"))


class Spool:
    """A folder of waiting events.

    Raises:
        OSError: there is no folder to be had that is ours alone.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.stat()
        own = getattr(os, "geteuid", lambda: found.st_uid)()
        if found.st_uid != own or stat.S_IMODE(found.st_mode) & 0o022:
            message = f"{folder} can be written by others"
            raise PermissionError(message)
        self.folder = folder

    @classmethod
    def of(cls, name: str, environment: Mapping[str, str]) -> Spool:
        """Open the spool of a destination, in the first folder that will do."""
        told = environment.get(FOLDER)
        if told:
            return cls(Path(told) / name)
        state = environment.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        try:
            return cls(Path(state) / "headwater-emitters" / name)
        except OSError:
            user = getattr(os, "geteuid", lambda: 0)()
            return cls(Path(tempfile.gettempdir()) / f"headwater-emitters-{user}" / name)

    def put(self, event: bytes, number: int) -> Path:
        """Keep an event; `number` tells apart those that one process writes in one moment."""
        name = f"{time.time_ns():020d}-{os.getpid()}-{number}"
        unfinished = self.folder / f"{name}.tmp"
        path = self.folder / f"{name}{_EVENT}"
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        with os.fdopen(os.open(unfinished, flags, 0o600), "wb") as file:
            file.write(event)
        unfinished.rename(path)
        return path

    def waiting(self) -> list[Path]:
        """List what waits, the oldest first."""
        with os.scandir(self.folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(_EVENT))
        return [self.folder / name for name in names]

    def size(self) -> tuple[int, int]:
        """Count the events that wait, and their bytes."""
        sizes: list[int] = []
        for path in self.waiting():
            with contextlib.suppress(OSError):  # delivered meanwhile
                sizes.append(path.stat().st_size)
        return len(sizes), sum(sizes)

    def status(self) -> Status:
        """Give what the last courier said."""
        try:
            told = cast("dict[str, Any]", json.loads((self.folder / _STATUS).read_text()))
            delivered, lost, answered = (int(told[name]) for name in _COUNTS)
            return Status(delivered, lost, answered, str(told["trouble"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Status()

    def say(self, status: Status) -> None:
        """Leave word for the jobs, and for the next courier."""
        unfinished = self.folder / f"{_STATUS}.tmp"
        unfinished.write_text(json.dumps(asdict(status)))
        unfinished.replace(self.folder / _STATUS)

    @contextlib.contextmanager
    def courier(self) -> Generator[bool]:
        """Be the courier of this spool, unless there is one: then give False."""
        with self._lock_file() as file:
            won = lock.take(file)
            try:
                yield won
            finally:
                if won:
                    lock.give_back(file)

    def has_courier(self) -> bool:
        """Tell whether somebody delivers from here."""
        with self.courier() as mine:
            return not mine

    def _lock_file(self) -> IO[bytes]:
        return (self.folder / _LOCK).open("ab")
