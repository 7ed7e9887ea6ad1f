"""Facet `lineage`: what flows into which targets, as the producer states it outright.

One entry is one target: a dataset, columns of it, or a job. An input without a `field` is a whole
dataset of which it is not known what takes part; one for the whole target with a `field` decides
its rows. An entry or an input that is a job without a name is the event's own job, as generator
or sink: it adds detail and no edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import UnsetType

from ingest.facts import ExplicitLineage, Notice, Verbatim
from ingest.flows import End, Rows, Whole
from ingest.names import ColumnName, DatasetName, JobName
from ingest.openlineage.facets.field_path import field_path
from ingest.openlineage.facets.reading import DatasetPlace, JobPlace, NestedColumns, Reading
from ingest.openlineage.facets.transformation import Way, flows, ways
from ingest.openlineage.lenient import pointer
from ingest.openlineage.wire import facets as wire

Target: TypeAlias = DatasetName | JobName
Told: TypeAlias = tuple[End, End, Way]


def lineage_of_job(facet: wire.LineageJobFacet, place: JobPlace) -> Reading:
    """Read the entries, those of one target together."""
    notices: list[Notice] = []
    told: dict[Target, list[Told]] = {}
    closed: set[Target] = set()
    for i, entry in enumerate(facet.entries):
        target = _thing(entry, f"/entries/{i}", notices)
        if target is None:
            continue
        found = _flows(entry, target, f"/entries/{i}", place.nested, notices)
        told.setdefault(target, []).extend(found)
        if isinstance(entry.inputs, tuple):
            closed.add(target)
    sayings = (
        ExplicitLineage(target, flows(found), target in closed) for target, found in told.items()
    )
    return Reading(tuple(sayings), tuple(notices))


def lineage_of_dataset(facet: wire.LineageDatasetFacet, place: DatasetPlace) -> Reading:
    """Read what flows into a dataset that no job makes, such as a view."""
    target = place.dataset
    notices: list[Notice] = []
    found = flows(_flows(facet, target, "", place.nested, notices))
    closed = isinstance(facet.inputs, tuple)
    return Reading((ExplicitLineage(target, found, closed),), tuple(notices))


def misplaced_lineage(_: wire.AnyFacet, __: object) -> Reading:
    """Refuse lineage at a dataset of a run or a job: there it stands at the job."""
    message = "Lineage of a dataset counts in a dataset's own event alone"
    return Reading((Verbatim("lineage"),), (Notice("misplaced-facet", "", message),))


def _flows(
    told: wire.LineageEntry | wire.LineageDatasetFacet,
    target: Target,
    path: str,
    nested: NestedColumns,
    notices: list[Notice],
) -> Iterator[Told]:
    if isinstance(told.inputs, tuple):
        for source, way in _sources(told.inputs, f"{path}/inputs", nested, notices):
            yield _whole(source), _end(source, target), way
    for name, field in told.fields.items():
        here = pointer(f"{path}/fields", name)
        if isinstance(target, JobName):
            notices.append(Notice("field-of-a-job", here, "A job has no columns"))
            continue
        column = ColumnName(target, field_path(target, name, nested))
        for source, way in _sources(field.inputs, f"{here}/inputs", nested, notices):
            yield _whole(source), column, way


def _sources(
    inputs: Sequence[wire.LineageInput], path: str, nested: NestedColumns, notices: list[Notice]
) -> Iterator[tuple[ColumnName | DatasetName | JobName, Way]]:
    for i, told in enumerate(inputs):
        here = f"{path}/{i}"
        thing = _thing(told, here, notices)
        if thing is None:
            continue
        source = _column(thing, told.field, here, nested, notices)
        for way in ways(told.transformations, here, notices):
            yield source, way


def _column(
    thing: Target, field: object, path: str, nested: NestedColumns, notices: list[Notice]
) -> ColumnName | Target:
    if not isinstance(field, str):
        return thing
    if isinstance(thing, JobName):
        notices.append(Notice("field-of-a-job", f"{path}/field", "A job has no columns"))
        return thing
    return ColumnName(thing, field_path(thing, field, nested))


def _thing(
    told: wire.LineageEntry | wire.LineageInput, path: str, notices: list[Notice]
) -> Target | None:
    """Give the dataset or the job that is named, None for the event's own job and for neither."""
    match told.type, told.namespace, told.name:
        case "DATASET", str(namespace), str(name):
            return DatasetName(namespace, name)
        case "JOB", str(namespace), str(name):
            return JobName(namespace, name)
        case "JOB", UnsetType(), UnsetType():
            pass
        case "JOB" | "DATASET", _, _:
            notices.append(Notice("missing-name", path, "A thing of lineage has no full name"))
        case _:
            message = f"{told.type!r} is neither DATASET nor JOB"
            notices.append(Notice("unknown-lineage-type", f"{path}/type", message))
    return None


def _whole(source: ColumnName | Target) -> End:
    return Whole(source) if isinstance(source, DatasetName) else source


def _end(source: ColumnName | Target, target: Target) -> End:
    if isinstance(target, JobName):
        return target
    return Rows(target) if isinstance(source, ColumnName) else Whole(target)
