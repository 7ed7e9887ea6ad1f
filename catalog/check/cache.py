"""What was read and bound, kept between runs by content: nothing is bound twice.

The file may come from anywhere (a build's cache), so it holds plain data, read by its types.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

import msgspec

from catalog.check.check import CheckMemory
from ingest.sql.meaning import Meaning
from ingest.sql.roles import Roles


class _Kept(msgspec.Struct, frozen=True):
    """What the file holds. `reader`: what wrote it; another reads SQL in another way."""

    reader: str
    roles: dict[bytes, Roles]
    tables: dict[bytes, tuple[str, ...]]
    meanings: dict[bytes, Meaning]


def cache_file(project: Path, folder: Path | None = None) -> Path:
    """Give where a project's cache is; the folder is the user's for caches unless it is told."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = hashlib.sha256(str(project.resolve()).encode()).hexdigest()[:16]
    return (folder or home / "headwater") / f"check-{name}.msgpack"


def _reader() -> str:
    return f"{version('headwater')}/{version('sqlglot')}"


def recall(file: Path) -> CheckMemory:
    """Read what earlier runs kept; a file that cannot be read is as none."""
    memory = CheckMemory()
    with contextlib.suppress(OSError, msgspec.MsgspecError, ValueError):
        kept = msgspec.msgpack.decode(file.read_bytes(), type=_Kept)
        if kept.reader == _reader():
            memory.files.roles.update(kept.roles)
            memory.bindings.tables.update(kept.tables)
            memory.bindings.meanings.update(kept.meanings)
    return memory


def keep(memory: CheckMemory, file: Path) -> None:
    """Write what this run used. A folder that cannot be written to keeps nothing."""
    files, bindings = memory.files, memory.bindings
    bindings.keep_used()
    kept = _Kept(
        _reader(),
        {key: files.roles[key] for key in files.used},
        bindings.tables,
        bindings.meanings,
    )
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as new:
            new.write(msgspec.msgpack.encode(kept))
        Path(new.name).replace(file)
