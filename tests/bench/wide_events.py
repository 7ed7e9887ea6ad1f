"""Events of the size the figures speak of: 4 datasets of 25 columns, 100 edges, 27 KB."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

COLUMNS = 25
INPUTS = 3
EDGES_OF_A_COLUMN = 4
PRODUCER = "https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/spark"


def run_bodies(job: int, run: int, columns: int = COLUMNS) -> tuple[bytes, bytes]:
    """Give START and COMPLETE of a run, as they are sent; equal jobs have equal structure."""
    return _body("START", job, run, 0, columns), _body("COMPLETE", job, run, 1, columns)


def _body(type: str, job: int, run: int, second: int, columns: int) -> bytes:
    inputs = [_dataset(f"job{job}.in{place}", columns) for place in range(INPUTS)]
    output = _dataset(f"job{job}.out", columns)
    output["facets"]["columnLineage"] = _facet(
        fields={
            f"column_{place}": {"inputFields": _sources(job, place, columns)}
            for place in range(columns)
        }
    )
    event = {
        "eventType": type,
        "eventTime": f"2026-03-{1 + run % 28:02d}T{run // 28 % 24:02d}:{run // 672 % 60:02d}"
        f":{second:02d}.{run % 1000:03d}Z",
        "producer": PRODUCER,
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": str(UUID(int=run))},
        "job": {"namespace": "spark://cluster", "name": f"job{job}", "facets": _job_facets(job)},
        "inputs": inputs,
        "outputs": [output],
    }
    return json.dumps(event).encode()


def _job_facets(job: int) -> dict[str, Any]:
    sql = f"insert into out select * from in0 join in1 using (id) where kind = {job}"  # noqa: S608
    return {
        "sql": _facet(query=sql),
        "jobType": _facet(processingType="BATCH", integration="SPARK", jobType="JOB"),
    }


def _dataset(name: str, columns: int) -> dict[str, Any]:
    fields = [
        {"name": f"column_{place}", "type": "decimal(18,2)", "description": f"The value {place}"}
        for place in range(columns)
    ]
    return {
        "namespace": "postgres://warehouse:5432",
        "name": name,
        "facets": {"schema": _facet(fields=fields)},
    }


def _sources(job: int, place: int, columns: int) -> list[dict[str, Any]]:
    return [
        {
            "namespace": "postgres://warehouse:5432",
            "name": f"job{job}.in{number % INPUTS}",
            "field": f"column_{(place + number) % columns}",
            "transformations": [
                {"type": "DIRECT", "subtype": "TRANSFORMATION", "description": "", "masking": False}
            ],
        }
        for number in range(EDGES_OF_A_COLUMN)
    ]


def _facet(**content: Any) -> dict[str, Any]:
    url = "https://openlineage.io/spec/facets/1-2-0/Facet.json#/$defs/Facet"
    return {"_producer": PRODUCER, "_schemaURL": url, **content}
