"""The plan's interpreter, which judges the engine, is itself judged: by rules and by execution."""

from __future__ import annotations

import pytest

from tests.oracle.answer import End
from tests.oracle.database import Bound, Database
from tests.oracle.grammar.schema import Column, Kind, Schema, Table
from tests.oracle.grammar.statement import Statement, World
from tests.oracle.plan.interpret import interpreted

P = Table(
    "p",
    (
        Column("id", Kind.INT),
        Column("depot", Kind.INT),
        Column("fee", Kind.INT),
        Column("state", Kind.TEXT),
        Column("sent", Kind.DATE),
    ),
)
D = Table("d", (Column("depot", Kind.INT), Column("city", Kind.TEXT), Column("cap", Kind.INT)))
M = Table("m", tuple(Column(name, Kind.INT) for name in ("k", "jan", "feb")))
N = Table("n", (Column("id", Kind.INT), Column("meta", Kind.STRUCT), Column("scores", Kind.INTS)))

# A statement; then for each output its value's columns, after a slash those that condition it
# alone; last those that shape the rows. Derived by hand from the rules, not from the plans.
CASES = (
    ("SELECT fee + 1 AS x FROM p WHERE state = 'a'", "x: p.fee; rows: p.state"),
    ("SELECT CASE WHEN depot > 1 THEN fee ELSE id END AS x FROM p", "x: p.fee p.id / p.depot"),
    ("SELECT * FROM d", "depot: d.depot; city: d.city; cap: d.cap"),
    ("SELECT fee FROM p ORDER BY sent", "fee: p.fee"),
    ("SELECT fee FROM p ORDER BY sent LIMIT 2", "fee: p.fee; rows: p.sent"),
    ("SELECT DISTINCT city FROM d", "city: d.city; rows: d.city"),
    (
        "SELECT DISTINCT ON (depot) depot, fee FROM p ORDER BY depot, sent",
        "depot: p.depot; fee: p.fee; rows: p.depot p.sent",
    ),
    (
        "SELECT depot, sum(fee) AS s FROM p GROUP BY depot",
        "depot: p.depot; s: p.fee; rows: p.depot",
    ),
    ("SELECT sum(fee) AS s FROM p WHERE state = 'a'", "s: p.fee; rows: p.state"),
    ("SELECT sum(fee) FILTER (WHERE depot > 1) AS s FROM p", "s: p.fee / p.depot"),
    ("SELECT string_agg(state, ',' ORDER BY sent) AS s FROM p", "s: p.state / p.sent"),
    (
        "SELECT depot, count(*) AS n FROM p GROUP BY ALL HAVING max(fee) > 1",
        "depot: p.depot; n: ; rows: p.depot p.fee",
    ),
    (
        "SELECT depot, state, sum(fee) AS s FROM p GROUP BY ROLLUP (depot, state)",
        "depot: p.depot; state: p.state; s: p.fee; rows: p.depot p.state",
    ),
    (
        "SELECT depot, grouping(depot, state) AS g FROM p GROUP BY ROLLUP (depot, state)",
        "depot: p.depot; g: p.depot p.state; rows: p.depot p.state",
    ),
    (
        "SELECT sum(fee) OVER (PARTITION BY depot ORDER BY sent) AS s FROM p",
        "s: p.fee / p.depot p.sent",
    ),
    (
        "SELECT fee FROM p QUALIFY row_number() OVER (PARTITION BY depot ORDER BY sent) = 1",
        "fee: p.fee; rows: p.depot p.sent",
    ),
    ("SELECT city FROM p JOIN d ON p.depot = d.depot", "city: d.city; rows: p.depot d.depot"),
    ("SELECT city FROM p LEFT JOIN d USING (depot)", "city: d.city; rows: p.depot d.depot"),
    ("SELECT depot FROM p JOIN d USING (depot)", "depot: p.depot; rows: p.depot d.depot"),
    (
        "SELECT depot FROM p FULL JOIN d USING (depot)",
        "depot: p.depot d.depot; rows: p.depot d.depot",
    ),
    ("SELECT fee FROM p SEMI JOIN d ON p.id = d.cap", "fee: p.fee; rows: p.id d.cap"),
    (
        "SELECT fee, cap FROM p ASOF LEFT JOIN d ON p.depot = d.depot AND p.id >= d.cap",
        "fee: p.fee; cap: d.cap / p.depot d.depot p.id",
    ),
    (
        (
            "SELECT fee, c FROM p LEFT JOIN (SELECT depot, max(cap) AS c FROM d GROUP BY depot) q "
            "ON p.depot = q.depot"
        ),
        "fee: p.fee; c: d.cap / p.depot d.depot",
    ),
    ("SELECT fee FROM p WHERE id IN (SELECT cap FROM d)", "fee: p.fee; rows: p.id d.cap"),
    (
        "SELECT fee FROM p WHERE EXISTS (SELECT 1 FROM d WHERE d.depot = p.depot AND cap > 1)",
        "fee: p.fee; rows: d.depot p.depot d.cap",
    ),
    (
        "SELECT fee, (SELECT max(cap) FROM d WHERE d.depot = p.depot) AS c FROM p",
        "fee: p.fee; c: d.cap / d.depot p.depot",
    ),
    (
        (
            "SELECT fee FROM (SELECT id, fee, (SELECT city FROM d ORDER BY cap LIMIT 1) FROM p) q "
            "WHERE fee IN (SELECT jan FROM m WHERE k > q.id)"
        ),
        "fee: p.fee; rows: p.fee m.jan m.k p.id",
    ),
    ("SELECT fee, (SELECT max(cap) FROM d) AS c FROM p", "fee: p.fee; c: d.cap"),
    (
        "SELECT d.depot, s FROM d, LATERAL (SELECT sum(fee) AS s FROM p WHERE p.depot = d.depot)",
        "depot: d.depot; s: p.fee / p.depot d.depot",
    ),
    (
        "SELECT v.x FROM p, LATERAL (VALUES (p.id), (p.fee)) v(x) WHERE state = 'a'",
        "x: p.id p.fee; rows: p.state",
    ),
    ("SELECT fee AS x FROM p UNION ALL SELECT cap FROM d", "x: p.fee d.cap"),
    ("SELECT fee AS x FROM p UNION SELECT cap FROM d", "x: p.fee d.cap; rows: p.fee d.cap"),
    ("SELECT fee AS x FROM p EXCEPT SELECT cap FROM d", "x: p.fee; rows: p.fee d.cap"),
    (
        "SELECT id, fee FROM p UNION ALL BY NAME SELECT cap AS fee, depot AS id FROM d",
        "id: p.id d.depot; fee: p.fee d.cap",
    ),
    (
        (
            "WITH RECURSIVE g(a, b) AS (SELECT id, depot FROM p UNION ALL "
            "SELECT b, a FROM g WHERE a < 3) SELECT a FROM g"
        ),
        "a: p.id p.depot; rows: p.id p.depot",
    ),
    ("WITH p AS (SELECT fee AS x FROM p WHERE id > 1) SELECT x FROM p", "x: p.fee; rows: p.id"),
    ("SELECT meta.size AS x, scores[1] AS y FROM n", "x: n.meta; y: n.scores"),
    ("SELECT e FROM n, unnest(n.scores) u(e)", "e: n.scores; rows: n.scores"),
    ("SELECT i FROM n, generate_series(1, n.id) g(i)", "i: n.id; rows: n.id"),
    (
        "SELECT meta, list_transform(scores, lambda x: x + id) AS y FROM n",
        "meta: n.meta; y: n.scores n.id",
    ),
    ("SELECT d AS r FROM d", "r: d.depot d.city d.cap"),
    ("SELECT t.y FROM d AS t(x, y)", "y: d.city"),
    ("SELECT COLUMNS('^(jan|feb)$') FROM m", "jan: m.jan; feb: m.feb"),
    (
        "SELECT * FROM m UNPIVOT (v FOR n IN (jan, feb))",
        "k: m.k; n: ; v: m.jan m.feb; rows: m.jan m.feb",
    ),
    (
        "SELECT * FROM (SELECT k, jan, feb FROM m) PIVOT (sum(jan) FOR feb IN (1 AS a))",
        "k: m.k; a: m.jan / m.feb; rows: m.k",
    ),
    ("INSERT INTO d (cap, depot) SELECT fee, id FROM p", "depot: p.id; city: ; cap: p.fee"),
    (
        "UPDATE d SET cap = fee FROM p WHERE p.depot = d.depot",
        "cap: p.fee / p.depot d.depot",
    ),
    ("DELETE FROM d WHERE cap IN (SELECT fee FROM p)", "rows: d.cap p.fee"),
    (
        (
            "MERGE INTO d USING p ON p.depot = d.depot WHEN MATCHED AND p.id > 1 THEN UPDATE "
            "SET cap = p.fee WHEN NOT MATCHED THEN INSERT (depot) VALUES (p.depot)"
        ),
        "depot: p.depot; city: ; cap: p.fee; rows: p.depot d.depot p.id",
    ),
)


@pytest.fixture(scope="module")
def database() -> Database:
    row = {"p": ("1", "1", "1", "'a'", "NULL"), "d": ("1", "'a'", "1"), "m": ("1", "1", "1")}
    rows = {**row, "n": ("1", "NULL", "NULL")}
    schema = Schema((P, D, M, N))
    return Database(World(0, schema, {name: (values,) for name, values in rows.items()}))


@pytest.mark.parametrize(("sql", "expected"), CASES)
def test_a_plan_says_what_the_rules_say(database: Database, sql: str, expected: str) -> None:
    target = "d" if sql.startswith(("INSERT", "UPDATE", "DELETE", "MERGE")) else None
    statement = Statement(sql, frozenset(), target)
    bound = database.bind(statement)
    assert isinstance(bound, Bound)

    plan = interpreted(database.plan(statement), tuple(name for name, _ in bound.outputs))

    assert plan is not None
    said = {
        name: (each.direct, each.indirect - each.direct)
        for name, each in zip(plan.names, plan.flow.cells, strict=True)
    }
    wanted = dict(_ends(part) for part in expected.split("; "))
    rows, _ = wanted.pop("rows", (frozenset[End](), frozenset[End]()))
    assert said == wanted
    assert plan.flow.rows == rows


def _ends(part: str) -> tuple[str, tuple[frozenset[End], frozenset[End]]]:
    name, _, ends = part.partition(":")
    direct, _, alone = ends.partition("/")
    return name, (_end_set(direct), _end_set(alone))


def _end_set(listed: str) -> frozenset[End]:
    return frozenset(
        (table, column) for table, _, column in (e.partition(".") for e in listed.split())
    )
