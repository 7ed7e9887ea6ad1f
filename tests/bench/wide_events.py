"""Events of the size the figures speak of: 4 datasets of 25 columns, 100 edges, 27 KB."""

from __future__ import annotations

import json
from functools import partial
from typing import Any
from uuid import UUID

COLUMNS = 25
INPUTS = 3
EDGES_OF_A_COLUMN = 4
PRODUCER = "https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/spark"


def run_bodies(
    job: int, run: int, columns: int = COLUMNS, *, sql: bool = False
) -> tuple[bytes, bytes]:
    """Give START and COMPLETE of a run, as they are sent; equal jobs have equal structure.

    With `sql` they tell the statement that ran, too.
    """
    facets = {"jobType": _facet(processingType="BATCH", integration="SPARK", jobType="JOB")}
    if sql:
        facets["sql"] = _facet(query=_query(job, columns), dialect="postgres")
    body = partial(_body, job=job, run=run, columns=columns, job_facets=facets)
    return body("START", second=0), body("COMPLETE", second=1)


def _body(
    type: str, *, job: int, run: int, second: int, columns: int, job_facets: dict[str, Any]
) -> bytes:
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
        "job": {"namespace": "spark://cluster", "name": f"job{job}", "facets": job_facets},
        "inputs": inputs,
        "outputs": [output],
    }
    return json.dumps(event).encode()


def _query(job: int, columns: int) -> str:
    """Give a statement that reads and writes what the run lists."""
    values = ", ".join(
        f"a.column_{place} + coalesce(b.column_{place}, c.column_{place}, {job}) AS column_{place}"
        for place in range(columns)
    )
    joins = " ".join(
        f"LEFT JOIN job{job}.in{number} {alias} ON {alias}.column_0 = a.column_0"
        for number, alias in ((1, "b"), (2, "c"))
    )
    return (
        f"INSERT INTO job{job}.out SELECT {values} FROM job{job}.in0 a {joins}"  # noqa: S608
        f" WHERE a.column_1 > {job}"
    )


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
