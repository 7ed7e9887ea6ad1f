"""A dbt project meets the catalog by its unique ids, whatever database it was compiled for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.server import Server
from tests.e2e.shop import EVENTS, SPACE, post_shop


@pytest.fixture(scope="module")
def catalog(server: Server) -> Server:
    """What dbt sent of its runs in production, with a job behind it."""
    post_shop(server)
    return server


def project(folder: Path, title: str = "revenue", namespace: str = "") -> Path:
    """The project compiled for a developer's own schema, with a title for a column."""
    model: dict[str, Any] = {
        "name": "customer_revenue",
        "resource_type": "model",
        "unique_id": "model.jaffle.customer_revenue",
        "package_name": "jaffle",
        "relation_name": '"dev"."ann"."customer_revenue"',
        "original_file_path": "models/customer_revenue.sql",
        "compiled_code": f"select 1 as customer_id, 2 as {title}",
        "language": "sql",
        "config": {"materialized": "table"},
    }
    schema = "https://schemas.getdbt.com/dbt/manifest/v12.json"
    manifest = {
        "metadata": {"dbt_schema_version": schema, "adapter_type": "postgres"},
        "nodes": {model["unique_id"]: model},
        **{part: {} for part in ("sources", "exposures", "groups", "macros", "disabled")},
    }
    (folder / "target").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text("name: jaffle\n")
    (folder / "target" / "manifest.json").write_text(json.dumps(manifest))
    if namespace:
        (folder / "headwater.toml").write_text(f'[project]\nnamespace = "{namespace}"\n')
    return folder


def check(base: Path, head: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "-m", "catalog", "check", "--base", str(base), "--head", str(head)]
    return subprocess.run(
        [*command, "--format", "json", "--no-cache", *more],
        capture_output=True,
        text=True,
        check=False,
    )


def broken(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What breaks, by name."""
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert report["coverage"]["unmatched"] == []
    return [one["name"] for one in report["impacts"] if one["verdict"] == "BREAKS"]


def test_a_model_is_met_by_its_unique_id(catalog: Server, tmp_path: Path) -> None:
    """Nothing has to be said of names; a snapshot knows the same."""
    base, head = project(tmp_path / "base"), project(tmp_path / "head", "total")
    assert broken(check(base, head, "--server", catalog.url)) == ["lake.forecast"]
    snapshot = tmp_path / "snapshot"
    command = [sys.executable, "-m", "catalog", "export", "--snapshot", str(snapshot)]
    subprocess.run([*command, "--data", str(catalog.data)], check=True, capture_output=True)
    assert broken(check(base, head, "--snapshot", str(snapshot))) == ["lake.forecast"]


def test_a_model_that_is_built_in_several_places(catalog: Server, tmp_path: Path) -> None:
    """The namespace of the project tells which of them is meant; without one none is."""
    other = "postgres://staging:5432"
    for line in EVENTS.read_text().splitlines():
        event = json.loads(line.replace(SPACE, other))["event"]
        event["job"]["namespace"] = "staging"
        catalog.post(event)
    catalog.settle()
    told = catalog.ask(
        """{ dbtNodes(uniqueIds: ["model.jaffle.customer_revenue", "model.jaffle.none"]) {
             uniqueId datasets { namespace } } }"""
    )["dbtNodes"]
    [node] = told
    assert {one["namespace"] for one in node["datasets"]} == {SPACE, other}
    base, head = project(tmp_path / "base"), project(tmp_path / "head", "total")
    done = check(base, head, "--server", catalog.url)
    assert (done.returncode, "namespace" in done.stderr) == (2, True)
    settled = project(tmp_path / "settled", "total", SPACE)
    assert broken(check(base, settled, "--server", catalog.url)) == ["lake.forecast"]
