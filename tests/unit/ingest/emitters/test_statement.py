"""Which tables a statement names: the places where a table can stand, and nothing else."""

from __future__ import annotations

import pytest
from headwater_emitters.sql.statement import Statement, Table, read
from headwater_emitters.sql.tokens import Lexis, tokenize
from headwater_emitters.sql.wording import wording
from hypothesis import given
from hypothesis import strategies as st

POSTGRESQL = Lexis(binds="pyformat", dollars=True)
MYSQL = Lexis(quotes="`", binds="format", backslashes=True, hashes=True)
TSQL = Lexis(quotes='"[', binds="qmark")


def statement(sql: str, lexis: Lexis = POSTGRESQL) -> Statement:
    return read(list(tokenize(sql, lexis)))


def names(tables: tuple[Table, ...]) -> list[str]:
    return [".".join(part.text for part in table.parts) for table in tables]


@pytest.mark.parametrize(
    ("sql", "reads", "writes"),
    [
        ("SELECT 1", [], []),
        ("SELECT * FROM a, b AS x, s.c", ["a", "b", "s.c"], []),
        ("SELECT * FROM a x JOIN b ON a.i = b.i, c", ["a", "b", "c"], []),
        ("SELECT * FROM (a JOIN b ON true) LEFT JOIN (c) ON true", ["a", "b", "c"], []),
        ("SELECT * FROM (SELECT * FROM a) AS x WHERE i IN (SELECT i FROM b)", ["a", "b"], []),
        ("SELECT i FROM a UNION ALL SELECT i FROM ONLY b", ["a", "b"], []),
        ("SELECT * FROM a, LATERAL (SELECT * FROM b) AS x", ["a", "b"], []),
        ("INSERT INTO t (a, b) SELECT a, b FROM s", ["s"], ["t"]),
        ("INSERT INTO t VALUES (1) ON CONFLICT (i) DO UPDATE SET i = excluded.i", [], ["t"]),
        ("UPDATE t SET a = s.a, b = s.b FROM s WHERE s.i = t.i", ["s"], ["t"]),
        ("DELETE FROM t USING s, u WHERE t.i = s.i", ["s", "u"], ["t"]),
        ("CREATE TABLE IF NOT EXISTS t AS SELECT * FROM s", ["s"], ["t"]),
        ("CREATE OR REPLACE VIEW v (a, b) AS SELECT a, b FROM s", ["s"], ["v"]),
        ("SELECT * INTO t FROM s", ["s"], ["t"]),
        (
            """MERGE INTO t AS x USING (SELECT * FROM s) AS y ON x.i = y.i
            WHEN MATCHED THEN UPDATE SET a = y.a, b = y.b
            WHEN NOT MATCHED THEN INSERT (a, b) VALUES (y.a, y.b)""",
            ["s"],
            ["t"],
        ),
    ],
)
def test_tables_stand_where_tables_can_stand(sql: str, reads: list[str], writes: list[str]) -> None:
    found = statement(sql)
    assert (names(found.reads), names(found.writes)) == (reads, writes)


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("WITH a AS (SELECT * FROM b) SELECT * FROM a", ["b"]),
        (
            "WITH a (i, j) AS NOT MATERIALIZED (SELECT 1 FROM b), c AS (TABLE a) SELECT * FROM c",
            ["b"],
        ),
        ("WITH orders AS (SELECT * FROM orders) SELECT * FROM orders", ["orders"]),
        (
            "WITH RECURSIVE r AS (SELECT 1 UNION SELECT i FROM r JOIN e ON true) SELECT * FROM r",
            ["e"],
        ),
        ("SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) AS x, a", ["a"]),
        ("WITH A AS (SELECT 1) SELECT * FROM a", []),
    ],
)
def test_names_of_ctes_are_no_tables_where_they_can_be_seen(sql: str, reads: list[str]) -> None:
    assert names(statement(sql).reads) == reads


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT extract(year FROM d), trim(FROM x), trim(BOTH ' ' FROM y) FROM a", ["a"]),
        ("SELECT * FROM a WHERE b IS DISTINCT FROM c", ["a"]),
        ("SELECT * FROM a WHERE b IS NOT DISTINCT FROM c", ["a"]),
        ("SELECT * FROM generate_series(1, 2) AS g, unnest(x) AS u", []),
        ("SELECT * FROM a FOR UPDATE OF a", ["a"]),
        ("SELECT 'FROM b' FROM a -- FROM c\n/* FROM d /* nested */ FROM e */", ["a"]),
        ("SELECT $x$ FROM b $x$ FROM a", ["a"]),
        ('SELECT * FROM "s"."the ""table""", "b"', ['s.the "table"', "b"]),
        ("SELECT a.i FROM a ORDER BY 1, 2", ["a"]),
        ("EXPLAIN SELECT * FROM a", []),
    ],
)
def test_a_from_is_not_always_a_clause(sql: str, reads: list[str]) -> None:
    assert names(statement(sql).reads) == reads


def test_targets_that_are_aliases_are_explained() -> None:
    found = statement("UPDATE o SET o.x = 1 FROM dbo.orders AS o JOIN c ON c.i = o.i", TSQL)
    assert names(found.writes) == ["dbo.orders"]
    found = statement("DELETE x FROM `orders` x JOIN b ON true", MYSQL)
    assert (names(found.writes), names(found.reads)) == (["orders"], ["orders", "b"])


def test_a_write_inside_a_cte_is_a_write() -> None:
    found = statement("WITH m AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM m")
    assert (names(found.reads), names(found.writes)) == ([], ["a", "b"])


@pytest.mark.parametrize(
    ("sql", "temporary"),
    [
        ("CREATE TEMP TABLE t AS SELECT * FROM s", True),
        ("CREATE TEMPORARY TABLE t (a int)", True),
        ("SELECT * INTO TEMP TABLE t FROM s", True),
        ("CREATE TABLE t (a int)", False),
    ],
)
def test_tables_of_a_session_are_told(sql: str, temporary: bool) -> None:
    found = statement(sql)
    assert found.defines
    assert found.temporary is temporary
    assert names(found.writes) == ["t"]


@pytest.mark.parametrize("sql", ["CREATE TABLE t (a int)", "ALTER TABLE t ADD b int", "SET a = 1"])
def test_what_moves_no_data_has_no_verb(sql: str) -> None:
    assert statement(sql).verb is None


@given(st.text(alphabet="abFROMjoin ,.()\"'`[]$;:%?-/*#@\n\\") | st.text())
def test_any_text_is_read(text: str) -> None:
    """The reader is total, and the wording does not raise."""
    for lexis in (POSTGRESQL, MYSQL, TSQL):
        tokens = list(tokenize(text, lexis))
        read(tokens)
        wording(text, tokens, lexis.binds)
