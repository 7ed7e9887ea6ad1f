"""A dbt project as plain SQL: its seeds as sources, its models as dbt compiles them for DuckDB."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from tests.bench.impact.data import resampled
from tests.bench.impact.subject import Subject, readers
from tests.conftest import CACHE
from tests.oracle.grammar.draw import Draw
from tests.oracle.impact.build import outputs
from tests.oracle.impact.generate import Rows
from tests.oracle.impact.project import Column, Kind, Model, Project, Source
from tests.services import dbt

SCHEMA = "main"
DRAWN = 2
"""How many data sets are drawn from the seeds' values, beside the seeds as they are."""


def compiled(folder: Path, schema: str = SCHEMA) -> Subject:
    """Build a checked-out project, its packages installed, with its seeds in that schema.

    Raises:
        RuntimeError: dbt could not load the seeds or compile.
    """
    with TemporaryDirectory() as place:
        _run_dbt(folder.resolve(), Path(place), schema)
        manifest = json.loads((Path(place) / "target" / "manifest.json").read_text())
        with duckdb.connect(Path(place) / _DATABASE) as database:
            return _subject(manifest, database)


_DATABASE = "bench.duckdb"
_MANIFEST = 12


def _run_dbt(project: Path, place: Path, schema: str) -> None:
    """What dbt writes lies in a place of its own; models that DuckDB cannot build are no error."""
    profile = {"type": "duckdb", "path": str(place / _DATABASE), "schema": schema, "threads": 1}
    profiles = {"bench": {"target": "bench", "outputs": {"bench": profile}}}
    (place / "profiles.yml").write_text(json.dumps(profiles))  # JSON is YAML
    program = dbt.provide(_MANIFEST, CACHE) / "dbt"
    options = ("--profile", "bench", "--profiles-dir", place)
    options += ("--target-path", place / "target", "--log-path", place / "logs")
    for command, may_fail in (("seed", False), ("run", True), ("compile", False)):
        done = subprocess.run(
            [program, command, "--full-refresh", *options],
            cwd=project,
            env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0 and not may_fail:
            raise RuntimeError(f"dbt {command}: {done.stdout[-2000:]}{done.stderr[-1000:]}")


@dataclass(frozen=True)
class _Relation:
    """`quoted`: as compiled SQL calls it; `name`: as the project does, of one schema."""

    quoted: str
    name: str


def _subject(manifest: Mapping[str, Any], database: duckdb.DuckDBPyConnection) -> Subject:
    nodes = [each for each in manifest["nodes"].values() if each.get("relation_name")]
    relations = _relations([*nodes, *manifest["sources"].values()])
    models = _models([each for each in nodes if each["resource_type"] == "model"], relations)
    made, read = {each.name for each in models}, {name for each in models for name in each.reads}
    raw = [each for each in relations if each.name in read - made and _is_there(database, each)]
    rows = {each.name: _rows(database, each.quoted) for each in raw}
    sources = tuple(Source(each.name, _columns(database, each.quoted)) for each in raw)
    base = Project("duckdb", sources, models)
    known = outputs(base)
    kept = [each for each in models if each.name in known]
    base = replace(base, models=(*kept, *readers(kept, known)))
    name = str(manifest["metadata"]["project_name"])
    draw = Draw(f"public changes {name}")
    drawn = (resampled(draw, base, rows) for _ in range(DRAWN))
    return Subject(name, base, (rows, *drawn), draw)


def _relations(nodes: list[Mapping[str, Any]]) -> list[_Relation]:
    """All that SQL can read: by its own name, with that of its schema where two have the same."""
    places = {str(each["relation_name"]): each for each in nodes}
    called = {
        quoted: str(each.get("alias") or each.get("identifier")) for quoted, each in places.items()
    }
    often = Counter(called.values())
    return [
        _Relation(quoted, f"main.{name if often[name] == 1 else places[quoted]['schema'] + name}")
        for quoted, name in called.items()
    ]


def _models(nodes: list[Mapping[str, Any]], relations: list[_Relation]) -> tuple[Model, ...]:
    """In the order they can be built."""
    names = {each.quoted: each.name for each in relations}
    found: dict[str, Model] = {}
    for node in nodes:
        sql = str(node["compiled_code"]).strip().rstrip(";")
        read = [each for each in relations if each.quoted in sql]
        for each in read:
            sql = sql.replace(each.quoted, each.name)
        kind = Kind.VIEW if node["config"]["materialized"] == "view" else Kind.TABLE
        name = names[node["relation_name"]]
        found[name] = Model(name, kind, sql, tuple(each.name for each in read))
    order = TopologicalSorter({name: each.reads for name, each in found.items()})
    return tuple(found[name] for name in order.static_order() if name in found)


def _is_there(database: duckdb.DuckDBPyConnection, relation: _Relation) -> bool:
    """Sources that no seed fills are not."""
    try:
        database.execute(f"DESCRIBE FROM {relation.quoted}")
    except duckdb.CatalogException:
        return False
    return True


def _columns(database: duckdb.DuckDBPyConnection, relation: str) -> tuple[Column, ...]:
    described = database.execute(f"DESCRIBE FROM {relation}").fetchall()
    return tuple(Column(str(each[0]), str(each[1])) for each in described)


def _rows(database: duckdb.DuckDBPyConnection, relation: str) -> Rows:
    """As literals."""
    columns = _columns(database, relation)
    texts = ", ".join(f'CAST("{each.name}" AS VARCHAR)' for each in columns)
    rows = database.execute(f"SELECT {texts} FROM {relation}").fetchall()
    return tuple(
        tuple(_literal(value, each.type) for value, each in zip(row, columns, strict=True))
        for row in rows
    )


def _literal(text: str | None, type_: str) -> str:
    told = "NULL" if text is None else "'" + text.replace("'", "''") + "'"
    return f"CAST({told} AS {type_})"
