"""The facet lineage: targets and their sources, stated outright."""

from __future__ import annotations

import pytest

from ingest.facts import ExplicitLineage, Fact, Role, Verbatim
from ingest.flows import End, Flow, Kind, Rows, Subtype, Whole
from ingest.names import ColumnName, DatasetName, JobName
from tests.events import (
    JOB,
    ORDERS,
    REVENUE,
    JsonObject,
    dataset,
    dataset_event,
    facts,
    job_event,
    oddities,
    run_event,
    said,
)

EXTRACT = JobName("scheduler", "extract")


def named(thing: DatasetName | JobName, **more: object) -> JsonObject:
    sort = "JOB" if isinstance(thing, JobName) else "DATASET"
    return {"type": sort, "namespace": thing.namespace, "name": thing.name, **more}


def entries(*told: JsonObject) -> JsonObject:
    return run_event(job={"lineage": {"entries": list(told)}})


def untold(source: End, target: End) -> Flow:
    return Flow(source, target, Kind.DIRECT, Subtype.UNTOLD)


@pytest.mark.parametrize(
    ("entry", "flow"),
    [
        (named(REVENUE, inputs=[named(ORDERS)]), (Whole(ORDERS), Whole(REVENUE))),
        (
            named(REVENUE, inputs=[named(ORDERS, field="day")]),
            (ColumnName(ORDERS, ("day",)), Rows(REVENUE)),
        ),
        (named(REVENUE, inputs=[named(EXTRACT)]), (EXTRACT, Whole(REVENUE))),
        (named(EXTRACT, inputs=[named(ORDERS)]), (Whole(ORDERS), EXTRACT)),
        (
            named(EXTRACT, inputs=[named(ORDERS, field="day")]),
            (ColumnName(ORDERS, ("day",)), EXTRACT),
        ),
        (named(EXTRACT, inputs=[named(JOB, runId="x")]), (JOB, EXTRACT)),
    ],
)
def test_sources_of_a_whole_target(entry: JsonObject, flow: tuple[End, End]) -> None:
    target = flow[1] if isinstance(flow[1], JobName) else REVENUE

    for event in (entries(entry), job_event(job={"lineage": {"entries": [entry]}})):
        assert facts(event, "lineage") == [
            Fact(
                JOB, Role.SUBJECT, "lineage", ExplicitLineage(target, (untold(*flow),), closed=True)
            )
        ]
        assert oddities(event) == []


@pytest.mark.parametrize(
    ("source", "end"),
    [
        (named(ORDERS, field="amount"), ColumnName(ORDERS, ("amount",))),
        (named(ORDERS), Whole(ORDERS)),
        (named(EXTRACT), EXTRACT),
    ],
)
def test_sources_of_a_column(source: JsonObject, end: End) -> None:
    entry = named(REVENUE, fields={"total": {"inputs": [source]}})

    assert said(entries(entry), "lineage") == [
        ExplicitLineage(REVENUE, (untold(end, ColumnName(REVENUE, ("total",))),), closed=False)
    ]


def test_ways_are_read_as_in_column_lineage() -> None:
    ways = [{"type": "INDIRECT", "subtype": "FILTER"}, {"type": "DIRECT", "subtype": "IDENTITY"}]
    entry = named(REVENUE, inputs=[named(ORDERS, field="day", transformations=ways)])
    day = ColumnName(ORDERS, ("day",))

    assert said(entries(entry), "lineage") == [
        ExplicitLineage(
            REVENUE,
            (
                Flow(day, Rows(REVENUE), Kind.DIRECT, Subtype.IDENTITY),
                Flow(day, Rows(REVENUE), Kind.INDIRECT, Subtype.FILTER),
            ),
            closed=True,
        )
    ]


def test_empty_inputs_say_that_there_are_none() -> None:
    event = entries(named(REVENUE, inputs=[]), named(ORDERS))

    assert said(event, "lineage") == [
        ExplicitLineage(REVENUE, (), closed=True),
        ExplicitLineage(ORDERS, (), closed=False),
    ]


def test_entries_of_one_target_are_one_fact() -> None:
    total = ColumnName(REVENUE, ("total",))
    first = named(REVENUE, fields={"total": {"inputs": [named(ORDERS, field="amount")]}})
    second = named(REVENUE, inputs=[named(EXTRACT)], fields={"total": {"inputs": [named(EXTRACT)]}})

    assert said(entries(first, second, first), "lineage") == [
        ExplicitLineage(
            REVENUE,
            (
                untold(ColumnName(ORDERS, ("amount",)), total),
                untold(EXTRACT, total),
                untold(EXTRACT, Whole(REVENUE)),
            ),
            closed=True,
        )
    ]


def test_the_events_own_job_as_generator_makes_no_flow() -> None:
    event = entries(named(REVENUE, inputs=[], fields={"total": {"inputs": [{"type": "JOB"}]}}))

    assert said(event, "lineage") == [ExplicitLineage(REVENUE, (), closed=True)]
    assert oddities(event) == []


def test_what_flows_into_the_events_own_job_ends_there() -> None:
    event = entries({"type": "JOB", "inputs": [named(ORDERS, field="day"), named(EXTRACT)]})

    flows = (untold(ColumnName(ORDERS, ("day",)), JOB), untold(EXTRACT, JOB))
    assert said(event, "lineage") == [ExplicitLineage(JOB, flows, closed=True)]
    assert oddities(event) == []


def test_a_facet_without_entries_is_explicit_too() -> None:
    assert said(entries(), "lineage") == [ExplicitLineage(JOB, (), closed=False)]


@pytest.mark.parametrize(
    ("entry", "oddity"),
    [
        ({"type": "DATASET"}, ("missing_name", "")),
        ({"type": "JOB", "name": "a"}, ("missing_name", "")),
        (named(ORDERS, type="TABLE"), ("unknown_lineage_type", "")),
        (named(EXTRACT, fields={"a": {"inputs": []}}), ("field_of_a_job", "/fields/a")),
        (named(ORDERS, inputs=[named(EXTRACT, field="a")]), ("field_of_a_job", "/inputs/0/field")),
        (named(ORDERS, inputs=[{"type": "DATASET"}]), ("missing_name", "/inputs/0")),
    ],
)
def test_an_odd_entry_does_not_lose_the_others(entry: JsonObject, oddity: tuple[str, str]) -> None:
    event = entries(entry, named(REVENUE, inputs=[]))

    code, path = oddity
    assert said(event, "lineage")[-1] == ExplicitLineage(REVENUE, (), closed=True)
    assert oddities(event) == [(code, f"/job/facets/lineage/entries/0{path}")]


def test_a_dataset_of_its_own_event_is_the_target() -> None:
    facet = {"inputs": [named(ORDERS)], "fields": {"id": {"inputs": [named(ORDERS, field="id")]}}}
    key = ColumnName(REVENUE, ("id",))

    assert facts(dataset_event(REVENUE, lineage=facet), "lineage") == [
        Fact(
            REVENUE,
            Role.SUBJECT,
            "lineage",
            ExplicitLineage(
                REVENUE,
                (untold(ColumnName(ORDERS, ("id",)), key), untold(Whole(ORDERS), Whole(REVENUE))),
                closed=True,
            ),
        )
    ]


def test_lineage_at_a_dataset_of_a_run_is_misplaced() -> None:
    event = run_event(outputs=[dataset(REVENUE, lineage={"inputs": [named(ORDERS)]})])

    assert said(event, "lineage") == [Verbatim("lineage")]
    assert oddities(event) == [("misplaced_facet", "/outputs/0/facets/lineage")]
