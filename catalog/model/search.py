"""What a search finds, and in which order."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from ingest.names import ColumnName, DatasetName, JobName


class Closeness(enum.IntEnum):
    """How well a name fits the text, whatever the case."""

    EXACT = 0
    PREFIX = 1
    INSIDE = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A thing whose name holds the text."""

    thing: DatasetName | JobName | ColumnName
    closeness: Closeness

    def order(self) -> tuple[object, ...]:
        """Give the key for order: the closest first, then datasets, jobs, columns."""
        match self.thing:
            case DatasetName(namespace, name):
                return (self.closeness, 0, name, namespace)
            case JobName(namespace, name):
                return (self.closeness, 1, name, namespace)
            case ColumnName(DatasetName(namespace, name), path):
                return (self.closeness, 2, path, name, namespace)


def searched_name(thing: DatasetName | JobName | ColumnName) -> str:
    """Give the name by which a thing is found; a nested column's is its whole path."""
    return ".".join(thing.path) if isinstance(thing, ColumnName) else thing.name


def match(thing: DatasetName | JobName | ColumnName, text: str) -> Match | None:
    """Tell whether a thing's name holds the text."""
    name, wanted = searched_name(thing).lower(), text.lower()
    if not wanted or wanted not in name:
        return None
    if name == wanted:
        return Match(thing, Closeness.EXACT)
    prefix = name.startswith(wanted)
    return Match(thing, Closeness.PREFIX if prefix else Closeness.INSIDE)
