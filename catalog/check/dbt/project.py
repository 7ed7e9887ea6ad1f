"""A dbt project, as it was compiled."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import cast

from catalog.check.dbt.compiling import artifacts, changed_since, compile_project, has_dbt
from catalog.check.dbt.seeds import seed
from catalog.check.dbt.yaml_places import line_in_yaml
from catalog.check.state import State
from catalog.errors import Invalid
from catalog.model.project import (
    Check,
    Consumer,
    Definition,
    Making,
    Place,
    Problem,
    Project,
    RuleKind,
    Table,
    Written,
)
from ingest.connectors.dbt.catalog import Catalog, UnreadableCatalogError, columns_of, read_catalog
from ingest.connectors.dbt.manifest import (
    Exposure,
    Manifest,
    Node,
    UnreadableManifestError,
    name_of,
    owners_of,
    parts_of,
    read_manifest,
)
from ingest.sql.rules import is_dialect

_DIALECTS = {
    "sqlserver": "tsql",
    "synapse": "tsql",
    "glue": "spark",
    "postgresql": "postgres",
    "maxcompute": "hive",
}
"""What an adapter speaks, if it is not called so."""

_KEEPING = frozenset({"incremental", "snapshot", "microbatch"})
_SHOWN = frozenset({"model", "seed", "snapshot", "source"})
_SNAPSHOT = {
    "dbt_scd_id": "text",
    "dbt_updated_at": "timestamp",
    "dbt_valid_from": "timestamp",
    "dbt_valid_to": "timestamp",
}
"""The columns that dbt adds to a snapshot."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What dbt wrote of one state of a project."""

    folder: Path
    manifest: Manifest
    catalog: Catalog | None
    stale: str = ""  # a file that was changed after dbt compiled


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
    reading = _Reading(compiled, before)
    manifest = compiled.manifest
    nodes = [*manifest.nodes.values(), *manifest.sources.values()]
    named = {node.unique_id: _relation(node) for node in nodes if node.relation_name}
    shown = [node for node in nodes if node.relation_name and node.resource_type in _SHOWN]
    return Project(
        reading.dialect,
        {table.name: table for node in nodes for table in _tables(reading, node)},
        tuple(found for node in nodes for found in _definitions(reading, node, named)),
        tuple(_problems(reading)),
        names={_relation(node): name_of(node) for node in shown},
        owners={_relation(node): _owners(node, manifest) for node in shown},
        consumers=tuple(_consumer(reading, one, named) for one in manifest.exposures.values()),
        checks=tuple(found for node in nodes for found in _checks(reading, node, named)),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    compiled: Compiled
    before: Compiled | None

    @property
    def adapter(self) -> str:
        return self.compiled.manifest.metadata.adapter_type or ""

    @property
    def dialect(self) -> str:
        """What the adapter speaks; generic SQL if that is not known."""
        name = _DIALECTS.get(self.adapter, self.adapter)
        return name if is_dialect(name) else ""

    def file(self, node: Node | Exposure) -> str:
        """Where a node is written, from the project's folder; a package stands in its own."""
        own = self.compiled.manifest.metadata.project_name
        if not node.package_name or own is None or node.package_name == own:
            return node.original_file_path
        return str(PurePosixPath("dbt_packages", node.package_name, node.original_file_path))

    def text(self, file: str) -> str:
        try:
            return (self.compiled.folder / file).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return ""  # a manifest may come without the files of its project


def _relation(node: Node) -> str:
    return ".".join(parts_of(node.relation_name or node.name))


def _is_sql(node: Node) -> bool:
    return node.language in {None, "sql"}


# Tables


def _tables(reading: _Reading, node: Node) -> Iterator[Table]:
    """Sources, seeds, and models in a language that is not read."""
    place = Place(reading.file(node))
    if node.resource_type == "source":
        known = _known(reading, node)
        columns = known if known is not None else tuple(_documented(node).items())
        yield Table(_relation(node), columns, place, open=known is None)
    elif node.resource_type == "seed":
        yield _seed(reading, node, place)
    elif node.relation_name and not _is_sql(node):
        known = _known(reading, node)
        yield Table(_relation(node), known or (), place, open=known is None)


def _documented(node: Node) -> dict[str, str]:
    return {column.name: column.data_type or "" for column in node.columns.values()}


def _known(reading: _Reading, node: Node) -> tuple[tuple[str, str], ...] | None:
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
    told_now = {name.lower(): (name, type_) for name, type_ in _documented(node).items()}
    kept = [one for one in old if one[0].lower() not in told_before - set(told_now)]
    names = {one[0].lower() for one in kept}
    return (*kept, *[told for key, told in told_now.items() if key not in names])


def _in_catalog(compiled: Compiled, node: Node) -> tuple[tuple[str, str], ...] | None:
    if compiled.catalog is None:
        return None
    tables = {**compiled.catalog.nodes, **compiled.catalog.sources}
    found = tables.get(node.unique_id)
    return columns_of(found) if found is not None and found.columns else None


def _seed(reading: _Reading, node: Node, place: Place) -> Table:
    types = dict(_known(reading, node) or ())
    types |= {name: type_ for name, type_ in _documented(node).items() if type_}
    types |= node.config.column_types or {}
    file = reading.compiled.folder / reading.file(node)
    try:
        return seed(_relation(node), file, place, types, node.config.delimiter or ",")
    except (OSError, UnicodeDecodeError, csv.Error):
        return Table(_relation(node), tuple(types.items()), place, open=True)


# Statements


def _definitions(reading: _Reading, node: Node, named: Mapping[str, str]) -> Iterator[Definition]:
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
            _relation(node),
            keeps_past=materialized in _KEEPING,
            written=_written(reading, node),
            adds=_added(node),
            reads=reads,
            unread="" if _is_sql(node) else f"It is written in {node.language}.",
        )
    elif node.resource_type == "test":
        yield Definition(
            node.name, Making.CHECK, sql, place, written=_test(reading, node), reads=reads
        )


def _written(reading: _Reading, node: Node) -> tuple[Written, ...]:
    """The ephemeral models that it holds, then its own file."""
    nodes = reading.compiled.manifest.nodes
    held = [nodes[one.id] for one in node.extra_ctes if one.id in nodes]
    return tuple(_file(reading, one) for one in (*held, node))


def _file(reading: _Reading, node: Node) -> Written:
    """The text that dbt read; that of a snapshot is a block of its file."""
    file, code = reading.file(node), node.raw_code or ""
    text = reading.text(file)
    return Written(file, code, text.count("\n", 0, max(text.find(code), 0)) + 1)


def _test(reading: _Reading, node: Node) -> tuple[Written, ...]:
    """A test of its own file; or the line of the properties that asks for it."""
    if node.test_metadata is None:
        return _written(reading, node)
    file = reading.file(node)
    about = (node.file_key_name or "").rpartition(".")[2]
    line, text = line_in_yaml(reading.text(file), about, node.column_name)
    return (Written(file, text, line),)


def _added(node: Node) -> tuple[tuple[str, str], ...]:
    if node.resource_type != "snapshot":
        return ()
    names = node.config.snapshot_meta_column_names or {}
    added = dict(_SNAPSHOT)
    if node.config.hard_deletes == "new_record":
        added["dbt_is_deleted"] = "text"
    return tuple((names.get(name) or name, type_) for name, type_ in added.items())


# Checks


def _checks(reading: _Reading, node: Node, named: Mapping[str, str]) -> Iterator[Check]:
    """Data tests whose rule is known, and enforced contracts."""
    if node.resource_type == "model" and node.config.contract.enforced and node.relation_name:
        file, (line, text) = _properties(reading, node)
        yield Check(
            f"contract of {name_of(node)}",
            _relation(node),
            RuleKind.COLUMNS,
            tuple(_documented(node).items()),
            Place(file, line, _indent(text) + 1),
            text,
            guards=True,
        )
    rule = _TESTED.get(node.test_metadata.name) if node.test_metadata is not None else None
    if rule is None or node.test_metadata is None or node.column_name is None or node.config.where:
        return
    about = node.attached_node or next(iter(node.depends_on.nodes), "")
    values = node.test_metadata.kwargs.get("values")
    accepted = cast("list[object]", values) if isinstance(values, list) else []
    if about in named and node.test_metadata.namespace is None:
        (where,) = _test(reading, node)
        yield Check(
            node.name,
            named[about],
            rule,
            ((node.column_name, ""),),
            Place(where.file, where.line, _indent(where.text) + 1),
            where.text,
            tuple(str(one) for one in accepted),
        )


_TESTED = {"accepted_values": RuleKind.ACCEPTED_VALUES, "unique": RuleKind.UNIQUE}


def _properties(reading: _Reading, node: Node) -> tuple[str, tuple[int, str]]:
    """Where a model's properties are written."""
    if node.patch_path is None:
        return reading.file(node), (1, "")
    file = node.patch_path.partition("://")[2]
    return file, line_in_yaml(reading.text(file), node.name, None)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


# What is said of them


def _problems(reading: _Reading) -> Iterator[Problem]:
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


def _consumer(reading: _Reading, exposure: Exposure, named: Mapping[str, str]) -> Consumer:
    reads = [named[one] for one in exposure.depends_on.nodes if one in named]
    return Consumer(
        exposure.label or exposure.name,
        tuple(sorted(reads)),
        owners_of(exposure.owner),
        Place(reading.file(exposure)),
    )
