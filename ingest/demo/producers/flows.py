"""Lineage as the producers send it: the columnLineage facet, and the explicit lineage facet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from openlineage.client.facet_v2 import DatasetFacet, lineage
from openlineage.client.facet_v2 import column_lineage_dataset as facet

from ingest.demo.model import Dataset, Derivation, Name, Revision
from ingest.demo.producers.integration import signed

WHOLE = "*"
_INDIRECT = frozenset({"JOIN", "FILTER", "GROUP_BY", "SORT", "WINDOW", "CONDITIONAL"})
_IN_EXPRESSION = frozenset({"IDENTITY", "TRANSFORMATION", "AGGREGATION", "CONDITIONAL", "WINDOW"})


@cache
def column_lineage(revision: Revision, producer: str) -> Mapping[str, DatasetFacet]:
    """Give all that is known: per column, and in `dataset` what shapes the whole output."""
    told = facet.ColumnLineageDatasetFacet(
        fields={
            target: facet.Fields(inputFields=_input_fields(derivations))
            for target, derivations in _by_target(revision).items()
            if target != WHOLE
        },
        dataset=_input_fields(_by_target(revision).get(WHOLE, [])),
    )
    return signed({"columnLineage": told}, producer)


@cache
def plain_column_lineage(revision: Revision, producer: str) -> Mapping[str, DatasetFacet]:
    """Give what a simple SQL parser finds: columns in expressions, and not how they are used."""
    told = facet.ColumnLineageDatasetFacet(
        fields={
            target: facet.Fields(
                inputFields=_untold(derivations),
                transformationDescription="",
                transformationType="",
            )
            for target, derivations in _by_target(revision).items()
            if target != WHOLE
        }
    )
    return signed({"columnLineage": told}, producer)


def explicit(job: Name, revision: Revision) -> lineage.LineageJobFacet:
    """Give the explicit facet: into the output, or into the job itself if it has none.

    The job is named: an entry without a name adds detail to a sink, and makes no flow by itself.
    """
    entry = _sink(job, revision) if revision.output is None else _target(revision.output, revision)
    return lineage.LineageJobFacet(entries=[entry])


def _by_target(revision: Revision) -> dict[str, list[Derivation]]:
    found: dict[str, list[Derivation]] = {}
    for derivation in revision.derivations:
        found.setdefault(derivation.target, []).append(derivation)
    return found


def _uses(derivations: Iterable[Derivation]) -> dict[tuple[Name, str], list[Derivation]]:
    """Give each source column with all that is done with it."""
    found: dict[tuple[Name, str], list[Derivation]] = {}
    for derivation in derivations:
        for source in derivation.sources:
            found.setdefault((source.dataset.at, source.column), []).append(derivation)
    return found


def _input_fields(derivations: Iterable[Derivation]) -> list[facet.InputField]:
    return [
        facet.InputField(
            at.namespace, at.name, column, [_transformation(use) for use in derivations_of]
        )
        for (at, column), derivations_of in _uses(derivations).items()
    ]


def _untold(derivations: Iterable[Derivation]) -> list[facet.InputField]:
    in_expression = (it for it in derivations if it.subtype in _IN_EXPRESSION)
    return [facet.InputField(at.namespace, at.name, column) for at, column in _uses(in_expression)]


def _kind(derivation: Derivation) -> str:
    return "INDIRECT" if derivation.subtype in _INDIRECT else "DIRECT"


def _transformation(derivation: Derivation) -> facet.Transformation:
    return facet.Transformation(
        _kind(derivation), derivation.subtype, masking=derivation.masking or None
    )


def _target(output: Dataset, revision: Revision) -> lineage.LineageDatasetEntry:
    by_target = _by_target(revision)
    return lineage.LineageDatasetEntry(
        namespace=output.at.namespace,
        name=output.at.name,
        type="DATASET",
        # An empty list would say that the target has no source at all.
        inputs=[*_sources(by_target.get(WHOLE, [])), *_handed_over(revision)] or None,
        fields={
            target: lineage.LineageFieldEntry(inputs=_sources(derivations))
            for target, derivations in by_target.items()
            if target != WHOLE
        },
    )


def _sink(job: Name, revision: Revision) -> lineage.LineageJobEntry:
    return lineage.LineageJobEntry(
        type="JOB",
        namespace=job.namespace,
        name=job.name,
        inputs=[*_sources(revision.derivations), *_handed_over(revision)],
    )


def _handed_over(revision: Revision) -> list[lineage.LineageInput]:
    return [
        lineage.LineageJobInput(type="JOB", namespace=job.namespace, name=job.name)
        for job in revision.hands_over
    ]


def _sources(derivations: Iterable[Derivation]) -> list[lineage.LineageInput]:
    return [
        lineage.LineageDatasetInput(
            namespace=at.namespace,
            name=at.name,
            type="DATASET",
            field=column,
            transformations=[
                lineage.LineageTransformation(_kind(use), use.subtype, masking=use.masking or None)
                for use in uses
            ],
        )
        for (at, column), uses in _uses(derivations).items()
    ]
