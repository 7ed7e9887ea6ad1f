"""`manifest.json`, as far as it is used: what dbt compiled, and who owns it.

Rules follow the published schemas of manifests v10 to v12 (schemas.getdbt.com/dbt/manifest).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

VERSIONS = (10, 11, 12)
"""The versions that are read; dbt-core 1.6 and later write them."""


class Contract(msgspec.Struct, frozen=True):
    """Whether dbt refuses to build a model whose columns are not those it documents."""

    enforced: bool = False


class Config(msgspec.Struct, frozen=True):
    """How a node is made, and what is said of it."""

    materialized: str | None = None
    enabled: bool | None = True
    meta: dict[str, object] | None = None
    group: str | None = None
    contract: Contract = Contract()
    column_types: dict[str, str] | None = None  # of a seed
    delimiter: str | None = None  # of a seed
    snapshot_meta_column_names: dict[str, str | None] | None = None
    hard_deletes: str | None = None  # of a snapshot
    severity: str | None = None  # of a test
    where: str | None = None  # of a test


class Constraint(msgspec.Struct, frozen=True):
    """What a contract demands of a column or a model beyond its type."""

    type: str
    name: str | None = None
    expression: str | None = None
    columns: list[str] | None = None


class ColumnConfig(msgspec.Struct, frozen=True):
    """What is said of a column, where dbt has it from 1.10 on."""

    tags: list[str] | str = []


class Column(msgspec.Struct, frozen=True):
    """A documented column."""

    name: str
    data_type: str | None = None
    constraints: list[Constraint] = []
    tags: list[str] | str = []
    config: ColumnConfig = ColumnConfig()

    @property
    def labels(self) -> tuple[str, ...]:
        """Give its tags, wherever they are said."""
        told = (self.tags, self.config.tags)
        found = [one for tags in told for one in ([tags] if isinstance(tags, str) else tags)]
        return tuple(dict.fromkeys(found))


class DependsOn(msgspec.Struct, frozen=True):
    """The nodes that a node reads."""

    nodes: list[str] = []


class TestMetadata(msgspec.Struct, frozen=True):
    """Which generic test it is, and what it was given."""

    name: str
    kwargs: dict[str, object] = {}
    namespace: str | None = None


class InjectedCte(msgspec.Struct, frozen=True):
    """An ephemeral model that a node holds as a WITH item."""

    id: str


class Node(msgspec.Struct, frozen=True):
    """A model, seed, snapshot, test, or a source."""

    name: str
    resource_type: str
    unique_id: str
    package_name: str = ""
    relation_name: str | None = None
    original_file_path: str = ""
    compiled_code: str | None = None
    raw_code: str | None = None
    language: str | None = None
    columns: dict[str, Column] = {}
    constraints: list[Constraint] = []
    config: Config = Config()
    depends_on: DependsOn = DependsOn()
    group: str | None = None
    meta: dict[str, object] | None = None
    root_path: str | None = None
    version: str | int | float | None = None
    source_name: str | None = None
    test_metadata: TestMetadata | None = None
    column_name: str | None = None  # that a test is about
    attached_node: str | None = None  # that a test is about
    patch_path: str | None = None  # `package://file` of its properties
    file_key_name: str | None = None  # where its properties are, of a test
    extra_ctes: list[InjectedCte] = []


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
    package_name: str = ""
    original_file_path: str = ""
    meta: dict[str, object] | None = None


class Group(msgspec.Struct, frozen=True):
    """A group of models with one owner."""

    name: str
    owner: Owner = Owner()


class Macro(msgspec.Struct, frozen=True):
    """A template that nodes call."""

    macro_sql: str = ""
    package_name: str = ""
    original_file_path: str = ""


class Disabled(msgspec.Struct, frozen=True):
    """A node that is switched off."""

    original_file_path: str = ""


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
    macros: dict[str, Macro] = {}
    disabled: dict[str, list[Disabled]] = {}

    def disabled_nodes(self) -> Iterator[Disabled]:
        """Give what is switched off."""
        return (one for several in self.disabled.values() for one in several)


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


def name_of(node: Node) -> str:
    """Give what the project calls a node: a source by its two names, a version by its number."""
    if node.resource_type == "source":
        return f"{node.source_name}.{node.name}" if node.source_name else node.name
    return node.name if node.version is None else f"{node.name}.v{node.version}"


def parts_of(relation_name: str) -> list[str]:
    """Split `"db"."schema"."table"` into its names."""
    found = re.findall(r'"((?:[^"]|"")*)"|`([^`]*)`|\[([^\]]*)\]|([^."`\[\]]+)', relation_name)
    return [next(part for part in match if part) for match in found if any(match)]


def owners_of(owner: Owner) -> tuple[str, ...]:
    """Give the addresses of an owner, or the name."""
    emails = owner.email if isinstance(owner.email, list) else [owner.email]
    known = [email for email in emails if email]
    return tuple(known) if known else ((owner.name,) if owner.name else ())
