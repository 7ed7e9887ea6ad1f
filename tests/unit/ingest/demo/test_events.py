"""The month of events: valid, ordered, the same every time, and telling the story promised."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from ingest.demo import as_json, events
from ingest.demo.company.meridian_air import MERIDIAN_AIR
from ingest.demo.tour import TOUR

END = datetime(2026, 3, 31, 10, tzinfo=UTC)
CORE = Path(__file__).parents[3] / "golden" / "spec" / "OpenLineage-2-0-2.json"
Wire = dict[str, Any]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [as_json(event) for event in events(END)]


@pytest.fixture(scope="module")
def month(texts: list[str]) -> list[Wire]:
    return [json.loads(text) for text in texts]


def datasets_of(event: Wire) -> Iterator[Wire]:
    yield from event.get("inputs", [])
    yield from event.get("outputs", [])
    if "dataset" in event:
        yield event["dataset"]


def facets_of(event: Wire) -> Iterator[tuple[str, Wire]]:
    yield from event.get("run", {}).get("facets", {}).items()
    yield from event.get("job", {}).get("facets", {}).items()
    for dataset in datasets_of(event):
        for slot in ("facets", "inputFacets", "outputFacets"):
            yield from dataset.get(slot, {}).items()


def name_of(thing: Wire) -> tuple[str, str]:
    return thing["namespace"], thing["name"]


def test_every_event_is_valid_by_the_core_schema(month: list[Wire]) -> None:
    core = jsonschema_rs.validator_for(json.loads(CORE.read_text()), validate_formats=True)

    assert [error.message for event in month for error in core.iter_errors(event)] == []


def test_the_month_ends_with_the_time_given_and_is_in_order(month: list[Wire]) -> None:
    times = [datetime.fromisoformat(event["eventTime"]) for event in month]

    assert times == sorted(times)
    assert END - timedelta(hours=2) <= times[-1] <= END
    assert timedelta(days=29) <= times[-1] - times[0] <= timedelta(days=30)


def test_there_are_as_many_events_as_promised_and_most_are_small(month: list[Wire]) -> None:
    sizes = sorted(len(json.dumps(event)) for event in month)

    assert 2_500 <= len(month) <= 4_100
    assert sizes[len(sizes) // 2] <= 6_000


def test_another_process_gives_the_same_bytes(texts: list[str]) -> None:
    script = (
        "import hashlib, sys; from datetime import datetime\n"
        "from ingest.demo import as_json, events\n"
        "end = datetime.fromisoformat(sys.argv[1])\n"
        "texts = (as_json(event) for event in events(end))\n"
        "print(hashlib.sha256('\\n'.join(texts).encode()).hexdigest())"
    )

    there = subprocess.run(  # the script is this test's own
        [sys.executable, "-c", script, END.isoformat()],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert there.stdout.strip() == hashlib.sha256("\n".join(texts).encode()).hexdigest()


def mishaps(month: Iterable[Wire]) -> Counter[tuple[str, str]]:
    return Counter(
        (event["job"]["name"], event["eventType"])
        for event in month
        if event.get("eventType") in {"FAIL", "ABORT"}
    )


def test_facets_are_signed_by_the_producer_of_their_event(month: list[Wire]) -> None:
    assert all(
        facet["_producer"] == event["producer"] for event in month for _, facet in facets_of(event)
    )


def test_every_name_is_one_of_the_company(month: list[Wire]) -> None:
    datasets = {(it.at.namespace, it.at.name) for it in MERIDIAN_AIR.datasets}
    jobs = {(job.at.namespace, job.at.name) for job in MERIDIAN_AIR.jobs()}

    assert {name_of(it) for event in month for it in datasets_of(event)} == datasets
    assert {name_of(event["job"]) for event in month if "job" in event} == jobs


def test_lineage_names_columns_of_the_schemas_sent(month: list[Wire]) -> None:
    sent: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for event in month:
        for dataset in datasets_of(event):
            fields = dataset.get("facets", {}).get("schema", {}).get("fields", [])
            sent[name_of(dataset)] |= {field["name"] for field in fields}

    found = {edge for event in month for edge in edges_of(event)}
    named = {end for edge in found for end in edge if len(end) == COLUMN}

    assert [end for end in named if end[2] not in sent[end[:2]]] == []


def test_every_run_starts_once_and_ends_at_most_once(month: list[Wire]) -> None:
    runs: defaultdict[str, list[str]] = defaultdict(list)
    for event in month:
        if "run" in event:
            runs[event["run"]["runId"]].append(event["eventType"])

    assert all(states[0] == "START" for states in runs.values())
    assert all(states.count("START") == 1 for states in runs.values())
    assert all(sum(it in {"COMPLETE", "FAIL", "ABORT"} for it in run) <= 1 for run in runs.values())
    assert {run["states"] for run in still_open(runs, month)} == {"streams"}


def still_open(runs: dict[str, list[str]], month: Iterable[Wire]) -> Iterator[Wire]:
    ended = {"COMPLETE", "FAIL", "ABORT"}
    for event in month:
        if "run" in event and not ended & set(runs[event["run"]["runId"]]):
            kind = event["job"]["facets"]["jobType"]["processingType"]
            yield {"states": "streams" if kind == "STREAMING" else event["job"]["name"]}


def test_parents_have_started_before_their_children(month: list[Wire]) -> None:
    started: set[str] = set()
    for event in month:
        parent = event.get("run", {}).get("facets", {}).get("parent")
        if parent:
            assert {parent["run"]["runId"], parent["root"]["run"]["runId"]} <= started
        if event.get("eventType") == "START":
            started.add(event["run"]["runId"])


def test_the_month_has_the_incidents_that_are_told(month: list[Wire]) -> None:
    found = mishaps(month)
    facets = Counter(key for event in month for key, _ in facets_of(event))

    assert found["booking_replication.load_payments", "FAIL"] == 1
    assert found["train_no_show", "ABORT"] == 1
    assert found["dbt_daily", "FAIL"] == 1
    assert facets["errorMessage"] == sum(n for (_, state), n in found.items() if state == "FAIL")
    assert facets["extractionError"] > 0
    assert facets["lifecycleStateChange"] == 1
    assert failed_checks(month) == [("NET_EUR", False)]


def failed_checks(month: Iterable[Wire]) -> list[tuple[str, bool]]:
    return [
        (assertion["column"], assertion["success"])
        for event in month
        for key, facet in facets_of(event)
        if key == "dataQualityAssertions"
        for assertion in facet["assertions"]
        if not assertion["success"]
    ]


def test_a_failed_task_is_tried_again_and_succeeds(month: list[Wire]) -> None:
    ends = [
        event["eventType"]
        for event in month
        if event.get("job", {}).get("name") == "booking_replication.load_payments"
        and event["eventType"] != "START"
    ]

    assert ends.count("FAIL") == 1
    assert ends[ends.index("FAIL") + 1] == "COMPLETE"


def test_schemas_change_within_the_month(month: list[Wire]) -> None:
    types: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for event in month:
        for dataset in datasets_of(event):
            for field in dataset.get("facets", {}).get("schema", {}).get("fields", []):
                types[dataset["name"], field["name"]].append(field["type"])

    assert types["booking.public.payments", "amount"][0] == "numeric(10,2)"
    assert types["booking.public.payments", "amount"][-1] == "numeric(14,2)"
    assert len(types["booking.public.segments", "fare_brand"]) < len(
        types["booking.public.segments", "cabin"]
    )


def test_the_code_of_a_job_changes_within_the_month(month: list[Wire]) -> None:
    versions: defaultdict[str, list[str]] = defaultdict(list)
    for event in month:
        if "run" in event:
            version = event["job"]["facets"]["sourceCodeLocation"]["version"]
            if version not in versions[event["job"]["name"]]:
                versions[event["job"]["name"]].append(version)

    assert len(versions["ANALYTICS.MARTS.meridian.route_revenue_daily"]) == 2
    assert len(versions["ANALYTICS.MARTS.meridian.dim_customer"]) == 1


def test_a_producer_sends_its_sql_or_the_lineage_that_it_knows(month: list[Wire]) -> None:
    both = {
        event["job"]["name"]
        for event in month
        if "sql" in event.get("job", {}).get("facets", {})
        for output in event["outputs"]
        if "columnLineage" in output.get("facets", {})
    }

    assert both == set()


COLUMN = 3
End = tuple[str, str] | tuple[str, str, str]


def edges(month: Iterable[Wire]) -> set[tuple[End, End]]:
    """Column and job ends that data flows between: as the events say, or as their SQL means."""
    return {edge for event in month for edge in edges_of(event)} | set(edges_of_sql())


def edges_of_sql() -> Iterator[tuple[End, End]]:
    """What the company declares of its SQL, which other tests hold against the statements."""
    for job in MERIDIAN_AIR.jobs():
        for code in job.revisions:
            if code.sql and (made := code.output):
                for it in code.derivations:
                    for source in it.sources:
                        at = source.dataset.at
                        start = (at.namespace, at.name, source.column)
                        yield start, (made.at.namespace, made.at.name, it.target)


def edges_of(event: Wire) -> Iterator[tuple[End, End]]:
    for dataset in event.get("outputs", []):
        lineage = dataset.get("facets", {}).get("columnLineage", {})
        for column, field in lineage.get("fields", {}).items():
            for source in field["inputFields"]:
                yield end_of(source), (*name_of(dataset), column)
    for entry in event.get("job", {}).get("facets", {}).get("lineage", {}).get("entries", []):
        target = name_of(entry) if "name" in entry else name_of(event["job"])
        yield from ((end_of(source), target) for source in entry.get("inputs", []))
        for column, field in entry.get("fields", {}).items():
            yield from ((end_of(source), (*target, column)) for source in field["inputs"])


def end_of(source: Wire) -> End:
    return (*name_of(source), source["field"]) if "field" in source else name_of(source)


def reached(start: End, found: set[tuple[End, End]]) -> set[End]:
    seen, frontier = {start}, {start}
    while frontier:
        frontier = {target for source, target in found if source in frontier} - seen
        seen |= frontier
    return seen


def consumers(month: Iterable[Wire]) -> dict[tuple[str, str], str]:
    return {
        name_of(thing): tag["value"]
        for event in month
        for thing in (*datasets_of(event), *([event["job"]] if "job" in event else []))
        for tag in thing.get("facets", {}).get("tags", {}).get("tags", [])
        if tag["key"] == "headwater.consumer"
    }


def test_a_policy_column_reaches_the_chatbot(month: list[Wire]) -> None:
    policy = TOUR[0]
    start = (policy.namespace, policy.name, policy.column)
    marked = consumers(month)

    found = reached(start, edges(month))

    assert {marked[end[:2]] for end in found if end[:2] in marked} == {"agent"}


def test_every_stop_of_the_tour_leads_somewhere(month: list[Wire]) -> None:
    down = edges(month)
    up = {(target, source) for source, target in down}
    marked = consumers(month)

    ends = [
        reached((it.namespace, it.name, it.column), down if it.direction == "downstream" else up)
        for it in TOUR
    ]

    assert [len({end[:2] for end in found} & marked.keys()) for found in ends] == [1, 6, 0]
    assert ("postgres://ops-db.meridian-air.example:5432", "ops.public.flights") in {
        end[:2] for end in ends[2]
    }
