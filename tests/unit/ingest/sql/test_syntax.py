"""What is no SQL is told in words, at the place where it is noticed."""

from __future__ import annotations

import pytest

from ingest.sql.script import parse_script

CASES = (
    ("select a from", "from", "Expected table name, but the statement ends here."),
    ("select a from where", "where", 'Expected table name, but there is "where" here.'),
    ("select * from t where", "where", "WHERE is not complete."),
    ("select a b c from t", "c", '"c" is not expected here.'),
    ("select (a from t", "from", "Expected )."),
    ("select 'a from t", "'a from t", "Nothing closes the ' here."),
    ('select\n "a from t', '"a from t', 'Nothing closes the " here.'),
    ("select $$ a", "$$ a", "Nothing closes the $$ here."),
    ("select a /* from t", "/* from t", "A comment or a string is not closed."),
)


@pytest.mark.parametrize(("sql", "place", "message"), CASES)
def test_what_is_no_sql_is_told_in_words(sql: str, place: str, message: str) -> None:
    [problem] = parse_script(sql, "postgres").problems

    assert problem.message == message
    assert sql[problem.span.start : problem.span.end] == place
