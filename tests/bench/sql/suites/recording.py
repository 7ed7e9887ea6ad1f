"""A plugin of pytest: sqllineage's tests write down what they expect, instead of asking it.

It runs where sqllineage and its tests are, and imports nothing of this project.
"""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path
from typing import Any

_OPTION = "SQLLINEAGE_"
_RECORDED: list[dict[str, Any]] = []


def pytest_configure() -> None:
    """Take the place of what the tests are about to import."""
    helpers: Any = importlib.import_module("tests.helpers")
    helpers.assert_column_lineage_equal = _record


def pytest_unconfigure() -> None:
    """Write it all to the file that the environment names."""
    Path(os.environ["RECORDED"]).write_text(json.dumps(_RECORDED))


def _record(
    sql: str,
    column_lineages: Any = None,
    dialect: str = "ansi",
    metadata_provider: Any = None,
    **_others: Any,
) -> None:
    if metadata_provider is not None and not hasattr(metadata_provider, "metadata"):
        return  # the same tables once more, from a database
    if any(name.startswith(_OPTION) for name in os.environ):
        return  # what is true under an option says nothing of the statement
    tables: Any = metadata_provider.metadata if metadata_provider is not None else {}
    edges = [
        [target.column, source.qualifier or "?", source.column]
        for source, target in column_lineages or ()
    ]
    _RECORDED.append({"sql": sql, "dialect": dialect, "tables": tables, "edges": edges})
