"""Which facets are read, by the slot in which they stand. All others are kept verbatim."""

from __future__ import annotations

from ingest.openlineage.facets.code import dbt_node, job_type, source_code, source_location, sql
from ingest.openlineage.facets.column_lineage import column_lineage
from ingest.openlineage.facets.curation import documentation, ownership, tags
from ingest.openlineage.facets.explicit_lineage import (
    lineage_of_dataset,
    lineage_of_job,
    misplaced_lineage,
)
from ingest.openlineage.facets.identity import dataset_type, lifecycle, symlinks
from ingest.openlineage.facets.quality import assertions, statistics
from ingest.openlineage.facets.reading import DatasetPlace, JobPlace, Table, Translator
from ingest.openlineage.facets.run import failure, incomplete, nominal_time, parent
from ingest.openlineage.facets.schema import schema
from ingest.openlineage.wire import facets as wire

_OWNERSHIP = Translator(wire.OwnershipFacet, ownership)
_DOCUMENTATION = Translator(wire.DocumentationFacet, documentation)
_TAGS = Translator(wire.TagsFacet, tags)
_ASSERTIONS = Translator(wire.AssertionsFacet, assertions)
_STATISTICS = Translator(wire.StatisticsFacet, statistics)

RUN: Table[None] = {
    "parent": Translator(wire.ParentFacet, parent),
    "nominalTime": Translator(wire.NominalTimeFacet, nominal_time),
    "errorMessage": Translator(wire.ErrorMessageFacet, failure),
    "extractionError": Translator(wire.ExtractionErrorFacet, incomplete),
    "tags": _TAGS,
}

JOB: Table[JobPlace] = {
    "sql": Translator(wire.SqlFacet, sql),
    "sourceCode": Translator(wire.SourceCodeFacet, source_code),
    "sourceCodeLocation": Translator(wire.SourceCodeLocationFacet, source_location),
    "jobType": Translator(wire.JobTypeFacet, job_type),
    "dbt_node": Translator(wire.DbtNodeFacet, dbt_node),
    "lineage": Translator(wire.LineageJobFacet, lineage_of_job),
    "ownership": _OWNERSHIP,
    "documentation": _DOCUMENTATION,
    "tags": _TAGS,
}

STATIC_DATASET: Table[DatasetPlace] = {
    "schema": Translator(wire.SchemaFacet, schema),
    "columnLineage": Translator(wire.ColumnLineageFacet, column_lineage),
    "lineage": Translator(wire.LineageDatasetFacet, lineage_of_dataset),
    "symlinks": Translator(wire.SymlinksFacet, symlinks),
    "lifecycleStateChange": Translator(wire.LifecycleStateChangeFacet, lifecycle),
    "datasetType": Translator(wire.DatasetTypeFacet, dataset_type),
    "dataQualityAssertions": _ASSERTIONS,
    "ownership": _OWNERSHIP,
    "documentation": _DOCUMENTATION,
    "tags": _TAGS,
}

DATASET: Table[DatasetPlace] = {
    **STATIC_DATASET,
    "lineage": Translator(wire.AnyFacet, misplaced_lineage),
}
"""Of a dataset that a run or a job reads or writes."""

INPUT: Table[None] = {"inputStatistics": _STATISTICS, "dataQualityAssertions": _ASSERTIONS}
OUTPUT: Table[None] = {"outputStatistics": _STATISTICS, "dataQualityAssertions": _ASSERTIONS}

RENAMED: dict[str, str] = {"parentRun": "parent"}
"""Keys that a facet once had."""
