"""The hand-written statements have the edges that are written below them, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.statements import FILES, FOLDER, disagreement, read


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_a_statement_has_these_edges_and_no_others(file: Path) -> None:
    assert disagreement(read(file)) == ""


def test_there_are_goldens() -> None:
    """An empty folder would pass."""
    assert len(FILES) >= 110
