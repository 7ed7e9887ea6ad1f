"""The outside of events: their kinds, what is refused, and what is odd but read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.facts import EventType, Fact, Role, RunEvent, Touched, Verbatim
from ingest.names import DatasetName, JobName, RunKey
from ingest.openlineage import Unreadable, read
from tests.events import (
    JOB,
    ORDERS,
    REVENUE,
    RUN,
    RUN_ID,
    dataset,
    dataset_event,
    job_event,
    oddities,
    reported,
    run_event,
    turned,
)


def test_a_run_event_is_a_report_on_a_run() -> None:
    report = reported(run_event(inputs=[dataset(ORDERS)], outputs=[dataset(REVENUE)]))

    assert report.record_id == "id"
    assert report.time == datetime(2026, 1, 1, tzinfo=UTC)
    assert report.producer == "https://example.com/producer"
    assert report.subject == RunEvent(RUN, EventType.COMPLETE)
    assert report.facts == (
        Fact(ORDERS, Role.INPUT, "inputs", Touched()),
        Fact(REVENUE, Role.OUTPUT, "outputs", Touched()),
    )
    assert report.notices == ()


def test_an_event_without_a_run_is_the_design_of_a_job_or_of_a_dataset() -> None:
    assert reported(job_event()).subject == JOB
    assert reported(dataset_event(ORDERS)).subject == ORDERS
    assert reported({**job_event(), "run": None}).subject == JOB


@pytest.mark.parametrize(
    ("event", "code", "path"),
    [
        (1, "not_an_event", ""),
        ([], "not_an_event", ""),
        ({}, "not_an_event", ""),
        ({"run": None, "job": None}, "not_an_event", ""),
        ({**job_event(), "dataset": dataset(ORDERS)}, "job_and_dataset", ""),
        ({**run_event(), "job": None}, "wrong_type", "/job"),
        ({**run_event(), "run": {}}, "missing_property", "/run/runId"),
        ({**run_event(), "run": {"runId": 1}}, "wrong_type", "/run/runId"),
        ({**run_event(), "run": []}, "wrong_type", "/run"),
        ({**job_event(), "job": {"name": "a"}}, "missing_property", "/job/namespace"),
        ({**job_event(), "job": {"name": None, "namespace": ""}}, "wrong_type", "/job/name"),
        ({**dataset_event(ORDERS), "eventTime": "soon"}, "no_event_time", "/eventTime"),
        ({**job_event(), "eventTime": 0}, "wrong_type", "/eventTime"),
        (
            {**job_event(), "eventTime": "0001-01-01T00:00:00+14:00"},
            "no_event_time",
            "/eventTime",
        ),
    ],
)
def test_what_can_never_be_stored_is_refused_with_a_reason(
    event: object, code: str, path: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        read("id", event)

    assert (refusal.value.code, refusal.value.path) == (code, path)


@pytest.mark.parametrize(
    ("text", "time", "oddity"),
    [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05+00:00", None),
        ("2026-01-02T03:04:05.678+02:00", "2026-01-02T01:04:05.678+00:00", None),
        ("2026-01-02T03:04:05.123456000Z", "2026-01-02T03:04:05.123456+00:00", None),
        ("2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.123456+00:00", "time_cut"),
        ("2026-01-02T03:04:05", "2026-01-02T03:04:05+00:00", "time_without_zone"),
    ],
)
def test_times_are_read_as_utc(text: str, time: str, oddity: str | None) -> None:
    report = reported({**job_event(), "eventTime": text})

    assert report.time.isoformat() == datetime.fromisoformat(time).isoformat()
    assert report.time.tzinfo is UTC
    assert [notice.code for notice in report.notices] == ([oddity] if oddity else [])


@pytest.mark.parametrize(
    ("told", "type"),
    [("START", EventType.START), ("OTHER", EventType.OTHER), ("ABORT", EventType.ABORT)],
)
def test_the_type_of_an_event(told: str, type: EventType) -> None:
    assert reported(run_event(eventType=told)).subject == RunEvent(RUN, type)


@pytest.mark.parametrize(
    ("odd", "oddity"),
    [
        ({"eventType": "FINISHED"}, ("unknown_event_type", "/eventType")),
        ({"eventType": ""}, ("unknown_event_type", "/eventType")),
        ({"producer": "my tool"}, ("producer_no_uri", "/producer")),
        ({"producer": ""}, ("producer_no_uri", "/producer")),
        ({"run": {"runId": "1"}}, ("run_id_no_uuid", "/run/runId")),
        ({"inputs": None}, ("null_value", "/inputs")),
        ({"inputs": [None]}, ("null_value", "/inputs/0")),
        ({"inputs": {}}, ("wrong_type", "/inputs")),
        ({"inputs": ["a"]}, ("wrong_type", "/inputs/0")),
        ({"outputs": [{"name": "a"}]}, ("missing_property", "/outputs/0/namespace")),
        ({"run": {"runId": RUN_ID, "facets": []}}, ("wrong_type", "/run/facets")),
        ({"a~b/c": 1}, ("unread_property", "/a~0b~1c")),
        ({"job": {"namespace": "a", "name": "\ud800"}}, ("lone_surrogate", "/job/name")),
    ],
)
def test_what_is_odd_gives_a_notice_and_loses_nothing_else(
    odd: dict[str, object], oddity: tuple[str, str]
) -> None:
    event = {**run_event(outputs=[dataset(REVENUE, x={})]), **odd}
    report = reported(event)

    assert oddities(event) == [oddity]
    if "outputs" not in odd:
        assert Fact(REVENUE, Role.OUTPUT, "x", Verbatim("x")) in report.facts


def test_missing_things_that_say_little_give_notices() -> None:
    event = {
        "eventTime": "2026-01-01T00:00:00Z",
        "run": {"runId": RUN_ID},
        "job": job_event()["job"],
    }

    assert reported(event).subject == RunEvent(RUN, EventType.OTHER)
    assert oddities(event) == [
        ("no_schema_url", "/schemaURL"),
        ("producer_no_uri", "/producer"),
        ("unknown_event_type", "/eventType"),
    ]


def test_a_dataset_that_cannot_be_read_does_not_lose_the_others() -> None:
    event = run_event(
        inputs=[{"name": 1}, None, dataset(ORDERS, tags=0)], outputs=[dataset(REVENUE)]
    )

    assert [fact.about for fact in reported(event).facts] == [ORDERS, ORDERS, REVENUE]
    assert oddities(event) == [
        ("wrong_type", "/inputs/0/name"),
        ("null_value", "/inputs/1"),
        ("wrong_type", "/inputs/2/facets/tags"),
    ]


def test_lone_surrogates_are_written_out_everywhere() -> None:
    odd_job = {
        "namespace": JOB.namespace,
        "name": "\ud800",
        "facets": {"\udc00": {"a": ["\ud802"]}},
    }
    event = run_event(inputs=[dataset(DatasetName("a\udfff", "b\ud800"))])

    report = reported({**event, "job": odd_job})

    job = JobName(JOB.namespace, "\\ud800")
    assert report.subject == RunEvent(RunKey(RUN_ID, job), EventType.COMPLETE)
    assert report.facts == (
        Fact(job, Role.SUBJECT, "\\udc00", Verbatim("\\udc00")),
        Fact(DatasetName("a\\udfff", "b\\ud800"), Role.INPUT, "inputs", Touched()),
    )


def test_the_order_of_keys_does_not_matter() -> None:
    schema = {"fields": [{"name": "x", "type": "int"}]}
    event = run_event(outputs=[dataset(ORDERS, b={}, a={}, schema=schema)], job={"z": {}, "y": {}})

    assert reported(turned(event)) == reported(event)


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        (
            "https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/spark",
            "https://github.com/OpenLineage/OpenLineage/integration/spark",
        ),
        (
            "https://github.com/OpenLineage/OpenLineage/tree/1.19.0-SNAPSHOT/integration/spark",
            "https://github.com/OpenLineage/OpenLineage/integration/spark",
        ),
        (
            "https://github.com/apache/airflow/tree/providers-openlineage/2.20.0",
            "https://github.com/apache/airflow",
        ),
        ("https://github.com/a/b/blob/v1-0-0/client", "https://github.com/a/b/client"),
        ("https://example.com/tool/v1.2.3", "https://example.com/tool"),
        ("https://example.com/tool", "https://example.com/tool"),
        ("http://10.0.0.1:8080/tool/1.0", "http://10.0.0.1:8080/tool"),
        ("dbt", "dbt"),
    ],
)
def test_an_upgrade_does_not_make_another_producer(uri: str, name: str) -> None:
    assert reported(job_event(producer=uri)).producer == name
