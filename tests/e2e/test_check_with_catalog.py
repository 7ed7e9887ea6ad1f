"""A check learns from a catalog what breaks beyond the project."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from catalog.app import open_graph_to_read
from catalog.exporting import unpack
from catalog.settings import Settings
from ingest.names import JobName
from tests.e2e.events import NAMESPACE, column_lineage, dataset, facet, run_event, schema
from tests.e2e.server import Server

SETTINGS = f"""[project]
dialect = "postgres"
namespace = "{NAMESPACE}"
database = "shop"
schema = "public"
"""
ORDERS = "CREATE TABLE orders (id int, customer int, amount int);\n"
REVENUE = "CREATE TABLE revenue AS SELECT customer, sum(amount) AS total FROM orders GROUP BY 1;\n"


def sql(query: str) -> dict[str, Any]:
    """The facet of a job that runs a statement."""
    return {"sql": facet(query=query, dialect="postgres")}


@pytest.fixture(scope="module")
def catalog(server: Server) -> Server:
    return told(server)


def told(server: Server) -> Server:
    """The project's own run; behind it a job by its SQL, a job by its facet, and a dashboard."""
    full = schema("id", "customer", "amount")
    labels = facet(tags=[{"key": "pii", "value": "true", "field": "customer"}])
    orders = dataset("shop.public.orders", schema=full, tags=labels)
    server.post(run_event(job="load", run=1, outputs=[orders]))
    server.post(
        run_event(
            job="revenue",
            run=2,
            inputs=["shop.public.orders"],
            outputs=[dataset("shop.public.revenue", schema=schema("customer", "total"))],
            job_facets=sql(
                "create table revenue as select customer, sum(amount) total from orders group by 1"
            ),
        )
    )
    owner = facet(owners=[{"name": "team:finance", "type": "OWNER"}])
    server.post(
        run_event(
            job="ledger",
            run=3,
            inputs=["shop.public.revenue"],
            outputs=[dataset("ledger.public.books", schema=schema("due"))],
            job_facets={
                **sql(
                    "insert into ledger.public.books (due) select total from shop.public.revenue"
                ),
                "ownership": owner,
            },
        )
    )
    lineage = column_lineage({"features": [("shop.public.revenue", "customer")]})
    lake = dataset("lake.features", schema=schema("features"), columnLineage=lineage)
    server.post(run_event(job="spark", run=4, inputs=["shop.public.revenue"], outputs=[lake]))
    marks = facet(tags=[{"key": "headwater.consumer", "value": "dashboard"}])
    server.post(
        run_event(job="board", run=5, inputs=["ledger.public.books"], job_facets={"tags": marks})
    )
    server.settle()
    return server


def project(folder: Path, **files: str) -> Path:
    """A folder of SQL with its settings."""
    folder.mkdir()
    for name, text in {"orders": ORDERS, "revenue": REVENUE, **files}.items():
        (folder / f"{name}.sql").write_text(text)
    (folder / "headwater.toml").write_text(SETTINGS)
    return folder


def check(base: Path, head: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "-m", "catalog", "check", "--base", str(base), "--head", str(head)]
    return subprocess.run(
        [*command, "--format", "json", "--no-cache", *more],
        capture_output=True,
        text=True,
        check=False,
    )


def judged(catalog: Server, base: Path, head: Path) -> tuple[int, dict[str, Any]]:
    """The exit code, and the report with its impacts by name."""
    done = check(base, head, "--server", catalog.url)
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    return done.returncode, {**report, "by": {one["name"]: one for one in report["impacts"]}}


def test_a_renamed_output_breaks_other_repositories(catalog: Server, tmp_path: Path) -> None:
    """The project itself is fine; a job elsewhere is not, and what is behind it gets stale."""
    base = project(tmp_path / "base")
    head = project(tmp_path / "head", revenue=REVENUE.replace("AS total", "AS sum_total"))
    code, report = judged(catalog, base, head)
    assert (code, report["verdict"], report["complete"]) == (1, "fail", True)
    books = report["by"]["ledger.public.books"]
    assert (books["verdict"], books["certainty"]) == ("BREAKS", "PROVEN")
    assert books["owners"] == ["team:finance"]
    assert books["namespace"] == NAMESPACE
    assert books["columns"] == ["total"]
    assert books["proof"]["file"] == "ledger"
    board = report["by"]["board"]
    assert (board["kind"], board["verdict"]) == ("consumer", "BLOCKED")
    assert "lake.features" not in report["by"]
    assert (report["coverage"]["jobs"], report["coverage"]["parsed"]) == (4, 2)
    alone = check(base, head)
    assert (alone.returncode, json.loads(alone.stdout)["impacts"]) == (0, [])


def test_what_breaks_in_the_project_makes_others_stale(catalog: Server, tmp_path: Path) -> None:
    """A model that fails is not made any more, whoever reads it."""
    base = project(tmp_path / "base")
    head = project(tmp_path / "head", orders="CREATE TABLE orders (id int, customer int);\n")
    code, report = judged(catalog, base, head)
    assert code == 1
    assert report["by"]["revenue"]["verdict"] == "BREAKS"
    for name in ("ledger.public.books", "lake.features", "board"):
        assert report["by"][name]["verdict"] == "BLOCKED", name
        assert report["by"][name]["reason"] == "revenue breaks, so it gets stale."


def test_other_values_reach_only_what_reads_them(catalog: Server, tmp_path: Path) -> None:
    """A logic change passes on as values, over SQL and recorded links alike."""
    base = project(tmp_path / "base")
    head = project(tmp_path / "head", revenue=REVENUE.replace("sum(amount)", "max(amount)"))
    code, report = judged(catalog, base, head)
    assert code == 0
    assert report["by"]["ledger.public.books"]["verdict"] == "VALUES_CHANGE"
    assert "lake.features" not in report["by"]


def test_a_relation_that_the_catalog_does_not_know_is_told(catalog: Server, tmp_path: Path) -> None:
    """Never silently: it is named, and the report is not complete."""
    extra = "CREATE TABLE margins AS SELECT id, amount AS margin FROM orders;\n"
    base = project(tmp_path / "base", margins=extra)
    head = project(tmp_path / "head", margins=extra.replace("AS margin", "AS gain"))
    code, report = judged(catalog, base, head)
    assert (code, report["verdict"], report["complete"]) == (0, "warn", False)
    assert report["coverage"]["unmatched"] == [f"{NAMESPACE} shop.public.margins"]


def test_rules_say_what_the_catalog_calls_relations(catalog: Server, tmp_path: Path) -> None:
    """A project that is built elsewhere than it runs."""
    base = project(tmp_path / "base")
    head = project(tmp_path / "head", revenue=REVENUE.replace("AS total", "AS sum_total"))
    for folder in (base, head):
        toml = SETTINGS.replace("shop", "dev") + (
            '[[project.names]]\nfrom = " dev\\\\."\nto = " shop."\n'
        )
        (folder / "headwater.toml").write_text(toml)
    code, report = judged(catalog, base, head)
    assert (code, report["by"]["ledger.public.books"]["verdict"]) == (1, "BREAKS")


def test_a_catalog_that_does_not_answer_is_no_pass(tmp_path: Path) -> None:
    """Exit 3 and words; a project that does not say where it lives: exit 2."""
    base = project(tmp_path / "base")
    head = project(tmp_path / "head", revenue=REVENUE.replace("AS total", "AS sum_total"))
    done = check(base, head, "--server", "http://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (3, "")
    assert "does not answer" in done.stderr
    (head / "headwater.toml").write_text('[project]\ndialect = "postgres"\n')
    done = check(base, head, "--server", "http://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (2, "")
    assert "namespace" in done.stderr


def export(catalog: Server, to: Path, *more: str) -> str:
    """Export a snapshot from beside the running server; give what the command says."""
    command = [sys.executable, "-m", "catalog", "export", "--snapshot", str(to)]
    done = subprocess.run(
        [*command, "--data", str(catalog.data), *more], capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr


@pytest.fixture
def renamed(tmp_path: Path) -> tuple[Path, Path]:
    """A project whose output column gets another name."""
    base = project(tmp_path / "base")
    head = project(tmp_path / "head", revenue=REVENUE.replace("AS total", "AS sum_total"))
    return base, head


def of(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    """The impacts by name."""
    return {one["name"]: one for one in json.loads(done.stdout)["impacts"]}


def test_a_snapshot_tells_what_a_server_does(
    catalog: Server, renamed: tuple[Path, Path], tmp_path: Path
) -> None:
    """With SQL the same report; without it breaks are observed, and there is no SQL in it."""
    bare, full = tmp_path / "bare.snapshot", tmp_path / "full.snapshot"
    assert "digest" in export(catalog, bare)
    export(catalog, full, "--with-sql")
    asked = of(check(*renamed, "--server", catalog.url))
    proved = check(*renamed, "--snapshot", str(full))
    assert (proved.returncode, of(proved)) == (1, asked)
    assert "exported" in proved.stderr
    observed = check(*renamed, "--snapshot", str(bare))
    assert observed.returncode == 1
    books = of(observed)["ledger.public.books"]
    assert (books["verdict"], books["certainty"]) == ("BREAKS", "OBSERVED")
    assert books["owners"] == ["team:finance"]
    with zipfile.ZipFile(bare) as packed:
        assert not [name for name in packed.namelist() if b"insert into" in packed.read(name)]
    with zipfile.ZipFile(full) as packed:
        assert [name for name in packed.namelist() if b"insert into" in packed.read(name)]
    assert "sum(amount)" in quoted(full, tmp_path / "full")
    assert not quoted(bare, tmp_path / "bare")


def quoted(snapshot: Path, folder: Path) -> set[str]:
    """What a snapshot quotes for the links into the revenue."""

    async def ask() -> set[str]:
        async with open_graph_to_read(Settings(data=folder, store="sqlite")) as graph:
            job = JobName("airflow", "revenue")
            return {one.text for seen in (await graph.claims([job]))[job] for one in seen.quotes}

    folder.mkdir()
    unpack(snapshot, folder)
    return asyncio.run(ask())


def test_what_is_no_snapshot_is_no_pass(
    catalog: Server, renamed: tuple[Path, Path], tmp_path: Path
) -> None:
    """Cut off, or missing: exit 3. Old: a report that is not complete."""
    file, cut, old = (tmp_path / name for name in ("whole", "cut", "old"))
    export(catalog, file)
    cut.write_bytes(file.read_bytes()[:-200])
    for wrong in (cut, tmp_path / "missing"):
        done = check(*renamed, "--snapshot", str(wrong))
        assert (done.returncode, done.stdout) == (3, "")
        assert "cannot be read" in done.stderr
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(old, "w") as other:
        about = {**json.loads(packed.read("about.json")), "exportedAt": "2020-01-01T00:00:00+00:00"}
        other.writestr("about.json", json.dumps(about))
        other.writestr("graph.db", packed.read("graph.db"))
    done = check(*renamed, "--snapshot", str(old))
    assert (done.returncode, json.loads(done.stdout)["complete"]) == (1, False)


def test_no_file_of_the_project_is_blamed_for_a_break_elsewhere(
    catalog: Server, renamed: tuple[Path, Path]
) -> None:
    """The proof lies in SQL that is none of its files: SARIF names the thing alone."""
    done = check(*renamed, "--server", catalog.url, "--format", "sarif")
    places = [one["locations"][0] for one in json.loads(done.stdout)["runs"][0]["results"]]
    assert [one["logicalLocations"][0]["fullyQualifiedName"] for one in places] == [
        "ledger.public.books",
        "board",
    ]
    assert not any("physicalLocation" in one for one in places)
    noted = check(*renamed, "--server", catalog.url, "--github")
    assert "::error" not in noted.stdout


ACKNOWLEDGE = """mutation ($namespace: String!, $name: String!, $change: String!, $until: Date!) {
  acknowledge(
    thing: { dataset: { namespace: $namespace, name: $name } }
    change: $change, by: "ana", why: "moves next week", until: $until
  ) { id }
}"""
BOOKS = "ledger.public.books"
ELSEWHERE = "postgres://other:5432"


@pytest.mark.parametrize(
    ("namespace", "change", "code"),
    [
        (NAMESPACE, "renamed shop.public.revenue.total", 0),
        (NAMESPACE, "renamed shop.public.orders.amount", 1),
        (ELSEWHERE, "renamed shop.public.revenue.total", 1),
    ],
)
def test_what_is_accepted_in_the_catalog_counts(
    fresh_server: Server, tmp_path: Path, namespace: str, change: str, code: int
) -> None:
    """An owner's word on a change of the project, as the catalog calls it, for one thing alone."""
    server = told(fresh_server.start())
    server.post(run_event(job="twin", run=9, outputs=[{"namespace": ELSEWHERE, "name": BOOKS}]))
    server.settle()
    server.ask(ACKNOWLEDGE, namespace=namespace, name=BOOKS, change=change, until="2999-01-01")
    server.settle()
    base = project(tmp_path / "base")
    head = project(tmp_path / "head", revenue=REVENUE.replace("AS total", "AS sum_total"))
    returned, report = judged(server, base, head)
    assert returned == code
    books = report["by"]["ledger.public.books"]
    assert ("acknowledged" in books) == (code == 0)


def test_who_accepts_that_a_model_breaks_accepts_what_it_makes_stale(
    fresh_server: Server, tmp_path: Path
) -> None:
    """The project calls the relation otherwise than the catalog; what is stale is beyond it."""
    server = told(fresh_server.start())
    change = "removed shop.public.orders.amount"
    revenue = "shop.public.revenue"
    server.ask(ACKNOWLEDGE, namespace=NAMESPACE, name=revenue, change=change, until="2999-01-01")
    server.settle()
    base = project(tmp_path / "base")
    head = project(tmp_path / "head", orders="CREATE TABLE orders (id int, customer int);\n")
    code, report = judged(server, base, head)
    assert code == 0
    assert {one["name"] for one in report["impacts"]} == {
        "revenue",
        BOOKS,
        "lake.features",
        "board",
    }
    assert all("acknowledged" in one for one in report["impacts"])
    snapshot = tmp_path / "catalog.snapshot"
    export(server, snapshot, "--with-sql")
    done = check(base, head, "--snapshot", str(snapshot))
    assert (done.returncode, of(done)) == (0, {one["name"]: one for one in report["impacts"]})


def test_who_gets_values_that_are_labelled_in_the_catalog_is_told(
    catalog: Server, tmp_path: Path
) -> None:
    """Of a column that goes on as it did, its consumers elsewhere; a snapshot says the same."""
    base = project(tmp_path / "base")
    head = project(tmp_path / "head", revenue=REVENUE.replace("sum(amount)", "max(customer)"))
    code, report = judged(catalog, base, head)
    assert code == 0
    told = [(one["label"], one["source"], one["name"]) for one in report["labelled"]]
    assert told == [("pii", "orders.customer", "board")]
    (one,) = report["labelled"]
    assert (one["kind"], one["namespace"]) == ("consumer", "airflow")
    snapshot = tmp_path / "catalog.snapshot"
    export(catalog, snapshot)
    done = check(base, head, "--snapshot", str(snapshot))
    assert json.loads(done.stdout)["labelled"] == report["labelled"]
