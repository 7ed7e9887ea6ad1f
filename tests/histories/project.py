"""A project as a catalog hears of it: jobs load its tables, and run the texts of its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, zip_longest

from catalog.impact.binding import BoundProject
from catalog.model.project import Definition, Table
from ingest.facts import Report
from ingest.names import DatasetName
from ingest.openlineage import read
from tests.events import JsonObject, dataset, run_event

START = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Warehouse:
    """Where the relations of a project are: what stands before their names in a catalog."""

    namespace: str
    prefix: str

    def called(self, relation: str) -> DatasetName:
        """What a relation of the project is in the catalog."""
        return DatasetName(self.namespace, f"{self.prefix}{relation}")


WAREHOUSES = {
    "duckdb": Warehouse("duckdb:///shop.db", "shop.main."),
    "postgres": Warehouse("postgres://db:5432", "shop.public."),
    "snowflake": Warehouse("snowflake://org-account", "SHOP.PUBLIC."),
}
"""By the dialect that is spoken there."""


def reports(bound: BoundProject, *, by_children: bool = False) -> Iterator[Report]:
    """Of tables all columns are told, of what queries make nothing but that they make it.

    `by_children`: what runs write, the runs that they start tell: first they ask, then they write.
    """
    place = WAREHOUSES[bound.project.dialect]
    project = bound.project
    written = {one.target for one in project.definitions}
    ends = [
        *(
            (f"load {one.name}", _loaded(place, one))
            for one in project.tables.values()
            if one.name not in written
        ),
        *(
            (name, _ran(place, bound, list(of)))
            for name, of in groupby(project.definitions, lambda one: one.name)
        ),
    ]
    for number, (name, (inputs, outputs, facets)) in enumerate(ends):
        event = run_event(
            inputs=inputs,
            outputs=outputs,
            eventTime=(START + timedelta(minutes=number)).isoformat(),
        )
        event["job"] = {"namespace": "jobs", "name": name, "facets": facets}
        run = f"01912345-0000-7000-8000-{number:012}"
        event["run"] = {"runId": run, "facets": {}}
        if by_children and outputs and facets:
            event["job"] = {"namespace": "jobs", "name": name, "facets": {}}
            parent = _facet(run={"runId": run}, job={"namespace": "jobs", "name": name})
            probe = _facet(query="select 1 as one", dialect=project.dialect)
            time = str(event["eventTime"])
            yield from _children(name, run, time, parent, (probe, facets["sql"]))
        yield read(str(number), event)


def _children(
    name: str, run: str, time: str, parent: JsonObject, sqls: Sequence[object]
) -> Iterator[Report]:
    """The runs that a run starts, before it ends itself."""
    for number, one in enumerate(sqls):
        child = run_event(eventTime=time)
        child["job"] = {"namespace": "jobs", "name": f"{name}.{number}", "facets": {"sql": one}}
        own = run.replace("01912345-0", f"01912345-{number + 1}")
        child["run"] = {"runId": own, "facets": {"parent": parent}}
        yield read(own, child)


def _loaded(
    place: Warehouse, table: Table
) -> tuple[Sequence[object], Sequence[object], JsonObject]:
    return (), [_dataset(place, table, table.name)], {}


def _dataset(place: Warehouse, table: Table | None, relation: str) -> JsonObject:
    if table is None:
        return dataset(place.called(relation))
    fields = [
        {"name": table.folded.get(name, name), "type": type_} for name, type_ in table.columns
    ]
    return dataset(place.called(relation), schema=_facet(fields=fields))


def _ran(
    place: Warehouse, bound: BoundProject, of: Sequence[Definition]
) -> tuple[Sequence[object], Sequence[object], JsonObject]:
    written = list(dict.fromkeys(one.target for one in of if one.target is not None))
    reads = {
        bound.nodes[read.lower()].name
        for key, node in bound.nodes.items()
        for one, meaning in zip(node.definitions, bound.meanings.get(key, ()), strict=True)
        for read in meaning.reads
        if one in of and read.lower() in bound.nodes
    }
    text = _whole([one.sql for one in of]) if _shares(of) else ";\n".join(one.sql for one in of)
    sql = _facet(query=text, dialect=bound.project.dialect)
    return (
        [dataset(place.called(one)) for one in sorted(reads)],
        [_dataset(place, bound.project.tables.get(one), one) for one in written],
        {"sql": sql},
    )


def _shares(of: Sequence[Definition]) -> bool:
    """Whether statements of one script begin with what it makes for itself."""
    return len({one.place for one in of}) == 1


def _whole(parts: Sequence[str]) -> str:
    """The script of which each part has some statements, and blanks for the others."""
    return "".join(max(characters) for characters in zip_longest(*parts, fillvalue=""))


def _facet(**of: object) -> JsonObject:
    url = "https://openlineage.io/spec/facets/1-0-0/F.json"
    return {"_producer": "https://example.com", "_schemaURL": url, **of}
