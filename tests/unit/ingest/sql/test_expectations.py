"""What a query assumes of the columns that it reads."""

from __future__ import annotations

from ingest.sql.meaning import meaning_of
from ingest.sql.rules import rules_of
from ingest.sql.schema import schema_of
from ingest.sql.script import bind_script

SCHEMA = {
    "orders": {"id": "int", "cust": "int", "state": "varchar", "at": "date", "paid": "boolean"},
    "cust": {"id": "int", "cust": "int", "name": "varchar"},
}


def assumed(sql: str) -> list[tuple[str, str, str, str]]:
    """Column, what is assumed, the value, and the text where it is."""
    meaning = meaning_of(bind_script(sql, schema_of(SCHEMA, rules_of("duckdb"))))
    return [
        (f"{one.table}.{'.'.join(one.path)}", one.assumption, one.value, sql[slice(*one.span)])
        for one in meaning.expectations
    ]


def test_literals_that_a_column_is_compared_with() -> None:
    assert assumed("select id from orders where state = 'paid' and 3 < cust") == [
        ("orders.state", "value", "paid", "state = 'paid'"),
        ("orders.cust", "bound", "3", "3 < cust"),
    ]


def test_lists_and_cases_have_a_place_for_each_value() -> None:
    case = "case state when 'a' then 1 when 'b' then 2 end"
    sql = f"select {case} as c from orders where cust in (1, 2)"  # noqa: S608 (no input)
    assert assumed(sql) == [
        ("orders.state", "value", "a", "'a'"),
        ("orders.state", "value", "b", "'b'"),
        ("orders.cust", "value", "1", "1"),
        ("orders.cust", "value", "2", "2"),
    ]


def test_they_are_seen_through_names_and_subqueries() -> None:
    inner = "select state as s, cast(at as timestamp) as t from orders"
    sql = f"with o as ({inner}) select t from o where s like 'x%'"  # noqa: S608 (no input)
    assert assumed(sql) == [
        ("orders.at", "type", "TIMESTAMP", "at"),
        ("orders.state", "pattern", "x%", "s like 'x%'"),
    ]


def test_partners_of_a_join() -> None:
    assert assumed("select name from orders join cust on orders.cust = cust.id") == [
        ("cust.id", "partner", "orders.cust", "orders.cust = cust.id"),
        ("orders.cust", "partner", "cust.id", "orders.cust = cust.id"),
    ]
    assert assumed("select name from orders join cust using (cust)") == [
        ("cust.cust", "partner", "orders.cust", "cust"),
        ("orders.cust", "partner", "cust.cust", "cust"),
    ]


def test_what_is_made_in_the_query_is_no_assumption_of_a_table() -> None:
    assert (
        assumed("select id from (select id, count(*) as n from orders group by id) where n = 3")
        == []
    )
