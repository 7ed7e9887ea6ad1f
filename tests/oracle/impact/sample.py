"""Reads cases whose truth is known: projects (`*.json`) and changes (`cases.jsonl`) in a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from tests.oracle.impact.case import Case
from tests.oracle.impact.project import Column, Columns, Kind, Model, Project, Source
from tests.oracle.impact.verdict import Effect, Fate

_EFFECTS = {
    "breaks": Effect.BREAKS,
    "blocked": Effect.BLOCKED,
    "schema": Effect.SCHEMA,
    "rows": Effect.ROWS,
    "values": Effect.VALUES,
}

Thing = TypeVar("Thing", Source, Model)


def sample(folder: Path) -> Iterator[Case]:
    """Every case of the folder, in its order."""
    projects = {file.stem: _project(json.loads(file.read_text())) for file in folder.glob("*.json")}
    for line in (folder / "cases.jsonl").read_text().splitlines():
        read = json.loads(line)
        yield _case(read, projects[read["project"]])


def _project(read: Mapping[str, Any]) -> Project:
    return Project(
        dialect=read["dialect"],
        sources=tuple(Source(each["name"], _columns(each["columns"])) for each in read["tables"]),
        models=tuple(map(_model, read["models"])),
    )


def _model(read: Mapping[str, Any]) -> Model:
    return Model(
        name=read["name"],
        kind=Kind(read["kind"]),
        sql=read["sql"],
        reads=tuple(read["deps"]),
        target=_columns(read.get("target") or ()),
    )


def _columns(read: Sequence[Sequence[str]]) -> Columns:
    return tuple(Column(name, type_) for name, type_ in read)


def _case(read: Mapping[str, Any], base: Project) -> Case:
    change = read["mutation"]
    return Case(
        id=read["id"],
        kind=change["kind"],
        thing=change["object"],
        touched=_touched(change),
        base=base,
        head=_after(base, change),
        downstream=tuple(read["downstream"]),
        fates={name: _fate(fate) for name, fate in read["truth"].items()},
    )


def _touched(change: Mapping[str, Any]) -> frozenset[str] | None:
    if "column" in change:
        return frozenset((change["column"],))
    if "new_column" in change or "reorder" in change["kind"]:
        return frozenset()
    return None


def _after(base: Project, change: Mapping[str, Any]) -> Project:
    name = change.get("new_name", change["object"])
    if change["on"] == "table":
        columns = change["new_columns"]
        source = None if name is None or columns is None else Source(name, _columns(columns))
        return replace(base, sources=_replaced(base.sources, change["object"], source))
    old, sql = base.model(change["object"]), change["new_sql"]
    model = replace(old, name=name, sql=sql) if old and name is not None and sql else None
    return replace(base, models=_replaced(base.models, change["object"], model))


def _replaced(things: tuple[Thing, ...], name: str, by: Thing | None) -> tuple[Thing, ...]:
    """The things with that one replaced in its place, or gone."""
    changed = (by if each.name == name else each for each in things)
    return tuple(each for each in changed if each is not None)


def _fate(read: Mapping[str, Any]) -> Fate:
    return Fate(
        effect=_EFFECTS[read["class"]],
        when=read.get("when", ""),
        error=read.get("error", ""),
        columns=tuple(read.get("columns", ())),
    )
