"""The facets of a job that all tools share, signed: its kind, its code, what people said of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from openlineage.client.facet_v2 import (
    JobFacet,
    documentation_job,
    job_type_job,
    ownership_job,
    source_code_location_job,
    sql_job,
    tags_job,
)

from ingest.demo.model import Job, Revision
from ingest.demo.producers.integration import Integration, signed

Facets: TypeAlias = Mapping[str, JobFacet]


@cache
def identified(job: Job, revision: Revision, integration: Integration) -> Facets:
    """Give what a job is and which code runs: kind, place of the source, SQL if there is any."""
    facets: dict[str, JobFacet] = {
        "jobType": job_type_job.JobTypeJobFacet(
            processingType=job.processing, integration=integration.name, jobType=job.type
        ),
        "sourceCodeLocation": _source(job, revision, integration),
    }
    if revision.sql:
        facets["sql"] = sql_job.SQLJobFacet(query=revision.sql, dialect=revision.dialect)
    return signed(facets, integration.producer)


@cache
def described(job: Job, producer: str) -> Facets:
    """Give what people said of a job: documentation and owners."""
    facets: dict[str, JobFacet] = {
        "documentation": documentation_job.DocumentationJobFacet(description=job.description),
        "ownership": ownership_job.OwnershipJobFacet(
            owners=[
                ownership_job.Owner(name=job.owner.name, type="OWNER"),
                ownership_job.Owner(name=job.owner.person, type="STEWARD"),
            ]
        ),
    }
    return signed(facets, producer)


def marked(job: Job, producer: str) -> Facets:
    """Give a job's tags, new for each event: the client adds its own to them when it sends."""
    marks = {"headwater.consumer": job.consumer, "headwater.criticality": job.criticality}
    tags = [
        tags_job.TagsJobFacetFields(key=key, value=value, source="meridian")
        for key, value in marks.items()
        if value
    ]
    return signed({"tags": tags_job.TagsJobFacet(tags=tags)} if tags else {}, producer)


def _source(
    job: Job, revision: Revision, integration: Integration
) -> source_code_location_job.SourceCodeLocationJobFacet:
    repository = integration.repository
    commit = hashlib.sha1(
        f"{repository} {job.path} {revision.since}".encode(), usedforsecurity=False
    ).hexdigest()
    return source_code_location_job.SourceCodeLocationJobFacet(
        type="git",
        url=f"{repository}/blob/{commit}/{job.path}",
        repoUrl=f"{repository}.git",
        path=job.path,
        version=commit,
        branch="main",
    )
