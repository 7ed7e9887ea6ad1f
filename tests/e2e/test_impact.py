"""SQL in events becomes column lineage, and what a change breaks is told over all of it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import Any

import pytest

from tests.e2e.events import NAMESPACE, dataset, facet, run_event, schema
from tests.e2e.server import Server
from tests.e2e.shop import REVENUE, SPACE, post_shop


@pytest.fixture(scope="module")
def catalog(server: Server) -> Server:
    """A shop."""
    post_shop(server)
    return server


UPSTREAM = """query ($column: ColumnInput!) {
  lineage(roots: [{column: $column}], direction: UPSTREAM, depth: 1) {
    reached(first: 100) { edges { node {
      end { __typename
            ... on Column { name dataset { name } } ... on Rows { of: dataset { name } } }
      path { subtype kind evidence { tier quote { text } } } } } } } }"""


def upstream(catalog: Server, column: str) -> set[tuple[str, str]]:
    """The ends that a column of the revenue model comes from, each with how."""
    told = catalog.ask(UPSTREAM, column={"namespace": SPACE, "name": REVENUE, "column": column})
    found: set[tuple[str, str]] = set()
    for edge in told["lineage"]["reached"]["edges"]:
        end, (step,) = edge["node"]["end"], edge["node"]["path"][-1:]
        of = end.get("dataset") or end["of"]
        name = f"{of['name'].rpartition('.')[2]}.{end.get('name', '*')}"
        found.add((name, f"{step['kind']} {step['subtype']}"))
    return found


def test_sql_shows_what_the_producer_does_not_tell(catalog: Server) -> None:
    """Rows that are counted, the other side of a join; but no CTE, which it takes for a table."""
    counted = upstream(catalog, "n_orders")
    assert ("stg_orders.*", "DIRECT AGGREGATION") in counted
    assert {name for name, _ in counted} == {
        "stg_orders.*",
        "stg_orders.customer_id",
        "stg_customers.customer_id",
    }
    hashed = upstream(catalog, "email_hash")
    assert ("stg_customers.email", "DIRECT TRANSFORMATION") in hashed


def test_evidence_quotes_the_expression(catalog: Server) -> None:
    """The link says which expression makes the column."""
    column = {"namespace": SPACE, "name": REVENUE, "column": "email_hash"}
    told = catalog.ask(UPSTREAM, column=column)["lineage"]["reached"]["edges"]
    quotes = {
        one["quote"]["text"]
        for edge in told
        for one in edge["node"]["path"][-1]["evidence"]
        if one["quote"]
    }
    assert quotes == {"md5(c.email)"}


def test_evidence_quotes_what_decides(catalog: Server) -> None:
    """Whatever decides about a column or the rows has the clause by which it does."""
    query = """query ($from: [ThingInput!]!, $job: String!) {
      lineage(roots: $from, direction: DOWNSTREAM, depth: 1) {
        links(first: 100) { edges { node { kind subtype target { __typename ... on Column { name } }
          via { name } evidence { tier quote { text start } } } } } }
      job(namespace: "dbt-corpus", name: $job) { sql { query } } }"""
    of = {"namespace": SPACE, "name": "shop.analytics.stg_customers"}
    keys = [{"column": {**of, "column": column}} for column in ("customer_id", "country")]
    told = catalog.ask(query, **{"from": keys, "job": "shop.analytics.jaffle.customer_revenue"})
    found = {
        (one["node"]["subtype"], one["node"]["target"].get("name")): evidence["quote"]
        for one in told["lineage"]["links"]["edges"]
        for evidence in one["node"]["evidence"]
        if evidence["tier"] == "PARSED"
    }
    joined = found["JOIN", "revenue"]
    assert joined["text"] == "a.customer_id = c.customer_id"
    assert told["job"]["sql"]["query"][joined["start"] :].startswith(joined["text"])
    assert found["WINDOW", "country_rank"]["text"] == "c.country"
    assert found["IDENTITY", "customer_id"]["text"] == "c.customer_id"


def test_reading_and_coverage(catalog: Server) -> None:
    """A job says what became of its SQL, and the catalog how much of all it could read."""
    query = """query ($name: String!) {
      job(namespace: "dbt-corpus", name: $name) { reading { bound trouble { code } unmatched } }
      coverage { sql { jobs bound unread unreadJobs { job { name } trouble { code } } } } }"""
    told = catalog.ask(query, name="shop.analytics.jaffle.customer_revenue")
    assert told["job"]["reading"] == {"bound": True, "trouble": None, "unmatched": []}
    assert told["coverage"]["sql"] == {
        "jobs": 4,
        "bound": 1,
        "unread": 0,
        "unreadJobs": [],
    }


IMPACT = """query ($changes: [ChangeInput!]!, $asOf: DateTime, $first: Int = 100, $after: String) {
  impact(changes: $changes, asOf: $asOf) {
    headline verdict complete totals { verdict things }
    coverage { jobs parsed truncated }
    impacts(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges {
      node { kind namespace name verdict certainty columns reason path owners jobs criticality
             proof { message file line column sql } effects { rows columns } } } } } }"""


def change(kind: str, name: str, column: str | None = None, **more: str) -> dict[str, Any]:
    """A change to a dataset of the warehouse."""
    of: dict[str, Any] = {"namespace": SPACE, "name": name}
    if column is None:
        return {"kind": kind, "of": {"dataset": of}, **more}
    return {"kind": kind, "of": {"column": {**of, "column": column}}, **more}


def impacts(catalog: Server, *changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What changes do, by the name of what is hit."""
    told = catalog.ask(IMPACT, changes=list(changes))["impact"]
    return {edge["node"]["name"]: edge["node"] for edge in told["impacts"]["edges"]}


def test_a_removed_column_breaks_what_reads_it(catalog: Server) -> None:
    """Proved by the SQL where there is any; what is behind gets stale."""
    found = impacts(catalog, change("REMOVED", "shop.analytics.stg_orders", "net_amount"))
    broken = found[REVENUE]
    assert (broken["verdict"], broken["certainty"]) == ("BREAKS", "PROVEN")
    assert broken["columns"] == ["net_amount"]
    assert broken["proof"]["file"] == "shop.analytics.jaffle.customer_revenue"
    line, at = broken["proof"]["sql"], broken["proof"]["column"] - 1
    assert line[at : at + len("net_amount")] == "net_amount"
    assert broken["path"] == ["shop.analytics.stg_orders.net_amount", REVENUE]
    assert found["lake.forecast"]["verdict"] == "BLOCKED"
    assert found["lake.forecast"]["owners"] == ["team:science"]
    assert {one["criticality"] for one in (found["board"], found["lake.forecast"], broken)} == {
        "HIGH"
    }
    assert found["shop.analytics.orders_inc"]["criticality"] == "NORMAL"
    assert found["board"]["verdict"] == "BLOCKED"
    assert found["board"]["kind"] == "CONSUMER"


WAYS_ON = """query ($changes: [ChangeInput!]!) {
  impact(changes: $changes) { csv markdown headline impacts { edges { node {
    name thing { __typename id namespace name } makers { __typename name }
    proof { column length sql } edits { before after } } } } } }"""


def test_an_impact_leads_on(catalog: Server) -> None:
    """To the thing and to the jobs that make it, to what is to blame, and what would mend it."""
    changes = [change("RENAMED", "shop.analytics.stg_orders", "net_amount", to="net")]
    report = catalog.ask(WAYS_ON, changes=changes)["impact"]
    found = {edge["node"]["name"]: edge["node"] for edge in report["impacts"]["edges"]}
    broken = found[REVENUE]
    thing = catalog.ask("query ($id: ID!) { dataset(id: $id) { name } }", id=broken["thing"]["id"])
    assert thing["dataset"]["name"] == REVENUE
    assert broken["makers"] == [
        {"__typename": "Job", "name": "shop.analytics.jaffle.customer_revenue"}
    ]
    at = broken["proof"]["column"] - 1
    blamed = broken["proof"]["sql"][at : at + broken["proof"]["length"]]
    assert blamed.endswith("net_amount")
    (edit,) = broken["edits"]
    assert edit["after"] == edit["before"].replace("net_amount", "net")
    board = found["board"]["thing"]
    assert (board["__typename"], board["namespace"]) == ("Job", "airflow")


def test_of_several_writers_the_one_that_breaks_is_named(fresh_server: Server) -> None:
    """As the job that it is, where it lives; the dataset that it also writes gets stale."""
    server = fresh_server.start()
    full = schema("id", "amount")
    server.post(run_event(job="load", run=1, outputs=[dataset("shop.public.orders", schema=full)]))
    for run, column in ((2, "id"), (3, "amount")):
        query = f"insert into shop.public.numbers (x) select {column} from shop.public.orders"  # noqa: S608
        server.post(
            run_event(
                job=f"from_{column}",
                run=run,
                inputs=["shop.public.orders"],
                outputs=[dataset("shop.public.numbers", schema=schema("x"))],
                job_facets={"sql": facet(query=query, dialect="postgres")},
            )
        )
    server.settle()
    of = {"column": {"namespace": NAMESPACE, "name": "shop.public.orders", "column": "amount"}}
    report = server.ask(WAYS_ON, changes=[{"kind": "REMOVED", "of": of}])["impact"]
    broken, stale = [edge["node"] for edge in report["impacts"]["edges"]]
    job = {"__typename": "Job", "namespace": "airflow", "name": "from_amount"}
    assert {**broken["thing"], "id": ""} == {**job, "id": ""}
    assert (stale["name"], len(stale["makers"])) == ("shop.public.numbers", 2)


def test_a_report_as_text(catalog: Server) -> None:
    """As Markdown for people, and as CSV in which nothing is computed."""
    changes = [change("REMOVED", "shop.analytics.stg_orders", "net_amount")]
    report = catalog.ask(WAYS_ON, changes=changes)["impact"]
    assert report["headline"].split(":")[0] in report["markdown"]
    rows = list(csv.DictReader(io.StringIO(report["csv"])))
    assert [row["name"] for row in rows] == [
        edge["node"]["name"] for edge in report["impacts"]["edges"]
    ]
    assert rows[0]["verdict"] == "BREAKS"
    assert "net_amount" in rows[0]["sql"]


def test_without_sql_recorded_links_tell(catalog: Server) -> None:
    """Of a job known by its facet alone a break is observed; another type cannot be judged."""
    broken = impacts(catalog, change("REMOVED", REVENUE, "revenue"))["lake.forecast"]
    assert (broken["verdict"], broken["certainty"]) == ("BREAKS", "OBSERVED")
    forecasted = {"namespace": NAMESPACE, "name": "lake.forecast", "column": "expected"}
    retype: dict[str, Any] = {"kind": "RETYPED", "of": {"column": forecasted}, "to": "text"}
    board = impacts(catalog, retype)["board"]
    assert (board["verdict"], board["certainty"]) == ("UNKNOWN", None)
    assert impacts(catalog, change("REMOVED", REVENUE, "last_order")) == {}
    valued = impacts(catalog, change("VALUES", REVENUE, "revenue"))["lake.forecast"]
    assert (valued["verdict"], valued["columns"]) == ("VALUES_CHANGE", ["expected"])


def test_an_added_column_and_a_comment_affect_nobody(catalog: Server) -> None:
    """What nobody reads, and a rewrite that means the same."""
    assert impacts(catalog, change("ADDED", REVENUE, "brand_new", to="int")) == {}
    query = (
        "select id as customer_id, upper(name) as customer_name, email, country -- same\n"
        'from "shop"."analytics"."raw_customers"'
    )
    assert impacts(catalog, change("LOGIC", "shop.analytics.stg_customers", sql=query)) == {}


def test_new_logic_is_compared_with_the_old(catalog: Server) -> None:
    """A filter in a model changes the rows of what reads it."""
    query = (
        "select id as customer_id, upper(name) as customer_name, email, country "
        'from "shop"."analytics"."raw_customers" where country = \'CH\''
    )
    found = impacts(catalog, change("LOGIC", "shop.analytics.stg_customers", sql=query))
    assert found[REVENUE]["verdict"] == "ROWS_CHANGE"


def test_pages_and_totals(catalog: Server) -> None:
    """Pages of one are the whole, in order."""
    changes = [change("REMOVED", "shop.analytics.stg_orders", "net_amount")]
    whole = catalog.ask(IMPACT, changes=changes)["impact"]["impacts"]
    names = [edge["node"]["name"] for edge in whole["edges"]]
    paged: list[str] = []
    after, more = None, True
    while more:
        page = catalog.ask(IMPACT, changes=changes, first=1, after=after)["impact"]["impacts"]
        paged += [edge["node"]["name"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert paged == names


def test_a_column_that_may_be_null_may_break_what_asks_for_values(catalog: Server) -> None:
    """A test of a column that is made of it, over two queries, and nothing else."""
    found = impacts(catalog, change("NULLABILITY", "shop.analytics.raw_customers", "name"))
    check = found.pop(f"not_null of {REVENUE}.customer_name")
    assert (check["kind"], check["verdict"]) == ("CHECK", "BREAKS")
    assert (check["certainty"], check["namespace"]) == ("DATA_DEPENDENT", SPACE)
    assert check["reason"] == (
        '"customer_name" is NULL where shop.analytics.raw_customers.name is.'
    )
    assert check["path"][0] == "shop.analytics.raw_customers.name"
    assert found == {}
    assert impacts(catalog, change("NULLABILITY", "shop.analytics.raw_customers", "country")) == {}


def test_what_may_not_be_null_any_more_is_held_against_its_query(catalog: Server) -> None:
    """An outer join leaves the count of orders empty; the sum is replaced by 0."""
    found = impacts(catalog, change("NULLABILITY", REVENUE, "n_orders", to="not null"))
    assert found[f"{REVENUE}.n_orders NOT NULL"]["verdict"] == "BREAKS"
    assert found[REVENUE]["verdict"] == "BLOCKED"
    assert impacts(catalog, change("NULLABILITY", REVENUE, "revenue", to="not null")) == {}


def test_jobs_that_read_what_each_other_wrote(catalog: Server) -> None:
    """A lost column comes to each once; names without quotes are found however they are written."""
    jobs = {
        "scored": "create table scored as select r.Id, r.Note, p.Points from raw r "
        "left join points p on p.ID = r.id",
        "points": "create table points as select id, note, 1 as points from Scored",
    }
    raw = dataset("shop.public.raw", schema=schema("id", "note"))
    scored, points = (dataset(f"shop.public.{one}") for one in jobs)
    reads = {"scored": [raw, points], "points": [scored]}
    for run, (name, sql) in enumerate(jobs.items(), 20):
        text = {"sql": facet(query=sql, dialect="postgres")}
        written = [dataset(f"shop.public.{name}")]
        catalog.post(
            run_event(job=name, run=run, inputs=reads[name], outputs=written, job_facets=text)
        )
    catalog.post(run_event(job="loads", run=30, outputs=[raw]))
    catalog.settle()
    lost: dict[str, Any] = {"namespace": NAMESPACE, "name": "shop.public.raw", "column": "note"}
    found = impacts(catalog, {"kind": "REMOVED", "of": {"column": lost}})
    assert {name: one["verdict"] for name, one in found.items()} == {
        "shop.public.scored": "BREAKS",
        "shop.public.points": "BLOCKED",
    }
    assert found["shop.public.points"]["path"] == [
        "shop.public.raw.note",
        "shop.public.scored",
        "shop.public.points",
    ]


def test_what_is_inserted_by_position_has_to_fit(catalog: Server) -> None:
    """A table that is only added to is there before, with columns of its own."""
    raw = dataset("shop.public.visits", schema=schema("id", "page"))
    kept = dataset("shop.public.visits_kept", schema=schema("id", "page"))
    text = {"sql": facet(query="insert into visits_kept select * from visits", dialect="postgres")}
    catalog.post(run_event(job="visits", run=31, outputs=[raw]))
    catalog.post(run_event(job="keep", run=32, inputs=[raw], outputs=[kept], job_facets=text))
    catalog.settle()
    of: dict[str, Any] = {"namespace": NAMESPACE, "name": "shop.public.visits"}
    more = {"kind": "ADDED", "of": {"column": {**of, "column": "agent"}}, "to": "text"}
    broken = impacts(catalog, more)["shop.public.visits_kept"]
    assert (broken["verdict"], broken["certainty"]) == ("BREAKS", "PROVEN")
    told = impacts(catalog, {"kind": "ROWS", "of": {"dataset": of}})["shop.public.visits_kept"]
    assert told["verdict"] == "ROWS_CHANGE"
    assert "a full refresh changes the past" in told["reason"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"changes": []}, "invalid"),
        ({"changes": [change("REMOVED", "no.such.table")]}, "not_found"),
        ({"changes": [change("RETYPED", REVENUE, "revenue")]}, "invalid"),
        ({"changes": [change("RETYPED", REVENUE, "revenue", to="text")]}, "invalid"),
        (
            {"changes": [change("REMOVED", REVENUE), change("REMOVED", REVENUE, "revenue")]},
            "invalid",
        ),
        (  # of raw_orders no query is known that makes it
            {"changes": [change("LOGIC", "shop.analytics.raw_orders", sql="select 1 as id")]},
            "invalid",
        ),
        ({"changes": [change("REORDERED", REVENUE)]}, "invalid"),
        ({"changes": [change("NULLABILITY", REVENUE)]}, "invalid"),
        ({"changes": [change("NULLABILITY", REVENUE, "revenue", to="maybe")]}, "invalid"),
        (
            {"changes": [change("REMOVED", REVENUE)], "asOf": "2026-01-01T00:00:00Z"},
            "invalid",
        ),
    ],
)
def test_what_cannot_be_judged_is_refused(
    catalog: Server, asked: dict[str, Any], code: str
) -> None:
    """With a code and in words."""
    told = catalog.ask_for_all(IMPACT, **asked)
    assert [error["extensions"]["code"] for error in told["errors"]] == [code]


def test_the_command_says_the_same(catalog: Server) -> None:
    """`headwater impact`, beside a running server."""
    command = [sys.executable, "-m", "catalog", "impact", "removed", "shop.analytics.stg_orders"]
    command += ["net_amount", "--format", "json", "--data", str(catalog.data)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    found = impacts(catalog, change("REMOVED", "shop.analytics.stg_orders", "net_amount"))
    assert told["verdict"] == "fail"
    assert {one["name"]: one["verdict"] for one in told["impacts"]} == {
        name: one["verdict"] for name, one in found.items()
    }


def test_the_graph_is_what_the_log_says(catalog: Server) -> None:
    """Reading all SQL anew gives the same digest."""
    catalog.stop()
    command = [sys.executable, "-m", "catalog", "verify", "--data", str(catalog.data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    catalog.start()


def test_a_query_that_is_in_no_file_is_told(catalog: Server) -> None:
    """Wrong usage, in words and without a trace."""
    command = [sys.executable, "-m", "catalog", "impact", "logic", REVENUE, "--sql", "no-such.sql"]
    done = subprocess.run(
        [*command, "--data", str(catalog.data)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "does not exist" in done.stderr
    assert "Traceback" not in done.stderr
