"""Snapshots as records, and what they say. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from catalog.stores.codec import (
    Json,
    flows_from_json,
    flows_to_json,
    load,
    saying_from_json,
    saying_to_json,
)
from ingest.connectors.picture import Picture, Relation
from ingest.facts import DatasetType, DeclaredLineage, Fact, Report, Role, Schema, Source
from ingest.names import DatasetName
from ingest.openlineage import Unreadable, encode, redact_text


def write_snapshot(picture: Picture, at: datetime) -> bytes:
    """Give the canonical text of a picture taken at some time: the body of its record."""
    value = {
        "snapshot": picture.namespace,
        "producer": picture.producer,
        "at": at.isoformat(),
        "relations": [_written(one) for one in picture.relations],
    }
    return redact_text(encode(value))


def read_snapshot(record_id: str, body: bytes) -> Report:
    """Tell what the record of a snapshot says.

    Raises:
        Unreadable: this reader does not know what is in it.
    """
    try:
        value = load(body)
        picture = _picture(value)
        at = datetime.fromisoformat(value["at"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable("unknown_snapshot", "", f"No picture is read here: {error}") from error
    facts = tuple(fact for one in picture.relations for fact in _facts(one))
    subject = Source(picture.namespace)
    return Report(record_id, at, picture.producer, subject, facts, notices=())


def _written(relation: Relation) -> Json:
    schema, flows = relation.schema, relation.flows
    return {
        "namespace": relation.dataset.namespace,
        "name": relation.dataset.name,
        "view": relation.is_view,
        "schema": None if schema is None else saying_to_json(schema)[1],
        "flows": None if flows is None else flows_to_json(flows),
    }


def _picture(value: Json) -> Picture:
    relations = tuple(_relation(one) for one in value["relations"])
    return Picture(value["snapshot"], value["producer"], relations)


def _relation(value: Json) -> Relation:
    schema, flows = value["schema"], value["flows"]
    told = None if schema is None else saying_from_json(["Schema", schema])
    if told is not None and not isinstance(told, Schema):
        raise ValueError(value)
    return Relation(
        DatasetName(value["namespace"], value["name"]),
        value["view"],
        told,
        None if flows is None else flows_from_json(flows),
    )


def _facts(relation: Relation) -> Iterator[Fact]:
    dataset = relation.dataset
    kind = DatasetType("VIEW" if relation.is_view else "TABLE")
    yield Fact(dataset, Role.SUBJECT, "datasetType", kind)
    if relation.schema is not None:
        yield Fact(dataset, Role.SUBJECT, "schema", relation.schema)
    if relation.flows is not None:
        lineage = DeclaredLineage(dataset, relation.flows)
        yield Fact(dataset, Role.SUBJECT, "definition", lineage)
