"""A shop: what a run of dbt on PostgreSQL sent, a job behind it, and a dashboard behind that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.e2e.events import column_lineage, dataset, facet, run_event, schema
from tests.e2e.server import Server

EVENTS = Path("tests/golden/events/dbt-postgres-artifacts.jsonl")
SPACE = "postgres://localhost:55432"
REVENUE = "shop.analytics.customer_revenue"


def post_shop(server: Server) -> None:
    """Send it all, and wait until it can be asked about."""
    for line in EVENTS.read_text().splitlines():
        server.post(json.loads(line)["event"])
    server.post(_forecast())
    server.post(_board())
    server.post(_tests())
    server.settle()


def table(name: str, **facets: Any) -> dict[str, Any]:
    """A dataset of the warehouse."""
    return {"namespace": SPACE, "name": name, "facets": facets}


def _forecast() -> dict[str, Any]:
    """A job of another engine that reads what dbt makes; of its code nothing is known."""
    lineage = column_lineage({"expected": [(REVENUE, "revenue")]})
    for one in lineage["fields"]["expected"]["inputFields"]:
        one["namespace"] = SPACE
    output = dataset("lake.forecast", schema=schema("expected"), columnLineage=lineage)
    owner = facet(owners=[{"name": "team:science", "type": "OWNER"}])
    return run_event(
        job="forecast",
        run=7,
        inputs=[table(REVENUE)],
        outputs=[output],
        job_facets={"ownership": owner},
    )


def _board() -> dict[str, Any]:
    marks = facet(
        tags=[
            {"key": "headwater.consumer", "value": "dashboard"},
            {"key": "headwater.criticality", "value": "high"},
        ]
    )
    return run_event(job="board", run=8, inputs=["lake.forecast"], job_facets={"tags": marks})


def _tests() -> dict[str, Any]:
    """What dbt's tests assert of the revenue."""
    asserted = facet(
        assertions=[{"assertion": "not_null", "column": "customer_name", "success": True}]
    )
    tested = {**table(REVENUE), "inputFacets": {"dataQualityAssertions": asserted}}
    kind = facet(processingType="BATCH", integration="DBT", jobType="TEST")
    return run_event(job="tests", run=9, inputs=[tested], job_facets={"jobType": kind})
