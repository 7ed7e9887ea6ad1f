"""Facet `lineage`: what flows into which targets, as the producer states it outright.

One entry is one target: a dataset, columns of it, or a job. An input without a `field` is a whole
dataset of which it is not known what takes part; one for the whole target with a `field` decides
its rows. An entry without a name is the event's own job as a sink: what flows into it ends there.
An input without a name is the own job as a generator: a detail that adds no edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from msgspec import UnsetType

from ingest.facts import ExplicitLineage, Notice, Verbatim
from ingest.flows import End, Rows, Whole, sorted_flows
from ingest.names import ColumnName, DatasetName, JobName
from ingest.openlineage.facets.field_path import field_path
from ingest.openlineage.facets.reading import DatasetPlace, JobPlace, NestedColumns, Reading
from ingest.openlineage.facets.transformation import Source, flows_into, ways
from ingest.openlineage.lenient import pointer
from ingest.openlineage.wire import facets as wire

Thing: TypeAlias = DatasetName | JobName


class _Told(NamedTuple):
    """What is told of one target, by the end into which it flows."""

    sources: dict[End, list[Source]]
    closed: bool


def lineage_of_job(facet: wire.LineageJobFacet, place: JobPlace) -> Reading:
    """Read the entries, those of one target together.

    A facet without entries is explicit too: nothing is known to flow anywhere.
    """
    notices: list[Notice] = []
    told: dict[Thing, _Told] = {}
    for i, entry in enumerate(facet.entries):
        own_job = place.job if _is_own_job(entry) else None
        target = own_job or _thing(entry, f"/entries/{i}", notices)
        if target is not None:
            more = _told(entry, target, f"/entries/{i}", place.nested, notices)
            told[target] = _together(told[target], more) if target in told else more
    told = told or {place.job: _Told({}, closed=False)}
    sayings = tuple(_explicit(target, all_told) for target, all_told in told.items())
    return Reading(sayings, tuple(notices))


def lineage_of_dataset(facet: wire.LineageDatasetFacet, place: DatasetPlace) -> Reading:
    """Read what flows into a dataset that no job makes, such as a view."""
    notices: list[Notice] = []
    told = _told(facet, place.dataset, "", place.nested, notices)
    return Reading((_explicit(place.dataset, told),), tuple(notices))


def misplaced_lineage(_: wire.AnyFacet, __: object) -> Reading:
    """Refuse lineage at a dataset of a run or a job: there it stands at the job."""
    message = "Lineage of a dataset counts in a dataset's own event alone"
    return Reading((Verbatim("lineage"),), (Notice("misplaced_facet", "", message),))


def _explicit(target: Thing, told: _Told) -> ExplicitLineage:
    flows = (flow for end, sources in told.sources.items() for flow in flows_into(end, sources))
    return ExplicitLineage(target, sorted_flows(flows), told.closed)


def _together(first: _Told, second: _Told) -> _Told:
    ends = [*first.sources, *(end for end in second.sources if end not in first.sources)]
    sources = {end: first.sources.get(end, []) + second.sources.get(end, []) for end in ends}
    return _Told(sources, first.closed or second.closed)


def _told(
    told: wire.LineageEntry | wire.LineageDatasetFacet,
    target: Thing,
    path: str,
    nested: NestedColumns,
    notices: list[Notice],
) -> _Told:
    sources: dict[End, list[Source]] = {}
    closed = isinstance(told.inputs, tuple)
    inputs = told.inputs if isinstance(told.inputs, tuple) else ()
    for source in _sources(inputs, f"{path}/inputs", nested, notices):
        sources.setdefault(_end(source.end, target), []).append(source)
    for name, field in told.fields.items():
        here = pointer(f"{path}/fields", name)
        if isinstance(target, JobName):
            notices.append(Notice("field_of_a_job", here, "A job has no columns"))
            continue
        column = ColumnName(target, field_path(target, name, nested))
        sources[column] = list(_sources(field.inputs, f"{here}/inputs", nested, notices))
    return _Told(sources, closed)


def _sources(
    inputs: Sequence[wire.LineageInput], path: str, nested: NestedColumns, notices: list[Notice]
) -> Iterator[Source]:
    for i, told in enumerate(inputs):
        here = f"{path}/{i}"
        thing = _thing(told, here, notices)
        if thing is None:
            continue
        field = told.field if isinstance(told.field, str) else None
        if field is not None and isinstance(thing, JobName):
            notices.append(Notice("field_of_a_job", f"{here}/field", "A job has no columns"))
        end = _source_end(thing, field, nested)
        key = (told.type, thing.namespace, thing.name, *(() if field is None else (field,)))
        for way in ways(told.transformations, here, notices):
            yield Source(key, end, way)


def _source_end(thing: Thing, field: str | None, nested: NestedColumns) -> End:
    if isinstance(thing, JobName):
        return thing
    return Whole(thing) if field is None else ColumnName(thing, field_path(thing, field, nested))


def _end(source: End, target: Thing) -> End:
    """Give the end of a target as a whole: a column that is named decides its rows."""
    if isinstance(target, JobName):
        return target
    return Rows(target) if isinstance(source, ColumnName) else Whole(target)


def _is_own_job(told: wire.LineageEntry) -> bool:
    no_name = isinstance(told.namespace, UnsetType) and isinstance(told.name, UnsetType)
    return told.type == "JOB" and no_name


def _thing(
    told: wire.LineageEntry | wire.LineageInput, path: str, notices: list[Notice]
) -> Thing | None:
    """Give the dataset or the job that is named, None for the event's own job and for neither."""
    match told.type, told.namespace, told.name:
        case "DATASET", str(namespace), str(name):
            return DatasetName(namespace, name)
        case "JOB", str(namespace), str(name):
            return JobName(namespace, name)
        case "JOB", UnsetType(), UnsetType():
            pass
        case "JOB" | "DATASET", _, _:
            notices.append(Notice("missing_name", path, "A thing of lineage has no full name"))
        case _:
            message = f"{told.type!r} is neither DATASET nor JOB"
            notices.append(Notice("unknown_lineage_type", path, message))
    return None
