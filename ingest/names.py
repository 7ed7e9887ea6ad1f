"""Identity: the names of things as typed values, and the one encoding of them as opaque ids.

A name is never joined into one string that is split again: namespaces contain `:` and `/`
(`arn:aws:glue:eu-west-1:1234`, `s3://bucket/a`), dataset names contain dots and slashes.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TypeAlias, cast


@dataclass(frozen=True, slots=True, order=True)
class DatasetName:
    """A dataset as one producer names it."""

    namespace: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class JobName:
    """A job as one producer names it."""

    namespace: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class RunKey:
    """A run: its id is unique only relative to its job (collisions were seen in the wild)."""

    run_id: str
    job: JobName


FieldPath: TypeAlias = tuple[str, ...]
"""A column's place in its dataset: one name, or several for a nested field."""


@dataclass(frozen=True, slots=True, order=True)
class ColumnName:
    """A column of a dataset."""

    dataset: DatasetName
    path: FieldPath


Thing: TypeAlias = DatasetName | JobName | RunKey | ColumnName
"""Whatever has a page of its own, and therefore an id."""


class MalformedId(ValueError):
    """This is not an id that the catalog gave out."""


def encode_id(thing: Thing) -> str:
    """Give the opaque, URL-safe id of a thing."""
    match thing:
        case DatasetName(namespace, name):
            parts = ["dataset", namespace, name]
        case JobName(namespace, name):
            parts = ["job", namespace, name]
        case RunKey(run_id, JobName(namespace, name)):
            parts = ["run", namespace, name, run_id]
        case ColumnName(DatasetName(namespace, name), path):
            parts = ["column", namespace, name, *path]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).rstrip(b"=").decode()


def decode_id(id: str) -> Thing:
    """Give the thing that an id names.

    Raises:
        MalformedId: the text did not come from `encode_id`.
    """
    thing = _read(id)
    if thing is None or encode_id(thing) != id:
        raise MalformedId(id)
    return thing


def _read(id: str) -> Thing | None:
    try:
        raw = base64.b64decode(id + "=" * (-len(id) % 4), altchars=b"-_", validate=True)
        decoded: object = json.loads(raw.decode("utf-8", "surrogatepass"))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(decoded, list):
        return None
    parts = [part for part in cast("list[object]", decoded) if isinstance(part, str)]
    match parts:
        case ["dataset", namespace, name]:
            return DatasetName(namespace, name)
        case ["job", namespace, name]:
            return JobName(namespace, name)
        case ["run", namespace, name, run_id]:
            return RunKey(run_id, JobName(namespace, name))
        case ["column", namespace, name, first, *rest]:
            return ColumnName(DatasetName(namespace, name), (first, *rest))
        case _:
            return None
