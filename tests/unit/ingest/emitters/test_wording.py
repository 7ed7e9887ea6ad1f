"""The text of a statement that is sent, and what makes two statements the same."""

from __future__ import annotations

import pytest
from headwater_emitters.sql.tokens import Lexis, tokenize
from headwater_emitters.sql.wording import Wording, wording


def worded(sql: str, binds: str = "pyformat") -> Wording:
    return wording(sql, list(tokenize(sql, Lexis(binds=binds, dollars=True))), binds)


@pytest.mark.parametrize(
    ("binds", "sql", "text"),
    [
        ("pyformat", "SELECT %(a)s::int, 'x%%' FROM t", "SELECT :a::int, 'x%' FROM t"),
        ("format", "SELECT %s FROM t WHERE a %% 2 = 0", "SELECT ? FROM t WHERE a % 2 = 0"),
        ("qmark", "SELECT ?, '?' FROM t", "SELECT ?, '?' FROM t"),
        ("named", "SELECT :a, b::text FROM t", "SELECT :a, b::text FROM t"),
        ("numeric_dollar", "SELECT $1, $$x$$ FROM t", "SELECT ?, $$x$$ FROM t"),
    ],
)
def test_bind_parameters_are_written_as_parsers_know_them(binds: str, sql: str, text: str) -> None:
    assert worded(sql, binds).text == text


def test_of_many_rows_one_is_sent_without_its_values() -> None:
    sql = "INSERT INTO t (a, b) VALUES ('alice', 1), ('bob', 2), ('carol', lower('X')) RETURNING a"
    assert worded(sql).text == "INSERT INTO t (a, b) VALUES (?, ?) RETURNING a"
    sql = "INSERT INTO t SELECT * FROM (VALUES (%(a__0)s, 0), (%(a__1)s, 1)) AS v (a, n)"
    assert worded(sql).text == "INSERT INTO t SELECT * FROM (VALUES (:a__0, ?)) AS v (a, n)"


def test_of_a_list_of_bind_parameters_one_is_sent() -> None:
    sql = "SELECT * FROM t WHERE a IN (%(a_1)s, %(a_2)s) AND b IN ('x', 'y')"
    assert worded(sql).text == "SELECT * FROM t WHERE a IN (:a_1) AND b IN ('x', 'y')"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM t WHERE password = 'hunter2'",
        "SELECT dblink('host=h password=hunter2 user=u', 'x') FROM t",
        "SELECT fetch('https://u:hunter2@host/x') FROM t",
        "SELECT f(access_key => 'hunter2') FROM t",
    ],
)
def test_what_looks_like_a_secret_is_masked(sql: str) -> None:
    assert "hunter2" not in worded(sql).text


def test_literals_and_numbers_of_values_do_not_make_another_statement() -> None:
    one = worded("SELECT * FROM t WHERE a = 1 AND b IN ('x', 'y') -- first").shape
    assert worded("SELECT *  FROM t\nWHERE a = 22 AND b IN ('z')").shape == one
    assert worded("SELECT * FROM t WHERE a = 22 AND c IN ('z')").shape != one
