"""Which edges hold after which events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import anyio

from catalog.model.edge import Direction, Edge
from catalog.projector.projector import apply
from catalog.stores.memory import MemoryGraph
from ingest.flows import Kind, Rows, Subtype, Whole
from ingest.names import ColumnName, DatasetName, JobName
from ingest.openlineage import read
from tests.e2e.events import NAMESPACE, column_lineage, dataset, facet, run_event

JOB = JobName("airflow", "daily.load")
OUT = DatasetName(NAMESPACE, "out")
ORDERS = DatasetName(NAMESPACE, "orders")
FILTER = DatasetName(NAMESPACE, "filter")
FACET = column_lineage({"x": [("orders", "x")]})


def edges(*events: Any) -> set[tuple[Any, Any, Kind, Subtype]]:
    """The edges out of the datasets that these tests speak of, after these events."""
    reports = [read(str(place), event) for place, event in enumerate(events)]

    async def hold() -> Sequence[Edge]:
        graph = MemoryGraph()
        await apply(graph, reports, len(reports))
        ends = [end for of in (await graph.ends((ORDERS, FILTER))).values() for end in of]
        return await graph.edges((*ends, JOB), Direction.DOWNSTREAM)

    return {(one.source, one.target, one.kind, one.subtype) for one in anyio.run(hold)}


def load(type: str = "COMPLETE", **more: Any) -> dict[str, Any]:
    return run_event(type, inputs=["orders", "filter"], **more)


def test_beside_a_facet_the_rows_flow_and_an_unnamed_table_does_not_vanish() -> None:
    """A producer's facet says neither; a table read only in a filter is an input all the same."""
    assert edges(load(outputs=[dataset("out", columnLineage=FACET)])) == {
        (ColumnName(ORDERS, ("x",)), ColumnName(OUT, ("x",)), Kind.DIRECT, Subtype.IDENTITY),
        (Rows(ORDERS), Rows(OUT), Kind.DIRECT, Subtype.IDENTITY),
        (Rows(FILTER), Rows(OUT), Kind.DIRECT, Subtype.IDENTITY),
        (Whole(FILTER), Whole(OUT), Kind.DIRECT, Subtype.UNTOLD),
    }


def test_without_a_facet_every_input_goes_into_every_output_as_a_whole() -> None:
    assert edges(load(outputs=["out"])) == {
        (Whole(ORDERS), Whole(OUT), Kind.DIRECT, Subtype.UNTOLD),
        (Whole(FILTER), Whole(OUT), Kind.DIRECT, Subtype.UNTOLD),
    }


def test_an_earlier_product_goes_when_a_facet_comes() -> None:
    """The same code version: what was inferred before is not kept beside better evidence."""
    before = load(run=1, outputs=["out"])
    after = load(run=2, time="2026-03-02T00:00:00Z", outputs=[dataset("out", columnLineage=FACET)])
    assert (Whole(ORDERS), Whole(OUT), Kind.DIRECT, Subtype.UNTOLD) not in edges(before, after)
    assert edges(before, after) == edges(after, before)


def test_a_run_that_did_not_complete_has_no_edges() -> None:
    assert edges(load("START", outputs=["out"]), load("FAIL", outputs=["out"])) == set()


def test_a_read_without_output_ends_in_the_job() -> None:
    assert (Whole(ORDERS), JOB, Kind.DIRECT, Subtype.UNTOLD) in edges(load())


def test_explicit_lineage_leaves_nothing_to_infer() -> None:
    entry = {
        "type": "DATASET",
        "namespace": NAMESPACE,
        "name": "out",
        "fields": {
            "x": {
                "inputs": [
                    {"type": "DATASET", "namespace": NAMESPACE, "name": "orders", "field": "x"}
                ]
            }
        },
    }
    event = load(outputs=["out"], job_facets={"lineage": facet(entries=[entry])})
    assert edges(event) == {
        (ColumnName(ORDERS, ("x",)), ColumnName(OUT, ("x",)), Kind.DIRECT, Subtype.UNTOLD),
        (Whole(FILTER), JOB, Kind.DIRECT, Subtype.UNTOLD),
    }
