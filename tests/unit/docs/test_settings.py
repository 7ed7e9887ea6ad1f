"""Every setting stands in the reference, with its default."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.settings import Settings

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "settings.md"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    default = Settings.model_fields[name].default
    told = str(default).replace(str(Path.home()), "~")
    [row] = [
        line for line in REFERENCE.read_text().splitlines() if f"`HEADWATER_{name.upper()}`" in line
    ]
    assert f"`{told}`" in row
