"""The datasets of an event, with what it says of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce
from typing import NamedTuple

from ingest.facts import Fact, Role, Schema, Touched
from ingest.names import DatasetName, FieldPath
from ingest.openlineage.facets.field_path import nested_columns
from ingest.openlineage.facets.quality import together
from ingest.openlineage.facets.reading import (
    DatasetPlace,
    NestedColumns,
    Reading,
    Table,
    read_facet,
    read_lasting_facet,
)
from ingest.openlineage.facets.tables import DATASET, INPUT, OUTPUT, STATIC_DATASET
from ingest.openlineage.found import Found
from ingest.openlineage.wire import envelope as wire


class Mention(NamedTuple):
    """A dataset in an event. `at` points at it; `run_facets` hold for one run alone."""

    name: DatasetName
    role: Role
    at: str
    facets: wire.Facets
    run_facets: wire.Facets


def mentions_of(event: wire.RunEvent | wire.JobEvent) -> list[Mention]:
    """List the datasets that a run or a job reads and writes."""
    inputs = [
        Mention(_name(read), Role.INPUT, f"/inputs/{i}", read.facets, read.input_facets)
        for i, read in enumerate(event.inputs)
        if read is not None
    ]
    outputs = [
        Mention(_name(made), Role.OUTPUT, f"/outputs/{i}", made.facets, made.output_facets)
        for i, made in enumerate(event.outputs)
        if made is not None
    ]
    return inputs + outputs


def read_mentions(
    mentions: Iterable[Mention], nested: NestedColumns, found: Found, *, full: Collection[Role]
) -> None:
    """Read what an event says of its datasets; `full`: whose schemas name all columns."""
    for mention in mentions:
        is_input = mention.role is Role.INPUT
        touched = Fact(mention.name, mention.role, "inputs" if is_input else "outputs", _TOUCHED)
        found.facts.append(touched)
        place = DatasetPlace(mention.name, mention.role in full, nested)
        _read_lasting(DATASET, mention, place, found)
        _read_of_run(INPUT if is_input else OUTPUT, mention, found)


def read_subject(event: wire.DatasetEvent, found: Found, *, full: bool) -> DatasetName:
    """Read what an event of a dataset alone says of it; `full`: its schema names all columns."""
    name = DatasetName(event.dataset.namespace, event.dataset.name)
    mention = Mention(name, Role.SUBJECT, "/dataset", event.dataset.facets, {})
    place = DatasetPlace(name, full, nested_in([mention]))
    _read_lasting(STATIC_DATASET, mention, place, found)
    return name


def nested_in(mentions: Iterable[Mention]) -> NestedColumns:
    """List the nested columns that the schemas in an event show."""
    shown = ((mention.name, _nested(mention)) for mention in mentions)
    return tuple((name, paths) for name, paths in shown if paths)


def _nested(mention: Mention) -> tuple[FieldPath, ...]:
    content = bytes(mention.facets.get("schema", b""))
    if content.count(b'"fields"') <= 1:  # the schema's own; those of a column would be more
        return ()
    reading = read_lasting_facet(DATASET, "schema", content, DatasetPlace(mention.name))
    return tuple(
        path
        for saying in reading.sayings
        if isinstance(saying, Schema)
        for path in nested_columns(saying)
    )


_TOUCHED = Touched()
_NEED_PATHS = frozenset({"columnLineage", "lineage"})


def _read_lasting(
    table: Table[DatasetPlace], mention: Mention, place: DatasetPlace, found: Found
) -> None:
    plain = place._replace(nested=())
    at = f"{mention.at}/facets"
    for key, content in mention.facets.items():
        where = place if key in _NEED_PATHS else plain
        reading = read_lasting_facet(table, key, bytes(content), where)
        found.add(mention.name, mention.role, key, reading, at)


def _read_of_run(table: Table[None], mention: Mention, found: Found) -> None:
    slot = "inputFacets" if mention.role is Role.INPUT else "outputFacets"
    for key, content in mention.run_facets.items():
        reading = read_facet(table, key, bytes(content))
        if key in mention.facets:
            reading = _beside(reading, mention, key, found)
        found.add(mention.name, mention.role, key, reading, f"{mention.at}/{slot}")


def _beside(reading: Reading, mention: Mention, key: str, found: Found) -> Reading:
    """Add what the dataset's own facet of the same key says; say nothing twice."""
    own = [fact.saying for fact in found.of(mention.name, mention.role, key)]
    sayings = (reduce(together, [*own, saying]) for saying in reading.sayings)
    return Reading(tuple(saying for saying in sayings if saying not in own), reading.notices)


def _name(dataset: wire.InputDataset | wire.OutputDataset) -> DatasetName:
    return DatasetName(dataset.namespace, dataset.name)
