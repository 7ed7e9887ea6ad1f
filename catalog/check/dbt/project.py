"""A dbt project, as it was compiled."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from catalog.check.dbt.checks import checks_of
from catalog.check.dbt.compiling import artifacts, changed_since, compile_project, has_dbt
from catalog.check.dbt.reading import (
    Compiled,
    Reading,
    documented,
    relation_of,
    test_of,
    written_of,
)
from catalog.check.dbt.seeds import seed
from catalog.check.state import State
from catalog.errors import Invalid
from catalog.model.project import (
    Consumer,
    Definition,
    Making,
    Place,
    Problem,
    Project,
    Table,
)
from ingest.connectors.dbt.catalog import UnreadableCatalogError, columns_of, read_catalog
from ingest.connectors.dbt.manifest import (
    Exposure,
    Manifest,
    Node,
    UnreadableManifestError,
    name_of,
    owners_of,
    read_manifest,
)

_KEEPING = frozenset({"incremental", "snapshot", "microbatch"})
_SHOWN = frozenset({"model", "seed", "snapshot", "source"})
_SNAPSHOT = {
    "dbt_scd_id": "text",
    "dbt_updated_at": "timestamp",
    "dbt_valid_from": "timestamp",
    "dbt_valid_to": "timestamp",
}
"""The columns that dbt adds to a snapshot."""


def read_compiled(state: State) -> Compiled:
    """Read what dbt wrote; where that is missing or out of date, let dbt compile first.

    Raises:
        Invalid: it is not compiled and there is no dbt, or what dbt wrote cannot be read.
        Unavailable: dbt could not compile it.
    """
    folder = state.folder
    if not (artifacts(folder) / "manifest.json").is_file():
        compile_project(folder, state.home)
    found = _read(folder)
    stale = changed_since(folder, found.manifest)
    if stale and has_dbt():
        compile_project(folder, state.home)
        return _read(folder)
    return replace(found, stale=stale)


def _read(folder: Path) -> Compiled:
    place = artifacts(folder)
    file = place / "catalog.json"
    try:
        manifest = read_manifest(place / "manifest.json")
        catalog = read_catalog(file) if file.is_file() else None
    except (UnreadableManifestError, UnreadableCatalogError, OSError) as error:
        raise Invalid(str(error)) from error
    return Compiled(folder, manifest, catalog)


def read_dbt(compiled: Compiled, before: Compiled | None = None) -> Project:
    """Give a compiled project as tables and statements.

    `before`: the state that it is compared with. What its catalog knows of a database holds here
    too, but for what the documentation has added or taken away since.
    """
    reading = Reading(compiled, before)
    manifest = compiled.manifest
    nodes = [*manifest.nodes.values(), *manifest.sources.values()]
    named = {node.unique_id: relation_of(node) for node in nodes if node.relation_name}
    shown = [node for node in nodes if node.relation_name and node.resource_type in _SHOWN]
    return Project(
        reading.dialect,
        {table.name: table for node in nodes for table in _tables(reading, node)},
        tuple(found for node in nodes for found in _definitions(reading, node, named)),
        tuple(_problems(reading)),
        names={relation_of(node): name_of(node) for node in shown},
        nodes={relation_of(node): node.unique_id for node in shown},
        owners={relation_of(node): _owners(node, manifest) for node in shown},
        consumers=tuple(_consumer(reading, one, named) for one in manifest.exposures.values()),
        checks=tuple(found for node in nodes for found in checks_of(reading, node, named)),
        labels={
            (relation_of(node), column.name): column.labels
            for node in shown
            for column in node.columns.values()
            if column.labels
        },
    )


def _is_sql(node: Node) -> bool:
    return node.language in {None, "sql"}


# Tables


def _tables(reading: Reading, node: Node) -> Iterator[Table]:
    """Sources, seeds, and models in a language that is not read."""
    place = Place(reading.file(node))
    if node.resource_type == "source":
        known = _known(reading, node)
        columns = known if known is not None else tuple(documented(node).items())
        yield Table(relation_of(node), columns, place, open=known is None)
    elif node.resource_type == "seed":
        yield _seed(reading, node, place)
    elif node.relation_name and not _is_sql(node):
        known = _known(reading, node)
        yield Table(relation_of(node), known or (), place, open=known is None)


def _known(reading: Reading, node: Node) -> tuple[tuple[str, str], ...] | None:
    """All columns of a relation, if a catalog tells them."""
    own = _in_catalog(reading.compiled, node)
    if own is not None or reading.before is None:
        return own
    old = _in_catalog(reading.before, node)
    if old is None:
        return None
    manifest = reading.before.manifest
    former = manifest.sources.get(node.unique_id) or manifest.nodes.get(node.unique_id)
    told_before = {name.lower() for name in former.columns} if former is not None else set[str]()
    told_now = {name.lower(): (name, type_) for name, type_ in documented(node).items()}
    kept = [one for one in old if one[0].lower() not in told_before - set(told_now)]
    names = {one[0].lower() for one in kept}
    return (*kept, *[told for key, told in told_now.items() if key not in names])


def _in_catalog(compiled: Compiled, node: Node) -> tuple[tuple[str, str], ...] | None:
    if compiled.catalog is None:
        return None
    tables = {**compiled.catalog.nodes, **compiled.catalog.sources}
    found = tables.get(node.unique_id)
    return columns_of(found) if found is not None and found.columns else None


def _seed(reading: Reading, node: Node, place: Place) -> Table:
    types = dict(_known(reading, node) or ())
    types |= {name: type_ for name, type_ in documented(node).items() if type_}
    types |= node.config.column_types or {}
    file = reading.compiled.folder / reading.file(node)
    try:
        return seed(relation_of(node), file, place, types, node.config.delimiter or ",")
    except (OSError, UnicodeDecodeError, csv.Error):
        return Table(relation_of(node), tuple(types.items()), place, open=True)


# Statements


def _definitions(reading: Reading, node: Node, named: Mapping[str, str]) -> Iterator[Definition]:
    sql = node.compiled_code
    if sql is None or node.config.materialized == "ephemeral":
        return
    place = Place(reading.file(node))
    reads = tuple(sorted(named[one] for one in node.depends_on.nodes if one in named))
    if node.resource_type in {"model", "snapshot"} and node.relation_name:
        materialized = node.config.materialized or "view"
        yield Definition(
            name_of(node),
            Making.VIEW if materialized == "view" else Making.TABLE,
            sql,
            place,
            relation_of(node),
            keeps_past=materialized in _KEEPING,
            written=written_of(reading, node),
            adds=_added(node),
            reads=reads,
            unread="" if _is_sql(node) else f"It is written in {node.language}.",
        )
    elif node.resource_type == "test":
        yield Definition(
            node.name, Making.CHECK, sql, place, written=test_of(reading, node), reads=reads
        )


def _added(node: Node) -> tuple[tuple[str, str], ...]:
    if node.resource_type != "snapshot":
        return ()
    names = node.config.snapshot_meta_column_names or {}
    added = dict(_SNAPSHOT)
    if node.config.hard_deletes == "new_record":
        added["dbt_is_deleted"] = "text"
    return tuple((names.get(name) or name, type_) for name, type_ in added.items())


# What is said of them


def _problems(reading: Reading) -> Iterator[Problem]:
    manifest = reading.compiled.manifest
    if reading.adapter and not reading.dialect:
        reason = f"The SQL of dbt's adapter {reading.adapter} is read as generic SQL."
        yield Problem(manifest.metadata.project_name or "", reason, Place(""))
    if reading.compiled.stale:
        reason = f"{reading.compiled.stale} was changed after dbt compiled: run `dbt compile`."
        yield Problem(manifest.metadata.project_name or "", reason, Place(""))


def _owners(node: Node, manifest: Manifest) -> tuple[str, ...]:
    told = (node.meta or {}).get("owner") or (node.config.meta or {}).get("owner")
    if isinstance(told, str):
        return (told,)
    name = node.group or node.config.group
    group = next((one for one in manifest.groups.values() if one.name == name), None)
    return owners_of(group.owner) if group is not None else ()


def _consumer(reading: Reading, exposure: Exposure, named: Mapping[str, str]) -> Consumer:
    reads = [named[one] for one in exposure.depends_on.nodes if one in named]
    return Consumer(
        exposure.label or exposure.name,
        tuple(sorted(reads)),
        owners_of(exposure.owner),
        Place(reading.file(exposure)),
    )
