"""Run events as OpenLineage writes them: JSON values that wait in the spool until they are sent."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from headwater_emitters import __version__

Json: TypeAlias = dict[str, Any]


PRODUCER = f"urn:headwater:emitters/{__version__}"
_SPEC = "https://openlineage.io/spec/facets"


@dataclass(frozen=True, slots=True)
class Job:
    """The name of a job."""

    namespace: str
    name: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job."""

    id: str
    job: Job


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table, with all of its columns and their types where they are known."""

    namespace: str
    name: str
    columns: tuple[tuple[str, str], ...] = ()


def new_run_id() -> str:
    """Give a UUID of version 7: it sorts by time."""
    stamp = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10))
    value = stamp << 80 | 0x7 << 76 | (noise >> 68) << 64 | 0b10 << 62 | noise & (1 << 62) - 1
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def now() -> datetime:
    """Give the time."""
    return datetime.now(UTC)  # noqa: TID251 - an emitter has no clock of the catalog's


def run_event(
    state: str,
    at: datetime,
    run: Run,
    *,
    run_facets: Json | None = None,
    job_facets: Json | None = None,
    inputs: Iterable[Dataset] = (),
    outputs: Iterable[Dataset] = (),
) -> Json:
    """Give an event of a run."""
    return {
        "eventType": state,
        "eventTime": at.isoformat(),
        "producer": PRODUCER,
        "run": {"runId": run.id, "facets": run_facets or {}},
        "job": {"namespace": run.job.namespace, "name": run.job.name, "facets": job_facets or {}},
        "inputs": [_dataset(dataset) for dataset in inputs],
        "outputs": [_dataset(dataset) for dataset in outputs],
    }


def sql(query: str, dialect: str | None) -> Json:
    """Give facets `sql` and `jobType` of a statement."""
    told = {"query": query} if dialect is None else {"query": query, "dialect": dialect}
    return {"sql": _facet("1-1-0/SQLJobFacet", told)} | job_type("QUERY")


def job_type(kind: str) -> Json:
    """Give facet `jobType`."""
    told = {"processingType": "BATCH", "integration": "SQLALCHEMY", "jobType": kind}
    return {"jobType": _facet("2-0-4/JobTypeJobFacet", told)}


def parent(run: Run, root: Run) -> Json:
    """Give facet `parent`."""
    told = _run(run) | {"root": _run(root)}
    return {"parent": _facet("1-2-0/ParentRunFacet", told)}


def engine(name: str, version: str) -> Json:
    """Give facet `processing_engine`."""
    told = {"name": name, "version": version, "openlineageAdapterVersion": __version__}
    return {"processing_engine": _facet("1-1-1/ProcessingEngineRunFacet", told)}


def error(message: str, language: str) -> Json:
    """Give facet `errorMessage`."""
    told = {"message": message, "programmingLanguage": language}
    return {"errorMessage": _facet("1-0-1/ErrorMessageRunFacet", told)}


def _run(run: Run) -> Json:
    job = {"namespace": run.job.namespace, "name": run.job.name}
    return {"run": {"runId": run.id}, "job": job}


def _dataset(dataset: Dataset) -> Json:
    facets: Json = {}
    if dataset.columns:
        fields = [
            {"name": name, "type": type_, "ordinal_position": place}
            for place, (name, type_) in enumerate(dataset.columns, start=1)
        ]
        facets["schema"] = _facet("1-2-0/SchemaDatasetFacet", {"fields": fields})
    return {"namespace": dataset.namespace, "name": dataset.name, "facets": facets}


def _facet(schema: str, told: Mapping[str, Any]) -> Json:
    name = schema.partition("/")[2]
    url = f"{_SPEC}/{schema}.json#/$defs/{name}"
    return {"_producer": PRODUCER, "_schemaURL": url, **told}
