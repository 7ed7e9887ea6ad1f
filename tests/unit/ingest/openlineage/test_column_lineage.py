"""The facet columnLineage: what flows where, and how."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.facts import ColumnLineage, Fact, Role
from ingest.flows import End, Flow, Kind, Rows, Subtype
from ingest.names import ColumnName, DatasetName, FieldPath, JobName
from tests.events import (
    ORDERS,
    REVENUE,
    JsonObject,
    dataset,
    dataset_event,
    facts,
    oddities,
    reported,
    run_event,
    said,
)
from tests.golden.events import FILES, golden_events

CUSTOMERS = DatasetName("s3://bucket", "customers.parquet")
DIRECT, INDIRECT = Kind.DIRECT, Kind.INDIRECT


def column(name: DatasetName, *path: str) -> ColumnName:
    return ColumnName(name, path)


def source(name: DatasetName, field: str, *transformations: JsonObject) -> JsonObject:
    told = {"transformations": list(transformations)} if transformations else {}
    return {"namespace": name.namespace, "name": name.name, "field": field, **told}


def way(type: str, subtype: str | None = None, *, masking: bool = False) -> JsonObject:
    told = {} if subtype is None else {"subtype": subtype}
    return {"type": type, **told, "description": "", "masking": masking}


def outputs(facet: JsonObject) -> JsonObject:
    return run_event(outputs=[dataset(REVENUE, columnLineage=facet)])


def flows(facet: JsonObject) -> list[Flow]:
    [saying] = said(outputs(facet), "columnLineage")
    assert isinstance(saying, ColumnLineage)
    return list(saying.flows)


def into(*sources: JsonObject) -> JsonObject:
    return {"fields": {"total": {"inputFields": list(sources)}}}


def flow(
    origin: End, kind: Kind, subtype: Subtype, target: End | None = None, *, masking: bool = False
) -> Flow:
    return Flow(origin, target or column(REVENUE, "total"), kind, subtype, masking)


def test_columns_flow_into_columns() -> None:
    facet: JsonObject = {
        "fields": {
            "total": {"inputFields": [source(ORDERS, "amount", way("DIRECT", "AGGREGATION"))]},
            "name": {"inputFields": [source(CUSTOMERS, "name", way("DIRECT", "IDENTITY"))]},
        }
    }

    assert facts(outputs(facet), "columnLineage") == [
        Fact(
            REVENUE,
            Role.OUTPUT,
            "columnLineage",
            ColumnLineage(
                (
                    flow(
                        column(CUSTOMERS, "name"), DIRECT, Subtype.IDENTITY, column(REVENUE, "name")
                    ),
                    flow(column(ORDERS, "amount"), DIRECT, Subtype.AGGREGATION),
                ),
                transformations=True,
            ),
        )
    ]


def test_columns_that_affect_the_whole_output_flow_into_its_rows() -> None:
    facet: JsonObject = {
        "fields": {},
        "dataset": [source(ORDERS, "day", way("INDIRECT", "FILTER"))],
    }

    assert flows(facet) == [flow(column(ORDERS, "day"), INDIRECT, Subtype.FILTER, Rows(REVENUE))]


def test_one_source_may_flow_in_several_ways() -> None:
    told = source(ORDERS, "id", way("DIRECT", "IDENTITY"), way("INDIRECT", "JOIN"))

    assert flows(into(told)) == [
        flow(column(ORDERS, "id"), DIRECT, Subtype.IDENTITY),
        flow(column(ORDERS, "id"), INDIRECT, Subtype.JOIN),
    ]


@pytest.mark.parametrize(
    "told", [source(ORDERS, "id"), {**source(ORDERS, "id"), "transformations": []}]
)
def test_without_transformations_it_is_not_told_how(told: JsonObject) -> None:
    assert said(outputs(into(told)), "columnLineage") == [
        ColumnLineage((flow(column(ORDERS, "id"), DIRECT, Subtype.UNTOLD),), transformations=False)
    ]


def test_what_is_told_twice_is_one_flow() -> None:
    told = source(ORDERS, "id", way("DIRECT", "IDENTITY"), way("DIRECT", "IDENTITY"))

    assert flows(into(told, told)) == [flow(column(ORDERS, "id"), DIRECT, Subtype.IDENTITY)]


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True)])
def test_a_flow_masks_only_if_it_always_does(first: bool, second: bool) -> None:
    told = source(
        ORDERS,
        "id",
        way("DIRECT", "TRANSFORMATION", masking=first),
        way("DIRECT", "TRANSFORMATION", masking=second),
    )
    masked = source(ORDERS, "mail", way("DIRECT", "TRANSFORMATION", masking=True))

    assert flows(into(told, masked)) == [
        flow(column(ORDERS, "id"), DIRECT, Subtype.TRANSFORMATION),
        flow(column(ORDERS, "mail"), DIRECT, Subtype.TRANSFORMATION, masking=True),
    ]


@pytest.mark.parametrize(
    ("told", "kind", "subtype", "oddity"),
    [
        (way("DIRECT", "MAGIC"), DIRECT, Subtype.UNTOLD, "unknown_subtype"),
        (way("INDIRECT", "MAGIC"), INDIRECT, Subtype.UNTOLD, "unknown_subtype"),
        (way("INDIRECT", ""), INDIRECT, Subtype.UNTOLD, None),
        (way("INDIRECT"), INDIRECT, Subtype.UNTOLD, None),
        (way("SIDEWAYS", "JOIN"), INDIRECT, Subtype.JOIN, "unknown_transformation"),
        (way("", "IDENTITY"), DIRECT, Subtype.IDENTITY, "unknown_transformation"),
        (way("DIRECT", "JOIN"), DIRECT, Subtype.UNTOLD, "contradicting_subtype"),
    ],
)
def test_what_is_understood_of_an_odd_transformation_is_kept(
    told: JsonObject, kind: Kind, subtype: Subtype, oddity: str | None
) -> None:
    facet = into(source(ORDERS, "id", told))

    assert flows(facet) == [flow(column(ORDERS, "id"), kind, subtype)]
    assert [code for code, _ in oddities(outputs(facet))] == ([oddity] if oddity else [])


@pytest.mark.parametrize(
    ("told", "subtype", "masking", "oddity"),
    [
        ("IDENTITY", Subtype.IDENTITY, False, None),
        ("MASKED", Subtype.UNTOLD, True, None),
        ("", Subtype.UNTOLD, False, None),
        ("OTHER", Subtype.UNTOLD, False, "unknown_transformation"),
    ],
)
def test_the_deprecated_type_holds_where_nothing_newer_is_told(
    told: str, subtype: Subtype, masking: bool, oddity: str | None
) -> None:
    sources = [source(ORDERS, "a"), source(ORDERS, "b", way("DIRECT", "AGGREGATION"))]
    field = {"inputFields": sources, "transformationType": told, "transformationDescription": "x"}
    facet: JsonObject = {"fields": {"total": field}}

    assert flows(facet) == [
        flow(column(ORDERS, "a"), DIRECT, subtype, masking=masking),
        flow(column(ORDERS, "b"), DIRECT, Subtype.AGGREGATION),
    ]
    assert [code for code, _ in oddities(outputs(facet))] == ([oddity] if oddity else [])


def test_a_dataset_of_its_own_may_have_column_lineage() -> None:
    event = dataset_event(REVENUE, columnLineage=into(source(ORDERS, "id")))

    assert [fact.role for fact in facts(event, "columnLineage")] == [Role.SUBJECT]


# --- names of columns -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "text", "path"),
    [
        ([], "address.city", ("address.city",)),
        ([{"name": "address", "fields": [{"name": "city"}]}], "address.city", ("address", "city")),
        (
            [{"name": "address", "fields": [{"name": "zip.code"}]}],
            "address.zip.code",
            ("address", "zip.code"),
        ),
        (
            [{"name": "address"}, {"name": "b", "fields": [{"name": "c"}]}],
            "address.city",
            ("address.city",),
        ),
        (
            [{"name": "address", "fields": [{"name": "city"}]}, {"name": "address.city"}],
            "address.city",
            ("address.city",),
        ),
        ([{"name": "address", "fields": [{"name": "city"}]}], "address", ("address",)),
    ],
)
def test_a_name_is_split_at_dots_only_where_the_schema_shows_it(
    fields: list[object], text: str, path: FieldPath
) -> None:
    schema = {"fields": fields}
    facet = {"fields": {text: {"inputFields": [source(ORDERS, text), source(CUSTOMERS, text)]}}}
    event = run_event(
        inputs=[dataset(ORDERS, schema=schema), dataset(CUSTOMERS)],
        outputs=[dataset(REVENUE, schema=schema, columnLineage=facet)],
    )

    [saying] = said(event, "columnLineage")

    assert isinstance(saying, ColumnLineage)
    assert [(flow.source, flow.target) for flow in saying.flows] == [
        (ColumnName(ORDERS, path), ColumnName(REVENUE, path)),
        (column(CUSTOMERS, text), ColumnName(REVENUE, path)),
    ]


# --- real producers -------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_real_producers_tell_is_read_in_full(file: Path) -> None:
    """Against the plainest possible reading of the same events."""
    for event in golden_events([file]):
        read = {
            (_text(flow.source), _text(flow.target), flow.kind.value, flow.subtype.value)
            for fact in reported(event).facts
            if isinstance(fact.saying, ColumnLineage)
            for flow in fact.saying.flows
        }
        assert read == set(_plainly(event))


def _text(end: End) -> str:
    assert not isinstance(end, JobName)
    field = ".".join(end.path) if isinstance(end, ColumnName) else "*"
    return f"{end.dataset.namespace} {end.dataset.name} {field}"


Json = dict[str, Any]


def _plainly(event: Json) -> Iterator[tuple[str, str, str, str]]:
    own: list[Json] = [event["dataset"]] if "dataset" in event else []
    listed: list[Json] = [*event.get("inputs", own), *event.get("outputs", [])]
    for output in listed:
        facets: Json = output.get("facets", {})
        facet: Json = facets.get("columnLineage", {})
        fields: dict[str, Json] = facet.get("fields", {})
        rows: Json = {"inputFields": facet.get("dataset", [])}
        for name, field in (*fields.items(), ("*", rows)):
            sources: list[Json] = field["inputFields"]
            untold = [{"type": "DIRECT", "subtype": field.get("transformationType", "")}]
            for source in sources:
                ways: list[Json] = source.get("transformations") or untold
                for told in ways:
                    yield (
                        f"{source['namespace']} {source['name']} {source['field']}",
                        f"{output['namespace']} {output['name']} {name}",
                        told["type"],
                        told.get("subtype", ""),
                    )
