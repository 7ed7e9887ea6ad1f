"""The company's SQL, one statement a file.

What the warehouse's models are today lies in its repository, all else by where it is run.
"""

from __future__ import annotations

from importlib.resources import files

from ingest.demo.model import Dataset

_DEMO = files("ingest.demo")


def statement(place: str, name: str) -> str:
    """Give the text of a statement, without the line end after it."""
    return (_DEMO / "sql" / place / f"{name}.sql").read_text("utf-8").strip()


def compiled(output: Dataset) -> str:
    """Give the SELECT of a model of the warehouse's repository, as dbt compiles it."""
    _, schema, table = output.at.name.lower().split(".")
    models = _DEMO / "repositories" / "warehouse" / "models"
    text = (models / schema / f"{table}.sql").read_text("utf-8")
    _, select = text.split(" as\n", maxsplit=1)
    return select.strip()
