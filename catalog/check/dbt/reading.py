"""What dbt wrote of one state of a project, and where its nodes are written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from catalog.check.dbt.yaml_places import line_in_yaml
from catalog.model.project import Written
from ingest.connectors.dbt.catalog import Catalog
from ingest.connectors.dbt.manifest import Exposure, Manifest, Node, parts_of
from ingest.sql.rules import is_dialect

_DIALECTS = {
    "sqlserver": "tsql",
    "synapse": "tsql",
    "glue": "spark",
    "postgresql": "postgres",
    "maxcompute": "hive",
}
"""What an adapter speaks, if it is not called so."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What dbt wrote of one state of a project."""

    folder: Path
    manifest: Manifest
    catalog: Catalog | None
    stale: str = ""  # a file that was changed after dbt compiled


@dataclass(frozen=True, slots=True)
class Reading:
    """A state, and the one that it is compared with."""

    compiled: Compiled
    before: Compiled | None

    @property
    def adapter(self) -> str:
        """What dbt calls the platform."""
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
        """Give what a file says."""
        try:
            return (self.compiled.folder / file).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return ""  # a manifest may come without the files of its project


def relation_of(node: Node) -> str:
    """Give the name of the relation that a node makes or is."""
    return ".".join(parts_of(node.relation_name or node.name))


def documented(node: Node) -> dict[str, str]:
    """Give the documented columns with their types."""
    return {column.name: column.data_type or "" for column in node.columns.values()}


def written_of(reading: Reading, node: Node) -> tuple[Written, ...]:
    """Give the ephemeral models that it holds, then its own file."""
    nodes = reading.compiled.manifest.nodes
    held = [nodes[one.id] for one in node.extra_ctes if one.id in nodes]
    return tuple(_file(reading, one) for one in (*held, node))


def _file(reading: Reading, node: Node) -> Written:
    """The text that dbt read; that of a snapshot is a block of its file."""
    file, code = reading.file(node), node.raw_code or ""
    text = reading.text(file)
    return Written(file, code, text.count("\n", 0, max(text.find(code), 0)) + 1)


def test_of(reading: Reading, node: Node) -> tuple[Written, ...]:
    """Give a test of its own file; or the line of the properties that asks for it."""
    if node.test_metadata is None:
        return written_of(reading, node)
    file = reading.file(node)
    about = (node.file_key_name or "").rpartition(".")[2]
    line, text = line_in_yaml(reading.text(file), about, node.column_name)
    return (Written(file, text, line),)
