"""A dbt project, as it was compiled."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from catalog.errors import Invalid
from catalog.model.project import Consumer, Definition, Making, Place, Project, Table
from ingest.connectors.dbt.manifest import (
    Exposure,
    Manifest,
    Node,
    UnreadableManifestError,
    owners_of,
    parts_of,
    read_manifest,
)

PROJECT_FILE = "dbt_project.yml"
_MANIFEST = Path("target") / "manifest.json"
_DIALECTS = {"sqlserver": "tsql", "synapse": "tsql", "spark": "spark", "glue": "spark"}
_KEEPING = frozenset({"incremental", "snapshot", "microbatch"})


def is_dbt(folder: Path) -> bool:
    """Whether a folder holds a dbt project, or the manifest of one."""
    return (folder / PROJECT_FILE).is_file() or (folder / _MANIFEST).is_file()


def read_dbt(folder: Path) -> Project:
    """Read a compiled dbt project.

    Raises:
        Invalid: it is not compiled, or its manifest cannot be read.
    """
    file = folder / _MANIFEST
    if not file.is_file():
        raise Invalid(
            f"{folder} is not compiled: run `dbt compile` in it first ({file} is missing)"
        )
    try:
        manifest = read_manifest(file)
    except (UnreadableManifestError, OSError) as error:
        raise Invalid(str(error)) from error
    adapter = manifest.metadata.adapter_type or ""
    nodes = [*manifest.nodes.values(), *manifest.sources.values()]
    named = {node.unique_id: _relation(node) for node in nodes if node.relation_name}
    return Project(
        _DIALECTS.get(adapter, adapter),
        {table.name: table for node in nodes for table in _tables(node, folder)},
        tuple(found for node in nodes for found in _definitions(node)),
        names={_relation(node): node.name for node in nodes if _is_shown(node)},
        owners={_relation(node): _owners(node, manifest) for node in nodes if _is_shown(node)},
        consumers=tuple(_consumer(one, named) for one in manifest.exposures.values()),
    )


def _is_shown(node: Node) -> bool:
    return node.resource_type in {"model", "seed", "snapshot"} and node.relation_name is not None


def _relation(node: Node) -> str:
    return ".".join(parts_of(node.relation_name or node.name))


def _tables(node: Node, folder: Path) -> Iterator[Table]:
    """Sources and seeds. What is documented of a source need not be all: its columns are open."""
    place = Place(node.original_file_path)
    if node.resource_type == "source":
        yield Table(_relation(node), (), place)
    elif node.resource_type == "seed":
        yield Table(_relation(node), tuple(_header(node, folder)), place)


def _header(node: Node, folder: Path) -> Iterator[tuple[str, str]]:
    """The columns of a seed are those of its file; a type is known if it is documented."""
    file = folder / node.original_file_path
    types = {name.lower(): column.data_type for name, column in node.columns.items()}
    if file.is_file():
        with file.open(encoding="utf-8-sig", newline="") as rows:
            for name in next(csv.reader(rows), list[str]()):
                yield name, types.get(name.lower()) or ""


def _definitions(node: Node) -> Iterator[Definition]:
    sql = node.compiled_code
    if sql is None or node.config.materialized == "ephemeral":
        return
    place = Place(node.original_file_path)
    if node.resource_type in {"model", "snapshot"} and node.relation_name:
        materialized = node.config.materialized or "view"
        making = Making.VIEW if materialized == "view" else Making.TABLE
        keeps = materialized in _KEEPING
        yield Definition(node.name, making, sql, place, _relation(node), keeps, node.raw_code)
    elif node.resource_type == "test":
        yield Definition(node.name, Making.CHECK, sql, place, written=node.raw_code)


def _owners(node: Node, manifest: Manifest) -> tuple[str, ...]:
    told = (node.meta or {}).get("owner") or (node.config.meta or {}).get("owner")
    if isinstance(told, str):
        return (told,)
    name = node.group or node.config.group
    group = next((one for one in manifest.groups.values() if one.name == name), None)
    return owners_of(group.owner) if group is not None else ()


def _consumer(exposure: Exposure, named: dict[str, str]) -> Consumer:
    reads = [named[one] for one in exposure.depends_on.nodes if one in named]
    return Consumer(
        exposure.label or exposure.name,
        tuple(sorted(reads)),
        owners_of(exposure.owner),
        Place(exposure.original_file_path),
    )
