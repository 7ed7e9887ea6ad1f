"""What a producer tells and the SQL does not say is kept apart: shown, and not followed."""

from __future__ import annotations

from tests.e2e.events import column_lineage, dataset, facet, run_event, schema
from tests.e2e.server import Server

JOB = """{
  disputed(of: { job: { namespace: "airflow", name: "report" } }) {
    source { ... on Column { name } } target { ... on Column { name } }
    evidence { tier authoritative }
  }
  lineage(roots: [{column: {namespace: "postgres://db:5432", name: "d.s.a", column: "other"}}]) {
    reached { edges { node { depth } } }
  }
}"""


def test_weaker_evidence_is_told_and_not_followed(server: Server) -> None:
    """The SQL makes `total` of `amount`; the producer says that it is made of `other`, too."""
    told = dataset("d.s.a", schema=schema("amount", "other"))
    server.post(run_event(job="load", run=1, outputs=[told]))
    lineage = column_lineage({"total": [("d.s.a", "amount"), ("d.s.a", "other")]})
    sql = facet(query="INSERT INTO s.b SELECT amount * 2 AS total FROM s.a", dialect="postgres")
    server.post(
        run_event(
            job="report",
            run=2,
            time="2026-03-02T00:00:00Z",
            inputs=["d.s.a"],
            outputs=[dataset("d.s.b", schema=schema("total"), columnLineage=lineage)],
            job_facets={"sql": sql},
        )
    )
    server.settle()
    answer = server.ask(JOB)
    assert answer["disputed"] == [
        {
            "source": {"name": "other"},
            "target": {"name": "total"},
            "evidence": [{"tier": "FACET", "authoritative": False}],
        }
    ]
    assert answer["lineage"]["reached"]["edges"] == []
