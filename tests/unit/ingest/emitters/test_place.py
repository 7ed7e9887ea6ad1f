"""Namespaces and names as OpenLineage's naming rules have them."""

from __future__ import annotations

import pytest
from headwater_emitters.events import Job
from headwater_emitters.sqlalchemy.place import place_of
from sqlalchemy.engine import make_url

JOB = Job("shop", "nightly")


@pytest.mark.parametrize(
    ("url", "schema", "namespace", "name"),
    [
        (
            "postgresql+psycopg://u:p@DB.example/shop",
            "public",
            "postgres://db.example:5432",
            "shop.public.t",
        ),
        ("postgresql+asyncpg://u@h:6000/shop", "s", "postgres://h:6000", "shop.s.t"),
        ("postgresql:///shop?host=/tmp", "public", "postgres://localhost:5432", "shop.public.t"),
        ("mysql+pymysql://u:p@h/shop", "shop", "mysql://h:3306", "shop.t"),
        ("mssql+pyodbc://u:p@h/shop", "dbo", "mssql://h:1433", "shop.dbo.t"),
        ("oracle+oracledb://u:p@h/?service_name=svc", "me", "oracle://h:1521", "svc.me.t"),
        ("trino://u@h:8443/hive/web", None, "trino://h:8443", "hive.web.t"),
        ("bigquery://project/web", None, "bigquery", "project.web.t"),
        ("snowflake://u:p@org-acct/db/sch?warehouse=w", None, "snowflake://org-acct", "DB.SCH.t"),
        ("snowflake://u:p@ab1.eu-west-1/db/sch", None, "snowflake://ab1.eu-west-1.aws", "DB.SCH.t"),
        (
            "redshift+psycopg2://u:p@c.x1.eu-west-1.redshift.amazonaws.com/shop",
            "public",
            "redshift://c.eu-west-1:5439",
            "shop.public.t",
        ),
        ("sqlite:////data/shop.db", "main", "sqlite:///data/shop.db", "main.t"),
        ("duckdb:////data/shop.duckdb", "main", "duckdb:///data/shop.duckdb", "shop.main.t"),
        ("sqlite://", "main", "inmemory://shop/nightly", "main.t"),
    ],
)
def test_engines_have_the_namespaces_of_the_standard(
    url: str, schema: str | None, namespace: str, name: str
) -> None:
    place = place_of(make_url(url), schema, JOB)
    assert (place.namespace, place.name(("t",))) == (namespace, name)


def test_outer_parts_that_are_written_count() -> None:
    place = place_of(make_url("postgresql://h/shop"), "public", JOB)
    assert place.name(("web", "t")) == "shop.web.t"
    assert place.name(("other", "web", "t")) == "other.web.t"
