"""Small events to send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

PRODUCER = "https://example.com/producer"
NAMESPACE = "postgres://db:5432"


def run_event(
    type: str = "COMPLETE",
    *,
    job: str = "daily.load",
    run: int = 1,
    time: str = "2026-03-01T00:00:00Z",
    inputs: Sequence[str | Mapping[str, Any]] = (),
    outputs: Sequence[str | Mapping[str, Any]] = (),
    job_facets: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A run event; datasets by name, or written out."""
    return {
        "eventType": type,
        "eventTime": time,
        "producer": PRODUCER,
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": str(UUID(int=run))},
        "job": {"namespace": "airflow", "name": job, "facets": dict(job_facets or {})},
        "inputs": [_dataset(one) for one in inputs],
        "outputs": [_dataset(one) for one in outputs],
    }


def dataset(name: str, **facets: Any) -> dict[str, Any]:
    """A dataset with facets."""
    return {"namespace": NAMESPACE, "name": name, "facets": facets}


def schema(*columns: str) -> dict[str, Any]:
    """A schema facet."""
    return facet(fields=[{"name": column, "type": "int"} for column in columns])


def column_lineage(columns: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, Any]:
    """A column lineage facet: each column with the (table, column)s that it is made of."""
    return facet(
        fields={
            column: {
                "inputFields": [
                    {
                        "namespace": NAMESPACE,
                        "name": table,
                        "field": field,
                        "transformations": [{"type": "DIRECT", "subtype": "IDENTITY"}],
                    }
                    for table, field in sources
                ]
            }
            for column, sources in columns.items()
        }
    )


def facet(**content: Any) -> dict[str, Any]:
    """A facet of a well-behaved producer."""
    return {"_producer": PRODUCER, "_schemaURL": "https://example.com/schema.json", **content}


def _dataset(one: str | Mapping[str, Any]) -> Mapping[str, Any]:
    return dataset(one) if isinstance(one, str) else one
