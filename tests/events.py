"""Small OpenLineage events for tests, and what is read of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

from ingest.facts import Fact, Report, Saying
from ingest.names import DatasetName, JobName, RunKey
from ingest.openlineage import read

JsonObject = dict[str, object]

PRODUCER = "https://example.com/tree/1.0.0/producer"
RUN_ID = "01912345-0000-7000-8000-000000000000"
SPACE = "postgres://db:5432"
JOB = JobName("scheduler", "load")
RUN = RunKey(RUN_ID, JOB)
ORDERS = DatasetName(SPACE, "shop.public.orders")
REVENUE = DatasetName(SPACE, "shop.public.revenue")


def dataset(
    name: DatasetName, of_run: Mapping[str, object] = MappingProxyType({}), /, **facets: object
) -> JsonObject:
    """A dataset; `of_run` are its inputFacets or outputFacets, with the key that they need."""
    return {"namespace": name.namespace, "name": name.name, "facets": facets, **of_run}


def run_event(
    *,
    inputs: Sequence[object] = (),
    outputs: Sequence[object] = (),
    run: Mapping[str, object] | None = None,
    job: Mapping[str, object] | None = None,
    **envelope: object,
) -> JsonObject:
    """A COMPLETE event; `run` and `job` are the facets."""
    return {
        "eventType": "COMPLETE",
        **job_event(inputs=inputs, outputs=outputs, job=job),
        "run": {"runId": RUN_ID, "facets": run or {}},
        **envelope,
    }


def job_event(
    *,
    inputs: Sequence[object] = (),
    outputs: Sequence[object] = (),
    job: Mapping[str, object] | None = None,
    **envelope: object,
) -> JsonObject:
    """The design of a job; `job` are the facets."""
    return {
        "eventTime": "2026-01-01T00:00:00Z",
        "producer": PRODUCER,
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
        "job": {"namespace": JOB.namespace, "name": JOB.name, "facets": job or {}},
        "inputs": list(inputs),
        "outputs": list(outputs),
        **envelope,
    }


def dataset_event(name: DatasetName, **facets: object) -> JsonObject:
    """The design of a dataset."""
    event = job_event()
    kept = {key: event[key] for key in ("eventTime", "producer", "schemaURL")}
    return {**kept, "dataset": dataset(name, **facets)}


def reported(event: object) -> Report:
    """Read an event."""
    return read("id", event)


def said(event: object, facet: str) -> list[Saying]:
    """What an event says under the key of a facet."""
    return [fact.saying for fact in facts(event, facet)]


def facts(event: object, facet: str) -> list[Fact]:
    """The facts of an event under the key of a facet."""
    return [fact for fact in reported(event).facts if fact.facet == facet]


def oddities(event: object) -> list[tuple[str, str]]:
    """The code and the path of each notice."""
    return [(notice.code, notice.path) for notice in reported(event).notices]


def turned(value: object) -> object:
    """The same value with the keys of each object in reverse order."""
    if isinstance(value, dict):
        parts = cast("JsonObject", value)
        return {key: turned(parts[key]) for key in reversed(parts)}
    if isinstance(value, list):
        return [turned(item) for item in cast("list[object]", value)]
    return value
