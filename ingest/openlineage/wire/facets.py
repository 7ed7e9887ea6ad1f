"""The standard facets that are read."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType, field

from ingest.openlineage.wire.parts import NOTHING, About, Detail, Forwarded, Int64, Order, Strict


class Facet(Strict, kw_only=True):
    """What every facet carries."""

    producer_: About = field(name="_producer", default=NOTHING)
    schema_url_: About = field(name="_schemaURL", default=NOTHING)
    deleted_: About = field(name="_deleted", default=NOTHING)


class AnyFacet(Struct):
    """A facet of which nothing is read."""


class SchemaField(Strict):
    """A column and, where it is nested, its parts."""

    name: str
    type: str = ""
    description: str = ""
    ordinal_position: Order = field(name="ordinal_position", default=NOTHING)
    fields: tuple[SchemaField, ...] = ()


class SchemaFacet(Facet):
    """Facet `schema`."""

    fields: tuple[SchemaField, ...]


class Transformation(Strict):
    """How one source goes into one target."""

    type: str
    subtype: str = ""
    description: Detail = NOTHING
    masking: bool = False


class InputField(Strict):
    """A source column."""

    namespace: str
    name: str
    field: str
    transformations: tuple[Transformation, ...] = ()


class OutputField(Strict):
    """The sources of one target column. `transformation_type` is the deprecated way to tell."""

    input_fields: tuple[InputField, ...]
    transformation_type: str = ""
    transformation_description: Detail = NOTHING


class ColumnLineageFacet(Facet):
    """Facet `columnLineage`. `dataset`: columns that affect the whole output."""

    fields: dict[str, OutputField]
    dataset: tuple[InputField, ...] = ()


class LineageInput(Strict):
    """A source of explicit lineage: a dataset, a column of it (`field`), or a job."""

    type: str
    namespace: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    field: str | UnsetType = UNSET
    run_id: Detail = NOTHING
    transformations: tuple[Transformation, ...] = ()


class LineageField(Strict):
    """The sources of one target column."""

    inputs: tuple[LineageInput, ...]


class LineageEntry(Strict):
    """A target of explicit lineage. Empty `inputs`: it has none; absent ones say nothing."""

    type: str
    namespace: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    run_id: Detail = NOTHING
    inputs: tuple[LineageInput, ...] | UnsetType = UNSET
    fields: dict[str, LineageField] = field(default_factory=dict[str, LineageField])


class LineageJobFacet(Facet):
    """Facet `lineage` of a job."""

    entries: tuple[LineageEntry, ...]


class LineageDatasetFacet(Facet):
    """Facet `lineage` of a dataset of its own event; the dataset is the target."""

    inputs: tuple[LineageInput, ...] | UnsetType = UNSET
    fields: dict[str, LineageField] = field(default_factory=dict[str, LineageField])


class SqlFacet(Facet):
    """Facet `sql`."""

    query: str
    dialect: str = ""


class SourceCodeFacet(Facet):
    """Facet `sourceCode`."""

    language: str
    source_code: str


class SourceCodeLocationFacet(Facet):
    """Facet `sourceCodeLocation`."""

    url: str
    type: Detail = NOTHING
    repo_url: str = ""
    path: str = ""
    version: str = ""
    tag: str = ""
    branch: str = ""
    pull_request_number: Detail = NOTHING


class EmissionPattern(Strict):
    """When a job tells, and whether each telling is the whole picture."""

    event_trigger: Detail = NOTHING
    event_content_mode: str = ""
    window_duration: Detail = NOTHING


class JobTypeFacet(Facet):
    """Facet `jobType`."""

    processing_type: str
    integration: str
    job_type: str = ""
    emission_pattern: EmissionPattern | UnsetType = UNSET


class DbtNodeFacet(Facet):
    """Facet `dbt_node`, as OpenLineage's integration for dbt writes it."""

    unique_id: str = field(name="unique_id")
    alias: Detail = NOTHING
    database: Detail = NOTHING
    schema: Detail = NOTHING
    original_file_path: Detail = field(name="original_file_path", default=NOTHING)


class ParentRun(Strict):
    """The run of a parent."""

    run_id: str
    facets: Forwarded = NOTHING


class ParentJob(Strict):
    """The job of a parent."""

    namespace: str
    name: str
    facets: Forwarded = NOTHING


class Root(Strict):
    """The run at the root of all."""

    run: ParentRun
    job: ParentJob


class ParentFacet(Facet):
    """Facet `parent`, once `parentRun`."""

    run: ParentRun
    job: ParentJob
    root: Root | UnsetType = UNSET


class NominalTimeFacet(Facet):
    """Facet `nominalTime`."""

    nominal_start_time: str
    nominal_end_time: str = ""


class ErrorMessageFacet(Facet):
    """Facet `errorMessage`."""

    message: str
    programming_language: str = ""
    stack_trace: str = ""


class ExtractionError(Strict):
    """One task of which the lineage could not be extracted."""

    error_message: str
    stack_trace: Detail = NOTHING
    task: Detail = NOTHING
    task_number: Detail = NOTHING


class ExtractionErrorFacet(Facet):
    """Facet `extractionError`."""

    total_tasks: Int64
    failed_tasks: Int64
    errors: tuple[ExtractionError, ...] = ()


class Owner(Strict):
    """One owner."""

    name: str
    type: str = ""


class OwnershipFacet(Facet):
    """Facet `ownership`."""

    owners: tuple[Owner, ...]


class DocumentationFacet(Facet):
    """Facet `documentation`."""

    description: str
    content_type: Detail = NOTHING


class Tag(Strict):
    """One label; `field` is the column that it is on."""

    key: str
    value: str
    field: str = ""
    source: Detail = NOTHING


class TagsFacet(Facet):
    """Facet `tags`."""

    tags: tuple[Tag, ...]


class SymlinkIdentifier(Strict):
    """Another name."""

    namespace: str
    name: str
    type: str = ""


class SymlinksFacet(Facet):
    """Facet `symlinks`."""

    identifiers: tuple[SymlinkIdentifier, ...]


class PreviousIdentifier(Strict):
    """The name until now."""

    namespace: str
    name: str


class LifecycleStateChangeFacet(Facet):
    """Facet `lifecycleStateChange`."""

    lifecycle_state_change: str
    previous_identifier: PreviousIdentifier | UnsetType = UNSET


class DatasetTypeFacet(Facet):
    """Facet `datasetType`."""

    dataset_type: str
    sub_type: str = ""


class StatisticsFacet(Facet):
    """Facets `inputStatistics` and `outputStatistics`."""

    row_count: Int64 | UnsetType = UNSET
    size: Int64 | UnsetType = UNSET
    file_count: Int64 | UnsetType = UNSET


class Assertion(Strict):
    """One check."""

    assertion: str
    success: bool
    column: str = ""
    severity: Detail = NOTHING
    name: Detail = NOTHING
    description: Detail = NOTHING
    expected: Detail = NOTHING
    actual: Detail = NOTHING
    content: Detail = NOTHING
    content_type: Detail = NOTHING
    params: Detail = NOTHING


class AssertionsFacet(Facet):
    """Facet `dataQualityAssertions`."""

    assertions: tuple[Assertion, ...]
