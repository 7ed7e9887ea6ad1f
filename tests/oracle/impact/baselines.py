"""What plain reachability says of a change, in the class that serves it best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from ingest.sql.jsonl import answer
from tests.oracle.impact.case import Case
from tests.oracle.impact.project import Project
from tests.oracle.impact.verdict import Effect, Verdict

End = tuple[str, str]


def by_tables(case: Case) -> Mapping[str, Verdict]:
    """Everything downstream is affected."""
    return _named(case, case.downstream)


def by_columns(case: Case) -> Mapping[str, Verdict]:
    """What the touched columns reach over the engine's own direct edges."""
    if _thing_is_gone(case):
        return by_tables(case)
    columns = columns_of(case.base)[case.thing] if case.touched is None else case.touched
    return _named(case, _reached(case.base, {(case.thing, column) for column in columns}))


def _reached(project: Project, ends: set[End]) -> list[str]:
    reached = set(ends)
    edges = _edges(project)
    for model in project.models:
        reached |= {end for end, sources in edges[model.name].items() if sources & reached}
    return [each.name for each in project.models if any(e[0] == each.name for e in reached - ends)]


def _named(case: Case, reached: Iterable[str]) -> dict[str, Verdict]:
    """A reached reader of what is gone breaks, those behind it are blocked; else it changes."""
    gone = _thing_is_gone(case) or case.kind.endswith(("drop_column", "rename_column"))
    readers = case.base.readers(case.thing)
    found: dict[str, Verdict] = {}
    for name in reached:
        down = Effect.BREAKS if name in readers else Effect.BLOCKED
        found[name] = Verdict(down if gone else _change(case, name), "OBSERVED", (), {})
    return found


def _change(case: Case, name: str) -> Effect:
    happened = case.fate(name).effect
    return happened if happened in (Effect.ROWS, Effect.VALUES) else Effect.VALUES


def _thing_is_gone(case: Case) -> bool:
    return case.head.model(case.thing) is None and case.head.source(case.thing) is None


@lru_cache(maxsize=64)
def columns_of(project: Project) -> dict[str, tuple[str, ...]]:
    """The columns of every relation, as the engine sees them."""
    return {
        **{each.name: tuple(c.name for c in each.columns) for each in project.sources},
        **{name: tuple(end[1] for end in ends) for name, ends in _edges(project).items()},
    }


@lru_cache(maxsize=64)
def _edges(project: Project) -> dict[str, dict[End, set[End]]]:
    """For each model the direct sources of its output columns."""
    schema: dict[str, dict[str, str]] = {
        each.name: {column.name: column.type for column in each.columns} for each in project.sources
    }
    found: dict[str, dict[End, set[End]]] = {}
    for model in project.models:
        told = answer({"sql": model.sql, "dialect": project.dialect, "schema": schema})
        columns: Mapping[str, Mapping[str, list[list[str]]]] = told["columns"]  # type: ignore[assignment]
        names = [column.name for column in model.target] or list(columns)
        schema[model.name] = dict.fromkeys(names, "")
        found[model.name] = {
            (model.name, name): {(edge[0], edge[1]) for edge in edges["direct"]}
            for name, edges in zip(names, columns.values(), strict=False)
        }
    return found
