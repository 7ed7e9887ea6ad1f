"""`headwater ingest sql`: the DDL of a source becomes its schemas, and the lineage of its views."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.e2e.server import Server, headwater

NAMESPACE = "postgres://db:5432"
TABLES = """
create table Orders (Id int primary key, "Amount" numeric(10, 2), customer int);
create table public."Customers" (id int, name text);
insert into orders values (1, 2, 3);
"""
VIEWS = """
-- made of a view that stands behind it
create view top as select total from revenue where n > 1;
create view revenue as
  select o.id, sum(o."Amount") as total, count(*) as n
  from orders o join "Customers" c on c.id = o.customer
  group by o.id;
"""


def ingest(folder: Path, data: Path, *more: str) -> tuple[int, dict[str, Any], str]:
    """Run the command; give exit code, JSON answer and what it said besides."""
    arguments = ("--namespace", NAMESPACE, "--data", str(data), "--format", "json", *more)
    done = headwater("ingest", "sql", str(folder), *arguments)
    return done.returncode, json.loads(done.stdout or b"{}"), done.stderr.decode()


def written(folder: Path, **files: str) -> Path:
    """A folder of SQL files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.sql").write_text(text)
    return folder


QUESTION = """query ($name: String!) {
  dataset(namespace: "postgres://db:5432", name: $name) {
    type schema { full } columns { name type inSchema }
  }
}"""
LINKS = """{ lineage(roots: [{dataset: {namespace: "postgres://db:5432",
                                         name: "shop.public.top"}}], direction: UPSTREAM) {
  links { edges { node { subtype via { name } evidence { tier }
    source { ...end } target { ...end }
  } } } } }
fragment end on LineageEnd {
  __typename ... on Column { name dataset { name } } ... on Rows { of: dataset { name } }
}"""


def test_tables_and_views_have_the_schemas_that_the_ddl_gives(tmp_path: Path) -> None:
    """Names are completed and folded as the platform does; views are bound in order."""
    folder, data = written(tmp_path / "ddl", a=VIEWS, b=TABLES), tmp_path / "data"
    code, answer, said = ingest(folder, data, "--database", "shop")
    assert (code, said) == (0, "")
    counts = {"tables": 2, "views": 2, "columns": 9, "with_lineage": 2, "other_statements": 1}
    assert answer == {**counts, "troubles": []}
    server = Server(data).start()
    try:
        orders = server.ask(QUESTION, name="shop.public.orders")["dataset"]
        customers = server.ask(QUESTION, name="shop.public.Customers")["dataset"]
        revenue = server.ask(QUESTION, name="shop.public.revenue")["dataset"]
        links = server.ask(LINKS)["lineage"]["links"]["edges"]
    finally:
        server.stop()
    assert (orders["type"], orders["schema"]) == ("TABLE", {"full": True})
    assert [(one["name"], one["type"]) for one in orders["columns"]] == [
        ("id", "INT"),
        ("Amount", "DECIMAL(10, 2)"),
        ("customer", "INT"),
    ]
    assert [one["name"] for one in customers["columns"]] == ["id", "name"]
    assert (revenue["type"], revenue["schema"]) == ("VIEW", {"full": True})
    assert [one["name"] for one in revenue["columns"]] == ["id", "total", "n"]
    told = {
        (_end(link["node"]["source"]), link["node"]["subtype"], _end(link["node"]["target"]))
        for link in links
    }
    assert ("orders.Amount", "AGGREGATION", "revenue.total") in told
    assert ("revenue.total", "IDENTITY", "top.total") in told
    assert ("orders.customer", "JOIN", "revenue rows") in told
    assert ("revenue.n", "FILTER", "top rows") in told
    assert {link["node"]["evidence"][0]["tier"] for link in links} == {"DECLARED"}
    assert {link["node"]["via"]["name"] for link in links} == {
        "shop.public.revenue",
        "shop.public.top",
    }


def _end(end: dict[str, Any]) -> str:
    owner = (end.get("dataset") or end["of"])["name"].rpartition(".")[2]
    return f"{owner}.{end['name']}" if end["__typename"] == "Column" else f"{owner} rows"


def test_a_later_picture_replaces_the_earlier_one(tmp_path: Path) -> None:
    """Columns that are gone are gone, and a view is made of what it is made of now."""
    folder, data = written(tmp_path / "ddl", a=VIEWS, b=TABLES), tmp_path / "data"
    ingest(folder, data, "--database", "shop")
    written(folder, a="create view top as select id from orders", b="create table orders (id int)")
    assert ingest(folder, data, "--database", "shop")[0] == 0
    assert headwater("verify", "--data", str(data)).returncode == 0
    server = Server(data).start()
    try:
        orders = server.ask(QUESTION, name="shop.public.orders")["dataset"]
        links = server.ask(LINKS)["lineage"]["links"]["edges"]
    finally:
        server.stop()
    assert [one["name"] for one in orders["columns"] if one["inSchema"]] == ["id"]
    ends = {(_end(link["node"]["source"]), _end(link["node"]["target"])) for link in links}
    assert ends == {("orders.id", "top.id"), ("orders rows", "top rows")}


def test_what_cannot_be_read_is_told_with_file_and_line(tmp_path: Path) -> None:
    """The rest is stored; what is altered is not said to be known in full."""
    text = "create table t (a int);\n\ncreate tabel u (a int);\nselect (;\n"
    more = "alter table t add column b int;\ncreate table a.b.c.d (x int);\n"
    folder = written(tmp_path / "ddl", one=text, two=more)
    code, answer, _ = ingest(folder, tmp_path / "data", "--database", "shop")
    assert (code, answer["tables"]) == (1, 1)
    told = [(one["file"], one["line"], one["lost"]) for one in answer["troubles"]]
    assert told == [
        ("one.sql", 3, True),
        ("one.sql", 4, True),
        ("two.sql", 1, False),
        ("two.sql", 2, True),
    ]
    server = Server(tmp_path / "data").start()
    try:
        table = server.ask(QUESTION, name="shop.public.t")["dataset"]
    finally:
        server.stop()
    assert (table["schema"], [one["name"] for one in table["columns"]]) == ({"full": False}, ["a"])


def test_names_are_completed_by_the_platform(tmp_path: Path) -> None:
    """What is missing is asked for; `headwater.toml` may tell it; files are no tables."""
    folder = written(tmp_path / "ddl", a="create table t (a int)")
    code, answer, _ = ingest(folder, tmp_path / "data")
    assert (code, answer["tables"]) == (1, 0)
    assert "--database" in answer["troubles"][0]["message"]
    (folder / "headwater.toml").write_text('[project]\ndatabase = "shop"\nschema = "s"\n')
    assert ingest(folder, tmp_path / "data")[:2][1]["tables"] == 1
    told = ("--format", "json", "--data", str(tmp_path / "data"))
    for namespace, code in (("s3://bucket", 3), ("mysql://db:3306", 0), ("warehouse", 0)):
        done = headwater("ingest", "sql", str(folder), "--namespace", namespace, *told)
        assert done.returncode == code, done.stderr
    empty = written(tmp_path / "empty")
    assert ingest(empty, tmp_path / "data")[0] == 3
    assert ingest(folder, tmp_path / "data", "--dialect", "nonsense")[0] == 3
