"""`manifest.json`, as far as it is used: what dbt compiled, and who owns it.

Rules follow the published schemas of manifests v10 to v12 (schemas.getdbt.com/dbt/manifest).
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

VERSIONS = (10, 11, 12)
"""The versions that are read; dbt-core 1.6 and later write them."""


class Config(msgspec.Struct, frozen=True):
    """How a node is made, and what is said of it."""

    materialized: str | None = None
    enabled: bool | None = True
    meta: dict[str, object] | None = None
    group: str | None = None


class Column(msgspec.Struct, frozen=True):
    """A documented column."""

    name: str
    data_type: str | None = None


class DependsOn(msgspec.Struct, frozen=True):
    """The nodes that a node reads."""

    nodes: list[str] = []


class Node(msgspec.Struct, frozen=True):
    """A model, seed, snapshot, test, or a source."""

    name: str
    resource_type: str
    unique_id: str
    relation_name: str | None = None
    original_file_path: str = ""
    compiled_code: str | None = None
    raw_code: str | None = None
    columns: dict[str, Column] = {}
    config: Config = Config()
    depends_on: DependsOn = DependsOn()
    group: str | None = None
    meta: dict[str, object] | None = None
    root_path: str | None = None


class Owner(msgspec.Struct, frozen=True):
    """Who is to be asked."""

    name: str | None = None
    email: str | list[str] | None = None


class Exposure(msgspec.Struct, frozen=True):
    """Something outside of dbt that reads models."""

    name: str
    unique_id: str
    type: str = ""
    label: str | None = None
    owner: Owner = Owner()
    depends_on: DependsOn = DependsOn()
    original_file_path: str = ""
    meta: dict[str, object] | None = None


class Group(msgspec.Struct, frozen=True):
    """A group of models with one owner."""

    name: str
    owner: Owner = Owner()


class Metadata(msgspec.Struct, frozen=True):
    """Which dbt wrote it."""

    dbt_schema_version: str = ""
    adapter_type: str | None = None
    project_name: str | None = None


class Manifest(msgspec.Struct, frozen=True):
    """A compiled project."""

    metadata: Metadata
    nodes: dict[str, Node] = {}
    sources: dict[str, Node] = {}
    exposures: dict[str, Exposure] = {}
    groups: dict[str, Group] = {}


class UnreadableManifestError(Exception):
    """It is no manifest, or of a version that is not read."""


def read_manifest(file: Path) -> Manifest:
    """Read a manifest.

    Raises:
        UnreadableManifestError: it is no manifest, or of a version that is not read.
        OSError: the file cannot be read.
    """
    try:
        manifest = msgspec.json.decode(file.read_bytes(), type=Manifest)
    except msgspec.MsgspecError as error:
        raise UnreadableManifestError(f"{file} is no dbt manifest: {error}") from error
    version = manifest.metadata.dbt_schema_version
    found = re.search(r"/v(\d+)\.json$", version)
    if found is None or int(found[1]) not in VERSIONS:
        known = ", ".join(f"v{one}" for one in VERSIONS)
        raise UnreadableManifestError(
            f"{file} is a manifest of version {version or '(not told)'}; {known} are read. "
            "Compile the project with a dbt of today."
        )
    return manifest


def parts_of(relation_name: str) -> list[str]:
    """Split `"db"."schema"."table"` into its names."""
    found = re.findall(r'"((?:[^"]|"")*)"|`([^`]*)`|\[([^\]]*)\]|([^."`\[\]]+)', relation_name)
    return [next(part for part in match if part) for match in found if any(match)]


def owners_of(owner: Owner) -> tuple[str, ...]:
    """Give the addresses of an owner, or the name."""
    emails = owner.email if isinstance(owner.email, list) else [owner.email]
    known = [email for email in emails if email]
    return tuple(known) if known else ((owner.name,) if owner.name else ())
