"""What a run, or a declaration, contributes to the graph. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.model.claim import Claim, Contribution, SchemaStatement, Via
from ingest.facts import Report, Role, RunEvent, Schema, Source
from ingest.folds import RunFold, fold_said, sayings
from ingest.names import DatasetName, JobName
from ingest.openlineage.run_lineage import (
    Lineage,
    declared_lineage,
    lineage_of,
    lineage_of_dataset,
    traffic_of,
)


def contribution_of_run(fold: RunFold) -> Contribution:
    """Conclude what a run contributes.

    Its lineage and the schemas of its outputs count once it is completed; what it read and tried
    to write is known before.
    """
    traffic = traffic_of(fold.said)
    completed = fold.completed
    return Contribution(
        witness=fold.run,
        seen=completed or fold.heard,
        claims=tuple(_claims_of_run(fold)) if completed else (),
        schemas=tuple(schemas_of_run(fold)),
        reads=traffic.inputs,
        writes=traffic.outputs,
    )


def schemas_of_run(fold: RunFold) -> Iterator[SchemaStatement]:
    """Give the schemas that a run states: of its outputs only once it is completed."""
    outputs = traffic_of(fold.said).outputs if fold.completed else ()
    for slot, one, schema in sayings(fold.said, Schema):
        if isinstance(slot.about, DatasetName) and (
            slot.role is not Role.OUTPUT or slot.about in outputs
        ):
            yield SchemaStatement(slot.about, one.stamp, one.producer, schema)


def contribution_of_declaration(report: Report) -> Contribution:
    """Conclude what a record about the design of a job, a dataset or a source contributes.

    Raises:
        ValueError: the report is on a run.
    """
    subject, producer = report.subject, report.producer
    said = fold_said({}, report, report.facts)
    if isinstance(subject, RunEvent):
        raise ValueError(subject)
    match subject:
        case DatasetName():
            lineage = [(subject, one) for one in lineage_of_dataset(subject, said, producer)]
        case JobName():
            lineage = [(subject, one) for one in lineage_of(subject, said, producer)]
        case Source():
            lineage = [(one.target, one) for one in declared_lineage(said)]
    traffic = traffic_of(said)
    return Contribution(
        witness=report.record_id,
        seen=report.stamp,
        claims=tuple(_claim(via, one, version=None) for via, one in lineage),
        schemas=tuple(
            SchemaStatement(slot.about, one.stamp, one.producer, schema)
            for slot, one, schema in sayings(said, Schema)
            if isinstance(slot.about, DatasetName)
        ),
        reads=traffic.inputs,
        writes=traffic.outputs,
    )


def _claims_of_run(fold: RunFold) -> Iterator[Claim]:
    if fold.said:
        producer = max(fold.said.values(), key=lambda one: (one.stamp, one.producer)).producer
        for one in lineage_of(fold.run.job, fold.said, producer):
            yield _claim(fold.run.job, one, fold.code_version)


def _claim(via: Via, lineage: Lineage, version: str | None) -> Claim:
    return Claim(
        via=via,
        target=lineage.target,
        tier=lineage.tier,
        producer=lineage.producer,
        version=version,
        schemas=None,
        precise=lineage.precise,
        flows=lineage.flows,
    )
