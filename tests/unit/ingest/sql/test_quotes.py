"""Where a text says that data flows: the expression, or the smallest clause that decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sql.reading import read_out
from ingest.sql.readout import KnownTable, Origin, Request, Text
from tests.golden.statements import FILES, FOLDER, read

TABLES = {
    "orders": "id status x y amount ok customer_id z at",
    "customers": "id tier country a",
    "vip": "id",
    "countries": "code",
}


def quotes(sql: str, dialect: str = "postgres") -> set[tuple[str, str, str]]:
    """What flows where, and what is quoted for it."""
    tables = tuple(
        KnownTable((name,), tuple((column, "") for column in columns.split()))
        for name, columns in TABLES.items()
    )
    readout = read_out(Request(Text(sql, dialect), tables))
    assert readout.problem is None
    found: set[tuple[str, str, str]] = set()
    for written in readout.written:
        ends = {"rows": written.rows, **{one.name: one.origins for one in written.columns}}
        for end, origins in ends.items():
            found |= {(_called(one), end, _text(sql, one)) for one in origins}
    return found


def _called(origin: Origin) -> str:
    return f"{'.'.join((*origin.table, *origin.path))} {origin.subtype}"


def _text(sql: str, origin: Origin) -> str:
    assert origin.quote is not None
    return " ".join(sql[origin.quote.start : origin.quote.end].split())


SELECT = "create table o as select 1 as one from orders o"
CONDITIONS = [
    ("where o.status = 'paid' and o.x > 1", "status FILTER", "o.status = 'paid'"),
    ("where o.status = 'paid' and o.x > 1", "x FILTER", "o.x > 1"),
    ("where not (o.x is null or o.y between 1 and 3) and ok", "y FILTER",
     "not (o.x is null or o.y between 1 and 3)"),
    ("where o.x between 1 and 3 and ok", "x FILTER", "o.x between 1 and 3"),
    ("where left(z, 2) = 'ab' and o.ok is not null", "z FILTER", "left(z, 2) = 'ab'"),
    ("where case when x > 1 then y end = 3 or ok", "y FILTER",
     "case when x > 1 then y end = 3 or ok"),
    ("where x in (select code from countries) and ok", "x FILTER",
     "x in (select code from countries)"),
    ("group by o.id, lower(z)", "z GROUP_BY", "lower(z)"),
    ("order by x desc nulls last, y limit 3", "x SORT", "x desc nulls last"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "origin", "quote"), CONDITIONS)
def test_what_decides_which_rows_there_are(clause: str, origin: str, quote: str) -> None:
    """A condition that AND joins to others stands for itself, with all of its words."""
    told = quotes(f"{SELECT} {clause}")
    assert quote in {text for source, _, text in told if source == f"orders.{origin}"}


def test_a_query_with_everything() -> None:
    """Joins, subqueries, windows, CASE and FILTER: each with the clause that is about it."""
    sql = """
        create table o as
        with paid as (select * from orders o where o.status = 'paid')
        select distinct on (c.id) c.id as id, count(*) as n,
          sum(p.amount) filter (where p.ok) as s,
          case when c.tier = 'gold' then 1 else 0 end as gold,
          row_number() over (partition by c.country order by p.at desc) as rn
        from customers c
        left join paid p on p.customer_id = c.id and left(p.z, 2) = 'ab'
        where exists (select 1 from vip v where v.id = c.id)
        group by c.id, 4, c.tier, c.country, p.at
        having sum(p.amount) > 10
    """
    assert quotes(sql) >= {
        ("customers.id IDENTITY", "id", "c.id"),
        ("orders AGGREGATION", "n", "count(*)"),
        ("orders.amount AGGREGATION", "s", "sum(p.amount) filter (where p.ok)"),
        ("orders.ok FILTER", "s", "p.ok"),
        ("customers.tier CONDITIONAL", "gold", "c.tier = 'gold'"),
        ("customers.country WINDOW", "rn", "c.country"),
        ("orders.at WINDOW", "rn", "p.at desc"),
        ("orders WINDOW", "rn",
         "row_number() over (partition by c.country order by p.at desc)"),
        ("orders AGGREGATION", "rows", "orders o"),
        ("orders.status FILTER", "rows", "o.status = 'paid'"),
        ("orders.customer_id JOIN", "rows", "p.customer_id = c.id"),
        ("orders.z JOIN", "rows", "left(p.z, 2) = 'ab'"),
        ("vip FILTER", "rows", "exists (select 1 from vip v where v.id = c.id)"),
        ("vip.id FILTER", "rows", "v.id = c.id"),
        ("customers.country GROUP_BY", "rows", "c.country"),
        ("orders.amount FILTER", "rows", "sum(p.amount) > 10"),
    }  # fmt: skip


def test_writes() -> None:
    """An assignment, and what decides whether it is done."""
    sql = "update orders o set x = c.a from customers c where c.id = o.customer_id and c.tier = 'a'"
    assert quotes(sql) >= {
        ("customers.a IDENTITY", "x", "x = c.a"),
        ("customers.id CONDITIONAL", "x", "c.id = o.customer_id"),
        ("customers.tier CONDITIONAL", "x", "c.tier = 'a'"),
    }
    merge = """merge into orders o using customers c on o.customer_id = c.id
        when matched and c.tier = 'gold' then update set x = c.a
        when not matched then insert (id, z) values (c.id, upper(c.country))"""
    assert quotes(merge) >= {
        ("customers.id JOIN", "rows", "o.customer_id = c.id"),
        ("customers.tier FILTER", "rows", "c.tier = 'gold'"),
        ("customers.country TRANSFORMATION", "z", "upper(c.country)"),
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_everything_is_quoted(file: Path) -> None:
    """Whatever a text says, it says somewhere; brackets are not cut in two."""
    golden = read(file)
    tables = tuple(
        KnownTable(tuple(name.split(".")), tuple(columns.items()))
        for name, columns in golden.schema.items()
    )
    readout = read_out(Request(Text(golden.sql, golden.dialect), tables))
    for written in readout.written:
        columns = [origin for one in written.columns for origin in one.origins]
        for origin in (*columns, *written.rows, *written.any_column):
            text = _text(golden.sql, origin)
            assert text
            assert text.count("(") == text.count(")")
