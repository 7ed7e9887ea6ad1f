"""The company's repositories declare the tables that its events tell of."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

import ingest.demo
from ingest.demo.company.meridian_air import MERIDIAN_AIR
from ingest.demo.model import Dataset

REPOSITORIES = Path(ingest.demo.__file__).parent / "repositories"
LAST_DAY = 29


def made(repository: str, dialect: str) -> dict[str, list[tuple[str, str]]]:
    """The relations of a repository, with the columns that are declared."""
    statements = [
        tree
        for file in sorted((REPOSITORIES / repository).rglob("*.sql"))
        for tree in sqlglot.parse(file.read_text(), dialect=dialect)
        if tree is not None
    ]
    return {
        ".".join(part.name for part in table.parts): [
            (column.name, column.args["kind"].sql()) for column in tree.find_all(exp.ColumnDef)
        ]
        for tree in statements
        if (table := tree.find(exp.Table))
    }


def declared(dataset: Dataset, dialect: str) -> list[tuple[str, str]]:
    return [
        (column.name.lower(), exp.DataType.build(column.type, dialect=dialect).sql())
        for column in dataset.columns_on(LAST_DAY)
    ]


@pytest.mark.parametrize(
    ("repository", "dialect", "namespace", "left_out"),
    [
        ("warehouse", "snowflake", "snowflake://meridian-prod", ""),
        (
            "service",
            "postgres",
            "postgres://service-db.meridian-air.example:5432",
            "service.",
        ),
    ],
)
def test_tables_are_declared_as_the_events_tell(
    repository: str, dialect: str, namespace: str, left_out: str
) -> None:
    known = {
        it.at.name.removeprefix(left_out).lower(): declared(it, dialect)
        for it in MERIDIAN_AIR.datasets
        if it.at.namespace == namespace
    }

    found = made(repository, dialect)

    assert set(found) <= set(known)
    assert [name for name, columns in found.items() if columns and columns != known[name]] == []
