"""Rows for a project: of the literals that its queries compare a column with, and small keys."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.sql.expectations import Assumption
from ingest.sql.meaning import meaning_of
from ingest.sql.rules import rules_of
from ingest.sql.schema import schema_of
from ingest.sql.script import bind_script
from tests.bench.sql.corpus import Corpus
from tests.oracle.grammar.draw import Draw
from tests.oracle.impact.generate import Rows
from tests.oracle.impact.project import Project, Source

KEYS = 12
ROWS = 60

Literals = Mapping[tuple[str, str], list[str]]


def literals(corpus: Corpus) -> Literals:
    """What each column of a table is compared with, anywhere."""
    schema = schema_of(corpus.tables, rules_of("duckdb"))
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for query in corpus.queries:
        for one in meaning_of(bind_script(query, schema)).expectations:
            if one.assumption in _COMPARED and len(one.path) == 1:
                found[one.table.lower(), one.path[0].lower()].add(one.value)
    return {end: sorted(values) for end, values in found.items()}


_COMPARED = frozenset({Assumption.VALUE, Assumption.PATTERN, Assumption.BOUND})


def data(draw: Draw, project: Project, known: Literals) -> Mapping[str, Rows]:
    """One data set: the rows of each source."""
    return {
        each.name: tuple(_row(draw, each, known) for _ in range(ROWS)) for each in project.sources
    }


def resampled(draw: Draw, project: Project, rows: Mapping[str, Rows]) -> Mapping[str, Rows]:
    """One data set of the values that each column holds, in other combinations."""
    held = {name: list(zip(*found, strict=True)) for name, found in rows.items()}
    return {
        each.name: tuple(_mixed(draw, each, held[each.name]) for _ in range(ROWS))
        for each in project.sources
    }


def _mixed(draw: Draw, source: Source, held: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Of a table without rows each value is invented."""
    if not held:
        return _row(draw, source, {})
    return tuple(
        f"CAST(NULL AS {each.type})" if draw.chance(0.03) else draw.pick(values)
        for each, values in zip(source.columns, held, strict=True)
    )


def _row(draw: Draw, source: Source, known: Literals) -> tuple[str, ...]:
    return tuple(
        _value(draw, each.type, known.get((source.name.lower(), each.name.lower()), []))
        for each in source.columns
    )


def _value(draw: Draw, type_: str, known: list[str]) -> str:
    """Two of three are what a query asks for, if any does; one in thirty is NULL."""
    if draw.chance(0.03):
        return f"CAST(NULL AS {type_})"
    asked = draw.pick(known) if known and draw.chance(0.7) else None
    if type_ in ("DATE", "TIMESTAMP"):
        near = asked if asked and _DATE.fullmatch(asked) else draw.pick(_DAYS)
        return f"CAST(DATE '{near}' + {draw.count(0, 60)} AS {type_})"
    if type_ == "VARCHAR":
        text = asked.replace("%", "x").replace("_", "y") if asked else draw.pick(_WORDS)
        return "'" + text.replace("'", "''") + "'"
    number = asked if asked and _NUMBER.fullmatch(asked) else str(draw.count(1, KEYS))
    return f"CAST({number} AS {type_})"


_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAYS = ("1994-01-01", "1995-06-01", "1998-09-01", "1999-02-01", "2000-05-01", "2001-11-01")
_WORDS = ("a", "b", "c", "7", "x y")
