"""The code version of SQL changes with the logic, and with nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sql.fingerprint import fingerprint, masked

DIALECTS = st.sampled_from(["duckdb", "postgres", "snowflake", "bigquery", "tsql", "nope", None])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("select a from t where d = '2024-01-01'", "select a from t where d = '2025-06-30'"),
        ("select a from t limit 10", "select a from t limit 20.5"),
        ("select a from t -- note", "SELECT a\n  FROM t;"),
        ("select /*+ broadcast(t) */ a from t", "select a from t"),
        ("select a from stage_20240101", "select a from stage_20250630"),
        ('select a from "stage_20240101"', 'select a from "stage_20250630"'),
        ("call load('x', 1)", "call load('y', 2)"),
    ],
)
def test_notes_and_literals_leave_the_code_version(one: str, other: str) -> None:
    assert fingerprint(one, "snowflake") == fingerprint(other, "snowflake")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("select a from t", "select b from t"),
        ("select a from t", 'select "a" from t'),
        ("select a from t1", "select a from t2"),
        ("call load_a(1)", "call load_b(1)"),
        ("create function f() as $$ select a from t $$", "create function f() as $$ select b $$"),
    ],
)
def test_other_names_are_another_code_version(one: str, other: str) -> None:
    assert fingerprint(one, "snowflake") != fingerprint(other, "snowflake")


def test_an_open_quote_is_masked_by_the_text_alone() -> None:
    assert (
        masked("select 1, a -- b\nfrom t where x = 'open", "duckdb")
        == "select ?, a from t where x = ?"
    )


@given(st.text(), DIALECTS)
def test_any_text_has_a_code_version(sql: str, dialect: str | None) -> None:
    assert fingerprint(sql, dialect) == fingerprint(sql, dialect)


@given(st.text(alphabet="ab'\"`$/*-+;:.,()%#@\\01 9e\n\r", max_size=40), DIALECTS)
def test_text_that_looks_like_sql_has_a_code_version(sql: str, dialect: str | None) -> None:
    assert len(fingerprint(sql, dialect)) == len(fingerprint("", None))
