"""Questions are answered, whole or in pages; what cannot be meant is refused with a code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.e2e.events import NAMESPACE, column_lineage, dataset, facet, run_event, schema
from tests.e2e.server import Server


def step(place: int, width: int = 1, **job_facets: Any) -> dict[str, Any]:
    """A job that makes t1, t2 … of the table before, column by column."""
    columns = [f"c{number}" for number in range(width)]
    lineage = column_lineage({column: [(f"t{place}", column)] for column in columns})
    output = dataset(f"t{place + 1}", schema=schema(*columns), columnLineage=lineage)
    source = dataset(f"t{place}", schema=schema(*columns))
    return run_event(
        job=f"step{place}", run=place, inputs=[source], outputs=[output], job_facets=job_facets
    )


@pytest.fixture(scope="module")
def chain(server: Server) -> Server:
    """A chain of tables t1 → t2 → t3 → t4, read by a dashboard, with an owner."""
    owner = facet(owners=[{"name": "team:data", "type": "OWNER"}])
    tags = facet(
        tags=[
            {"key": "headwater.consumer", "value": "dashboard"},
            {"key": "headwater.criticality", "value": "high"},
        ]
    )
    for event in (
        step(1, 3, ownership=owner),
        step(2, 3),
        step(3, 3),
        run_event(job="board", run=9, inputs=["t4"], job_facets={"tags": tags}),
    ):
        server.post(event)
    server.settle()
    return server


LINEAGE = """query ($limit: Int = 100, $depth: Int, $first: Int = 100, $after: String,
                     $grain: Grain! = COLUMN, $direction: Direction! = DOWNSTREAM, $root: String!) {
  lineage(roots: [{dataset: {namespace: "postgres://db:5432", name: $root}}], limit: $limit,
          depth: $depth, grain: $grain, direction: $direction) {
    truncated
    answered { consistent }
    totals { reached datasets columns jobs }
    reached(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { depth path { via { name } } end {
        __typename
        ... on Column { name dataset { name } }
        ... on Rows { of: dataset { name } }
        ... on Dataset { name }
        ... on Job { name }
      } } }
    }
  }
}"""


def reached(answer: dict[str, Any]) -> list[Any]:
    """What an answer reached, as told."""
    return [edge["node"] for edge in answer["lineage"]["reached"]["edges"]]


def test_lineage_at_dataset_grain_ends_in_the_dashboard(chain: Server) -> None:
    answer = chain.ask(LINEAGE, root="t1", grain="DATASET")
    ends = [(node["end"]["name"], node["depth"]) for node in reached(answer)]
    assert ends == [("t2", 1), ("t3", 2), ("t4", 3), ("board", 4)]
    assert [len(node["path"]) for node in reached(answer)] == [1, 2, 3, 4]
    assert answer["lineage"]["answered"]["consistent"] is True


def test_lineage_upstream_is_the_way_back(chain: Server) -> None:
    answer = chain.ask(LINEAGE, root="t4", grain="DATASET", direction="UPSTREAM")
    assert [node["end"]["name"] for node in reached(answer)] == ["t3", "t2", "t1"]


def test_columns_lie_within_the_datasets(chain: Server) -> None:
    """Law 5."""
    answer = chain.ask(LINEAGE, root="t1")
    names = {
        node["end"]["dataset"]["name"]
        for node in reached(answer)
        if node["end"].get("name") and node["end"]["__typename"] == "Column"
    }
    assert names == {"t2", "t3", "t4"}
    assert answer["lineage"]["totals"]["columns"] == 9


@pytest.mark.parametrize("limits", [{"limit": 1}, {"limit": 5}, {"depth": 1}, {"depth": 2}])
def test_a_limited_answer_is_a_part_and_says_so(chain: Server, limits: dict[str, int]) -> None:
    """Law 7."""
    whole, part = chain.ask(LINEAGE, root="t1"), chain.ask(LINEAGE, root="t1", **limits)
    assert part["lineage"]["truncated"] is True
    assert whole["lineage"]["truncated"] is False
    assert reached(whole)[: len(reached(part))] == reached(part)
    assert 0 < len(reached(part)) < len(reached(whole))


def test_pages_are_the_whole(chain: Server) -> None:
    whole = chain.ask(LINEAGE, root="t1")
    assert [node for page in pages(chain) for node in page] == reached(whole)


def pages(server: Server) -> Iterator[list[Any]]:
    """The same answer in pages of four."""
    after: str | None = None
    while True:
        answer = server.ask(LINEAGE, root="t1", first=4, after=after)
        yield reached(answer)
        info = answer["lineage"]["reached"]["pageInfo"]
        if not info["hasNextPage"]:
            return
        after = info["endCursor"]


def test_consumers_are_named_with_their_mark(chain: Server) -> None:
    question = """query ($namespace: String!) {
      consumers(of: {column: {namespace: $namespace, name: "t1", column: "c0"}}) {
        truncated found { totalCount edges { node { mark criticality depth thing { name } } } }
      }
    }"""
    found = chain.ask(question, namespace=NAMESPACE)["consumers"]["found"]
    board = {"mark": "dashboard", "criticality": "HIGH", "depth": 4, "thing": {"name": "board"}}
    assert found == {"totalCount": 1, "edges": [{"node": board}]}


def test_a_thing_is_found_and_asked_for_by_its_id(chain: Server) -> None:
    found = chain.ask('{ search(text: "T3") { ... on Dataset { id name } } }')["search"]
    assert found[0]["name"] == "t3"
    question = "query ($id: ID!) { dataset(id: $id) { name columns { name type inSchema } } }"
    answer = chain.ask(question, id=found[0]["id"])["dataset"]
    assert answer["columns"][0] == {"name": "c0", "type": "int", "inSchema": True}


def test_links_have_evidence(chain: Server) -> None:
    """The job was last heard of months ago and has no code version: unconfirmed."""
    question = """{ lineage(roots: [{column: {namespace: "postgres://db:5432", name: "t1",
                                              column: "c0"}}], depth: 1) {
      links { edges { node { kind subtype status via { name owners { name } }
        evidence { tier producer codeVersion authoritative } } } } } }"""
    [edge] = chain.ask(question)["lineage"]["links"]["edges"]
    assert edge["node"] == {
        "kind": "DIRECT",
        "subtype": "IDENTITY",
        "status": "UNCONFIRMED",
        "via": {"name": "step1", "owners": [{"name": "team:data"}]},
        "evidence": [
            {
                "tier": "FACET",
                "producer": "https://example.com/producer",
                "codeVersion": "none",
                "authoritative": True,
            }
        ],
    }


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ('{ dataset(namespace: "no", name: "where") { name } }', "not_found"),
        ('{ dataset(id: "garbage") { name } }', "invalid"),
        ("{ dataset { name } }", "invalid"),
        ("{ lineage(roots: []) { truncated } }", "invalid"),
        ("{ things(first: 100000) { totalCount } }", "invalid"),
        ('{ runs(after: "x") { totalCount } }', "invalid"),
    ],
)
def test_what_cannot_be_answered_has_a_code(chain: Server, question: str, code: str) -> None:
    [error] = chain.ask_for_all(question)["errors"]
    assert error["extensions"]["code"] == code


DEEP = "runs { edges { node { job { " * 8 + "name" + " } } } }" * 8


@pytest.mark.parametrize(
    "question",
    [
        '{ job(namespace: "airflow", name: "board") { ' + DEEP + " } }",
        "{ " + " ".join(f"a{n}: coverage {{ jobs }}" for n in range(31)) + " }",
        "{ " + "coverage { jobs } " * 3000 + " }",
        "{ nonsense",
    ],
)
def test_a_document_beyond_the_limits_is_refused(chain: Server, question: str) -> None:
    """Too deep, too many aliases, too long, no GraphQL: an error, never a failure."""
    body = {"query": question}
    response = httpx.post(f"{chain.url}/graphql", json=body, timeout=30)
    assert response.status_code in {200, 400}
    assert response.json()["errors"]


@pytest.mark.parametrize(
    "body", [b"", b"3", b"[]", b'{"query": 3}', b'{"query": "{", "x": []}', b"\xff", b"[" * 9000]
)
def test_nonsense_is_no_failure_of_the_server(chain: Server, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = httpx.post(f"{chain.url}/graphql", content=body, headers=headers)
    assert response.status_code < 500


def test_long_answers_are_sent_compressed(chain: Server) -> None:
    """To whoever understands that."""
    question = {"query": "{ __schema { types { name description } } }"}
    for encoding, told in (("gzip", "gzip"), ("identity", None)):
        headers = {"accept-encoding": encoding}
        answer = httpx.post(f"{chain.url}/graphql", json=question, headers=headers, timeout=30)
        assert answer.headers.get("content-encoding") == told
        assert answer.json()["data"]
