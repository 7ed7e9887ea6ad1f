"""The page on reading tells of every facet that is read, and of every code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from ingest.openlineage import Unreadable, read
from ingest.openlineage.facets.tables import (
    DATASET,
    INPUT,
    JOB,
    OUTPUT,
    RENAMED,
    RUN,
    STATIC_DATASET,
)
from ingest.openlineage.redaction import SETTINGS
from tests.events import JsonObject
from tests.histories.events import damaged_events

PAGE = (Path(__file__).parents[4] / "docs" / "openlineage.md").read_text()
READ = {*RUN, *JOB, *DATASET, *STATIC_DATASET, *INPUT, *OUTPUT, *RENAMED, *SETTINGS}


@pytest.mark.parametrize("key", sorted(READ))
def test_every_facet_is_documented(key: str) -> None:
    assert f"`{key}`" in PAGE


@given(damaged_events())
def test_every_code_is_documented(event: JsonObject) -> None:
    try:
        codes = {notice.code for notice in read("id", event).notices}
    except Unreadable as refusal:
        codes = {refusal.code}

    assert {code for code in codes if f"`{code}`" not in PAGE} == set()
