"""Events in files: one JSON value, an array, or a line each; gzip or not.

Covers what OpenLineage's file, console and object-store transports leave behind.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from ingest.openlineage.decode import decode
from ingest.openlineage.unreadable import Unreadable

SUFFIXES = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
"""Which files of a folder hold events."""

GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a file's name, and the line where it begins, from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        """Give it as editors read it."""
        return f"{self.file}:{self.line}"


def event_files(path: Path) -> list[Path]:
    """Give the files to read: the path itself, or all event files below a folder, by name."""
    if not path.is_dir():
        return [path]
    return sorted(
        file for file in path.rglob("*") if file.is_file() and file.name.endswith(SUFFIXES)
    )


def read_events(stream: BinaryIO, name: str) -> Iterator[tuple[Place, object | Unreadable]]:
    """Give each value of a stream; what is not JSON is given as the reason why."""
    lines = _lines(stream)
    first = next(lines, None)
    if first is None:
        return
    rest = first[1] if _is_whole(first[1]) else b"".join(line for _, line in (first, *lines))
    yield from _values(Place(name, first[0]), rest)
    for number, line in lines:
        yield from _values(Place(name, number), line)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Give the lines that hold something, numbered from 1, inflated if they are gzip."""
    buffered = io.BufferedReader(cast("io.RawIOBase", stream))
    gzipped = buffered.peek(2)[:2] == GZIP_MAGIC
    source = gzip.GzipFile(fileobj=buffered) if gzipped else buffered
    for number, line in enumerate(source, start=1):
        if line.strip():
            yield number, line


def _is_whole(line: bytes) -> bool:
    """Tell whether a line is a value by itself; else the whole stream is one value."""
    try:
        decode(line)
    except Unreadable:
        return False
    return True


def _values(place: Place, text: bytes) -> Iterator[tuple[Place, object | Unreadable]]:
    try:
        value = decode(text)
    except Unreadable as error:
        yield place, error
        return
    for one in cast("list[object]", value) if isinstance(value, list) else [value]:
        yield place, one
