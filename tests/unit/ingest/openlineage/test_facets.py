"""What each standard facet says; and what is left of one that cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from headwater_emitters.events import PRODUCER

from ingest.facts import (
    Assertion,
    Assertions,
    DatasetType,
    Deleted,
    Documentation,
    Fact,
    Failure,
    Field,
    Identifier,
    Incomplete,
    JobType,
    Lifecycle,
    NominalTime,
    Owner,
    Ownership,
    Parent,
    Role,
    Saying,
    Schema,
    SourceCode,
    SourceLocation,
    Sql,
    Statistics,
    Symlinks,
    Tag,
    Tags,
    Verbatim,
)
from ingest.names import DatasetName, JobName, RunKey
from ingest.sql.fingerprint import fingerprint
from tests.events import (
    JOB,
    ORDERS,
    REVENUE,
    RUN,
    JsonObject,
    dataset,
    dataset_event,
    facts,
    job_event,
    oddities,
    run_event,
    said,
)

PARENT = RunKey("11912345-0000-7000-8000-000000000000", JobName("scheduler", "all"))
ROOT = RunKey("21912345-0000-7000-8000-000000000000", JobName("scheduler", "root"))


def told(run: RunKey) -> dict[str, object]:
    return {
        "run": {"runId": run.run_id},
        "job": {"namespace": run.job.namespace, "name": run.job.name},
    }


@pytest.mark.parametrize(
    ("key", "facet", "saying"),
    [
        ("parent", told(PARENT), Parent(PARENT)),
        ("parent", {**told(PARENT), "root": told(ROOT)}, Parent(PARENT, ROOT)),
        (
            "nominalTime",
            {"nominalStartTime": "2026-01-01T00:00:00Z"},
            NominalTime(datetime(2026, 1, 1, tzinfo=UTC)),
        ),
        (
            "nominalTime",
            {
                "nominalStartTime": "2026-01-01T00:00:00Z",
                "nominalEndTime": "2026-01-02T01:00:00+01:00",
            },
            NominalTime(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)),
        ),
        (
            "errorMessage",
            {"message": "no", "programmingLanguage": "python", "stackTrace": "at 1"},
            Failure("no", "python", "at 1"),
        ),
        (
            "extractionError",
            {"totalTasks": 3, "failedTasks": 1, "errors": [{"errorMessage": "?", "task": "b"}]},
            Incomplete(1, 3, ("?",)),
        ),
        ("tags", {"tags": [{"key": "a", "value": "b", "source": "c"}]}, Tags((Tag("a", "b"),))),
        ("processing_engine", {"version": "3", "name": "spark"}, Verbatim("processing_engine")),
    ],
)
def test_facets_of_a_run(key: str, facet: object, saying: Saying) -> None:
    event = run_event(run={key: facet})

    assert facts(event, key) == [Fact(RUN, Role.SUBJECT, key, saying)]
    assert oddities(event) == []


def test_the_old_key_of_a_parent_is_understood() -> None:
    assert said(run_event(run={"parentRun": told(PARENT)}), "parent") == [Parent(PARENT)]


@pytest.mark.parametrize(
    ("key", "facet", "saying"),
    [
        (
            "sql",
            {"query": "select 1", "dialect": "duckdb"},
            Sql("select 1", "duckdb", fingerprint("select 1", "duckdb")),
        ),
        ("sourceCode", {"language": "python", "sourceCode": "1"}, SourceCode("python", "1")),
        (
            "sourceCodeLocation",
            {
                "type": "git",
                "url": "u",
                "repoUrl": "r",
                "path": "p",
                "version": "v",
                "tag": "t",
                "branch": "b",
            },
            SourceLocation("u", "p", "v", "b", "t", "r"),
        ),
        ("sourceCodeLocation", {"type": "git", "url": "u", "version": ""}, SourceLocation("u")),
        (
            "jobType",
            {"processingType": "BATCH", "integration": "SPARK", "jobType": "QUERY"},
            JobType("BATCH", "SPARK", "QUERY"),
        ),
        (
            "jobType",
            {
                "processingType": "STREAMING",
                "integration": "FLINK",
                "emissionPattern": {
                    "eventTrigger": "PERIODIC",
                    "eventContentMode": "COMPLETE_SNAPSHOT",
                },
            },
            JobType("STREAMING", "FLINK", snapshots=True),
        ),
        (
            "ownership",
            {"owners": [{"name": "a", "type": "TEAM"}, {"name": "b"}]},
            Ownership((Owner("a", "TEAM"), Owner("b"))),
        ),
        ("ownership", {"owners": []}, Ownership(())),
        ("documentation", {"description": "it", "contentType": "text/plain"}, Documentation("it")),
        ("gcp_lineage", {"a": 1}, Verbatim("gcp_lineage")),
        ("sql", {"_deleted": True}, Deleted("sql")),
        ("gcp_lineage", {"_deleted": True}, Deleted("gcp_lineage")),
        ("documentation", {"_deleted": False, "description": "it"}, Documentation("it")),
    ],
)
def test_facets_of_a_job(key: str, facet: object, saying: Saying) -> None:
    for event in (run_event(job={key: facet}), job_event(job={key: facet})):
        assert facts(event, key) == [Fact(JOB, Role.SUBJECT, key, saying)]
        assert oddities(event) == []


@pytest.mark.parametrize(
    ("key", "facet", "saying"),
    [
        (
            "symlinks",
            {"identifiers": [{"namespace": "hive://m", "name": "a.b", "type": "TABLE"}]},
            Symlinks((Identifier(DatasetName("hive://m", "a.b"), "TABLE"),)),
        ),
        (
            "lifecycleStateChange",
            {
                "lifecycleStateChange": "RENAME",
                "previousIdentifier": {"namespace": "n", "name": "o"},
            },
            Lifecycle("RENAME", DatasetName("n", "o")),
        ),
        ("lifecycleStateChange", {"lifecycleStateChange": "DROP"}, Lifecycle("DROP")),
        (
            "datasetType",
            {"datasetType": "VIEW", "subType": "MATERIALIZED"},
            DatasetType("VIEW", "MATERIALIZED"),
        ),
        (
            "dataQualityAssertions",
            {
                "assertions": [
                    {"assertion": "not_null", "success": False, "column": "id", "severity": "error"}
                ]
            },
            Assertions((Assertion("not_null", False, "id"),)),
        ),
        ("ownership", {"owners": [{"name": "a"}]}, Ownership((Owner("a"),))),
        ("documentation", {"description": "it"}, Documentation("it")),
        (
            "tags",
            {"tags": [{"key": "pii", "value": "1", "field": "id"}]},
            Tags((Tag("pii", "1", "id"),)),
        ),
        ("dataSource", {"name": "a", "uri": "file"}, Verbatim("dataSource")),
        ("ownership", {"_deleted": True, "owners": []}, Deleted("ownership")),
        ("schema", {"_deleted": True}, Deleted("schema")),
    ],
)
def test_facets_of_a_dataset(key: str, facet: object, saying: Saying) -> None:
    listed = [dataset(ORDERS, **{key: facet})]

    assert facts(run_event(inputs=listed), key) == [Fact(ORDERS, Role.INPUT, key, saying)]
    assert facts(run_event(outputs=listed), key) == [Fact(ORDERS, Role.OUTPUT, key, saying)]
    assert facts(dataset_event(ORDERS, **{key: facet}), key) == [
        Fact(ORDERS, Role.SUBJECT, key, saying)
    ]
    assert oddities(run_event(inputs=listed)) == []


@pytest.mark.parametrize(
    ("slot", "role", "key", "facet", "saying"),
    [
        (
            "inputFacets",
            Role.INPUT,
            "inputStatistics",
            {"rowCount": 1, "size": 2, "fileCount": 3},
            Statistics(1, 2, 3),
        ),
        ("outputFacets", Role.OUTPUT, "outputStatistics", {"rowCount": 0}, Statistics(0)),
        ("outputFacets", Role.OUTPUT, "subset", {"outputCondition": {}}, Verbatim("subset")),
        (
            "inputFacets",
            Role.INPUT,
            "dataQualityAssertions",
            {"assertions": [{"assertion": "unique", "success": True}]},
            Assertions((Assertion("unique", True),)),
        ),
    ],
)
def test_facets_of_one_reading_or_writing(
    slot: str, role: Role, key: str, facet: object, saying: Saying
) -> None:
    listed = [dataset(ORDERS, {slot: {key: facet}})]
    event = run_event(inputs=listed) if role is Role.INPUT else run_event(outputs=listed)

    assert facts(event, key) == [Fact(ORDERS, role, key, saying)]


def test_assertions_that_are_sent_in_both_places_are_one_fact() -> None:
    facet = {"assertions": [{"assertion": "unique", "success": True}]}
    both = dataset(
        ORDERS,
        {"inputFacets": {"dataQualityAssertions": facet}},
        dataQualityAssertions=facet,
    )

    assert said(run_event(inputs=[both]), "dataQualityAssertions") == [
        Assertions((Assertion("unique", True),))
    ]


# --- schema ---------------------------------------------------------------------------------

NESTED = {
    "fields": [
        {"name": "id", "type": "int"},
        {
            "name": "address",
            "fields": [{"name": "city", "description": "where"}, {"name": "zip.code"}],
        },
        {"name": "note"},
    ]
}
NESTED_FIELDS = (
    Field(("id",), "int"),
    Field(("address",)),
    Field(("address", "city"), description="where"),
    Field(("address", "zip.code")),
    Field(("note",)),
)


def test_nested_columns_follow_the_one_that_they_lie_in() -> None:
    assert said(run_event(outputs=[dataset(ORDERS, schema=NESTED)]), "schema") == [
        Schema(NESTED_FIELDS, full=True)
    ]


@pytest.mark.parametrize(
    ("event", "full"),
    [
        (run_event(outputs=[dataset(ORDERS, schema=NESTED)]), True),
        (run_event(inputs=[dataset(ORDERS, schema=NESTED)]), False),
        (job_event(outputs=[dataset(ORDERS, schema=NESTED)]), False),
        (dataset_event(ORDERS, schema=NESTED), True),
        (run_event(inputs=[dataset(ORDERS, schema=NESTED)], producer=PRODUCER), True),
        (
            run_event(
                outputs=[dataset(ORDERS, schema=NESTED)],
                producer="https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/dbt",
            ),
            False,
        ),
    ],
)
def test_only_who_sees_all_columns_tells_a_full_schema(event: object, full: bool) -> None:
    assert said(event, "schema") == [Schema(NESTED_FIELDS, full)]


def test_a_schema_without_columns_says_nothing_of_them() -> None:
    event = run_event(outputs=[dataset(ORDERS, schema={"fields": []})])

    assert said(event, "schema") == [Verbatim("schema")]
    assert oddities(event) == [("empty_schema", "/outputs/0/facets/schema/fields")]


# --- SQL ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("namespaces", "dialect"),
    [
        (["postgres://db:5432"], "postgres"),
        (["bigquery", "s3://bucket"], "bigquery"),
        (["bigquery", "snowflake://org-account"], None),
        (["file"], None),
        ([], None),
    ],
)
def test_a_dialect_that_is_not_told_is_that_of_the_datasets(
    namespaces: list[str], dialect: str | None
) -> None:
    inputs = [dataset(DatasetName(namespace, "a")) for namespace in namespaces]
    event = run_event(inputs=inputs, job={"sql": {"query": "select 1"}})

    assert said(event, "sql") == [Sql("select 1", dialect, fingerprint("select 1", dialect))]


# --- what cannot be read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facet", "oddity"),
    [
        ({"owners": [{"type": "TEAM"}]}, ("missing_property", "/owners/0/name")),
        ({"owners": [{"name": 5}]}, ("wrong_type", "/owners/0/name")),
        ({"owners": {}}, ("wrong_type", "/owners")),
        ({}, ("missing_property", "/owners")),
        ([], ("wrong_type", "")),
        (None, ("wrong_type", "")),
        ("text", ("wrong_type", "")),
    ],
)
def test_a_facet_that_cannot_be_read_is_kept_and_loses_nothing_else(
    facet: object, oddity: tuple[str, str]
) -> None:
    event = run_event(
        outputs=[dataset(ORDERS, ownership=facet, documentation={"description": "it"})]
    )
    code, path = oddity

    assert said(event, "ownership") == [Verbatim("ownership")]
    assert said(event, "documentation") == [Documentation("it")]
    assert oddities(event) == [(code, f"/outputs/0/facets/ownership{path}")]


@pytest.mark.parametrize(
    ("facet", "oddity"),
    [
        ({"rowCount": 5, "size": None}, ("null_value", "/size")),
        ({"rowCount": 5, "extra": {"a": 1}}, ("unread_property", "/extra")),
        ({"rowCount": 5.0}, None),
        ({"rowCount": 5, "size": "many"}, ("wrong_type", "/size")),
        ({"rowCount": 5, "size": 2**63}, ("wrong_type", "/size")),
        ({"rowCount": 5, "size": 1.5}, ("wrong_type", "/size")),
        ({"rowCount": 5, "size": True}, ("wrong_type", "/size")),
    ],
)
def test_oddities_in_a_facet(facet: object, oddity: tuple[str, str] | None) -> None:
    event = run_event(outputs=[dataset(ORDERS, {"outputFacets": {"outputStatistics": facet}})])
    at = "/outputs/0/outputFacets/outputStatistics"
    kept = Verbatim("outputStatistics")

    unreadable = oddity is not None and oddity[0] == "wrong_type"
    assert said(event, "outputStatistics") == [kept if unreadable else Statistics(5)]
    assert oddities(event) == ([(oddity[0], at + oddity[1])] if oddity else [])


@pytest.mark.parametrize("end", ["2026-01-02", "2026-01-02T00:00:00", "never", 5])
def test_a_nominal_time_is_read_as_an_event_time_is(end: object) -> None:
    event = run_event(
        run={"nominalTime": {"nominalStartTime": "2026-01-01T00:00:00Z", "nominalEndTime": end}}
    )
    readable = isinstance(end, str) and end != "never"

    start, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    expected = NominalTime(start, until) if readable else Verbatim("nominalTime")
    assert said(event, "nominalTime") == [expected]
    assert oddities(event) == [
        (
            "time_without_zone" if readable else "wrong_type",
            "/run/facets/nominalTime/nominalEndTime",
        )
    ]


def test_a_facet_that_comes_again_is_read_again_in_its_own_place() -> None:
    """What is remembered of a facet must not leak to another dataset, job or role."""
    facet: JsonObject = {"fields": {"a": {"inputFields": []}}}
    first = run_event(outputs=[dataset(ORDERS, columnLineage=facet, schema=NESTED)])
    second = run_event(
        outputs=[dataset(REVENUE, columnLineage=facet)], inputs=[dataset(REVENUE, schema=NESTED)]
    )

    assert [fact.about for fact in facts(first, "columnLineage")] == [ORDERS]
    assert [fact.about for fact in facts(second, "columnLineage")] == [REVENUE]
    assert said(first, "schema") == [Schema(NESTED_FIELDS, full=True)]
    assert said(second, "schema") == [Schema(NESTED_FIELDS, full=False)]
