"""What the naming rules of OpenLineage tell of a dataset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.names import DatasetName
from ingest.openlineage.naming import Case, parts_of, platform_of, sql_dialect


@pytest.mark.parametrize(
    ("namespace", "platform"),
    [
        ("postgres://db:5432", "postgres"),
        ("postgresql://db", "postgres"),
        ("POSTGRES://db", "postgres"),
        ("snowflake://org-account", "snowflake"),
        ("bigquery", "bigquery"),
        ("arn:aws:glue:eu-west-1:1234", "glue"),
        ("duckdb:///data/shop.duckdb", "duckdb"),
        ("s3://bucket", "s3"),
        ("file", "file"),
        ("file://host", "file"),
        ("scheduler", None),
        ("", None),
    ],
)
def test_a_namespace_tells_the_platform(namespace: str, platform: str | None) -> None:
    found = platform_of(namespace)

    assert (found.name if found else None) == platform


@pytest.mark.parametrize(
    ("namespace", "name", "parts"),
    [
        (
            "postgres://h",
            "shop.public.orders",
            {"database": "shop", "schema": "public", "table": "orders"},
        ),
        ("postgres://h", "public.orders", {"schema": "public", "table": "orders"}),
        ("postgres://h", "orders", {"table": "orders"}),
        ("postgres://h", "a.b.c.d", {}),
        ("postgres://h", "a..d", {}),
        ("bigquery", "p.d.t", {"project": "p", "dataset": "d", "table": "t"}),
        (
            "arn:aws:glue:r:1",
            "table/shop/orders",
            {"kind": "table", "database": "shop", "table": "orders"},
        ),
        ("s3://bucket", "a/b.c/d.parquet", {"path": "a/b.c/d.parquet"}),
        ("kafka://h:9092", "orders.v1", {"topic": "orders.v1"}),
        ("pubsub", "topic:project:id", {"kind": "topic", "project": "project", "resource": "id"}),
        ("scheduler", "a.b", {}),
    ],
)
def test_a_name_is_taken_apart_as_its_platform_makes_it(
    namespace: str, name: str, parts: dict[str, str]
) -> None:
    assert parts_of(DatasetName(namespace, name)) == parts


@given(st.sampled_from(["postgres://h", "s3://b", "arn:aws:glue:r:1", "pubsub"]), st.text())
def test_parts_are_of_the_name(namespace: str, name: str) -> None:
    platform = platform_of(namespace)
    assert platform

    parts = parts_of(DatasetName(namespace, name))

    assert not parts or platform.separator.join(parts.values()) == name


def test_platforms_differ_in_what_they_make_of_case() -> None:
    cases = [
        platform_of(namespace)
        for namespace in ("snowflake://a", "postgres://a", "bigquery", "s3://a")
    ]

    assert [found.case for found in cases if found] == [
        Case.UPPER,
        Case.LOWER,
        Case.IGNORED,
        Case.KEPT,
    ]


@pytest.mark.parametrize(
    ("namespaces", "dialect"),
    [
        (["postgres://a", "postgres://b", "s3://c"], "postgres"),
        (["trino://a"], "trino"),
        (["postgres://a", "snowflake://b"], None),
        (["s3://a", "nobody"], None),
        ([], None),
    ],
)
def test_datasets_share_a_dialect_or_have_none(namespaces: list[str], dialect: str | None) -> None:
    assert sql_dialect(namespaces) == dialect
