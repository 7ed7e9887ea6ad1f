"""The shape of the dbt project: tables, and the jobs that make them, named after them."""

from __future__ import annotations

from ingest.demo.company import platforms
from ingest.demo.company.statements import compiled
from ingest.demo.company.teams import ANALYTICS
from ingest.demo.model import (
    Check,
    Dataset,
    DatasetKind,
    Derivation,
    Job,
    Name,
    Revision,
    Team,
    Tool,
)
from ingest.demo.notation import columns

PROJECT = "meridian"


def model(
    output: Dataset, folder: str, *revisions: Revision, checks: tuple[Check, ...] = ()
) -> Job:
    """Give the job that makes a table; its SQL lies in `models/<folder>/<table>.sql`."""
    database, schema, table = output.at.name.split(".")
    return Job(
        at=Name(platforms.DBT, f"{database}.{schema}.{PROJECT}.{table.lower()}"),
        tool=Tool.DBT,
        type="MODEL",
        description=output.description,
        owner=ANALYTICS,
        path=f"models/{folder}/{table.lower()}.sql",
        revisions=revisions,
        checks=checks,
        minutes=1.5,
    )


def test_of(made: Job) -> Job:
    """Give the job that runs a model's data tests."""
    output = made.revisions[-1].output
    return Job(
        at=Name(made.at.namespace, f"{made.at.name}.test"),
        tool=Tool.DBT,
        type="TEST",
        description=f"Data tests of {made.at.name}.",
        owner=made.owner,
        path=made.path,
        revisions=(Revision(inputs=(output,) if output else ()),),
        checks=made.checks,
        minutes=0.3,
    )


def selected(
    output: Dataset,
    inputs: tuple[Dataset, ...],
    derivations: tuple[Derivation, ...],
    *,
    sql: str | None = None,
    since: int = 0,
) -> Revision:
    """Give a model's code: the SELECT of today, if `sql` is not that of another time."""
    return Revision(
        since=since,
        inputs=inputs,
        output=output,
        derivations=derivations,
        sql=sql or compiled(output),
        dialect="snowflake",
    )


def table(
    at: Name,
    description: str,
    columns_: str,
    *,
    owner: Team = ANALYTICS,
    criticality: str | None = None,
) -> Dataset:
    """Give a table that the project makes, with its columns in the notation."""
    return Dataset(
        at,
        DatasetKind.TABLE,
        description,
        owner,
        columns(columns_),
        criticality=criticality,
    )
