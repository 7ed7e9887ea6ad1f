"""Runs in dbt's own environment: compiles projects, then builds them anew.

`python building.py FOLDER …`: `FOLDER/target` is what dbt compiled with the database that lies in
the folder, `FOLDER/built.json` what each node came to when all was built from nothing.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import duckdb

dbt: Any = importlib.import_module("dbt.cli.main")
duckdb_of_dbt: Any = importlib.import_module("dbt.adapters.duckdb.connections")
DATABASE = "shop.duckdb"  # as the profile says


def main(folders: list[Path]) -> None:
    """Compile and build each; a first one without a database is built before, and described."""
    for folder in folders:
        if not (folder / DATABASE).exists():
            built(folder, "build")
            run(folder, "docs", "generate")
        run(folder, "compile")
        copy = folder.with_name(f"{folder.name}.built")
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(DATABASE))
        statuses = built(copy, "build", "--exclude", "test_type:generic", "test_type:singular")
        (folder / "built.json").write_text(json.dumps(statuses))


def built(folder: Path, *command: str) -> dict[str, str]:
    """Build a project from nothing; what became of each node, by its unique id."""
    with duckdb.connect(folder / DATABASE) as connection:
        connection.execute((folder / "raw.sql").read_text())
    results = run(folder, *command, may_fail=True)
    return {one.node.unique_id: str(one.status) for one in results.results}


def run(folder: Path, *command: str, may_fail: bool = False) -> Any:
    """Run dbt in a project; give its results. The database is closed: the next is another."""
    os.chdir(folder)
    places = ["--project-dir", str(folder), "--profiles-dir", str(folder)]
    done = dbt.dbtRunner().invoke(["--quiet", *command, *places])
    duckdb_of_dbt.DuckDBConnectionManager.close_all_connections()
    if done.exception is not None or not (done.success or may_fail):
        raise SystemExit(f"dbt {command} failed in {folder}: {done.exception}")
    return done.result


if __name__ == "__main__":
    main([Path(one).resolve() for one in sys.argv[1:]])
