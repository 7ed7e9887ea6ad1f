"""What the tests of OpenLineage's parser expect, read from their Rust."""

from __future__ import annotations

import re
from collections.abc import Iterator
from tempfile import TemporaryDirectory

from tests.bench.sql.sdist import unpacked
from tests.bench.sql.suites.suite import Edge, Labelled

_TEST = re.compile(r"#\[test\]\s*fn \w+\(\) \{(.*?)\n\}", re.DOTALL)
_ASKED = re.compile(r'test_sql\(\s*"((?:[^"\\]|\\.)*)",?\s*\)', re.DOTALL)
_CALLED = re.compile(r'ColumnMeta::new\(\s*("[^"]*"\.to_string\(\)),\s*(None|Some\(.*?\)\)),?\s*\)')
_MEANT = re.compile(
    r'(descendant:\s*)?ColumnMeta\s*\{\s*origin:\s*(?:None|Some\(table\("([^"]*)"\)\)),'
    r'\s*name:\s*"([^"]*)"\.to_string\(\),?\s*\}'
)


def statements(version: str) -> list[Labelled]:
    """Of the tests that ask one statement; those that put several texts together are left out."""
    with TemporaryDirectory() as place:
        root = unpacked("openlineage-sql", version, place)
        files = sorted((root / "impl" / "tests" / "column_lineage").glob("*.rs"))
        return [found for file in files for found in _statements(file.read_text())]


def _statements(rust: str) -> Iterator[Labelled]:
    for body in _TEST.findall(rust):
        asked = _ASKED.findall(body)
        edges = tuple(_edges(_CALLED.sub(r"ColumnMeta { origin: \2, name: \1 }", body)))
        if len(asked) == 1 and edges:
            yield Labelled(asked[0].replace('\\"', '"'), "postgres", {}, edges)


def _edges(body: str) -> Iterator[Edge]:
    output = ""
    for descendant, table, column in _MEANT.findall(body):
        if descendant:
            output = column
        else:
            yield output, table or "?", column
