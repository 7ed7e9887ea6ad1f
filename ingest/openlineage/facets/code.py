"""Facets of a job's code: `sql`, `sourceCode`, `sourceCodeLocation`, `jobType`."""

from __future__ import annotations

from ingest.facts import DbtNode, JobType, SourceCode, SourceLocation, Sql
from ingest.openlineage.facets.reading import JobPlace, Reading
from ingest.openlineage.wire import facets as wire
from ingest.sql.fingerprint import fingerprint


def sql(facet: wire.SqlFacet, place: JobPlace) -> Reading:
    """Read the statement; a dialect that is not told is the one of the event's datasets."""
    dialect = facet.dialect or place.dialect
    return Reading((Sql(facet.query, dialect, fingerprint(facet.query, dialect)),))


def source_code(facet: wire.SourceCodeFacet, _: object) -> Reading:
    """Read code that is not SQL."""
    return Reading((SourceCode(facet.language, facet.source_code),))


def source_location(facet: wire.SourceCodeLocationFacet, _: object) -> Reading:
    """Read where the code lies."""
    location = SourceLocation(
        url=facet.url,
        path=facet.path or None,
        version=facet.version or None,
        branch=facet.branch or None,
        tag=facet.tag or None,
        repository=facet.repo_url or None,
    )
    return Reading((location,))


def job_type(facet: wire.JobTypeFacet, _: object) -> Reading:
    """Read what sort of job it is."""
    pattern = facet.emission_pattern
    told = isinstance(pattern, wire.EmissionPattern)
    snapshots = told and pattern.event_content_mode == "COMPLETE_SNAPSHOT"
    sort = JobType(facet.processing_type, facet.integration, facet.job_type or None, snapshots)
    return Reading((sort,))


def dbt_node(facet: wire.DbtNodeFacet, _: object) -> Reading:
    """Read what it runs of a dbt project."""
    return Reading((DbtNode(facet.unique_id),))
