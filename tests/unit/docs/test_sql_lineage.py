"""The reference of `headwater sql lineage`: its options, codes and table of goldens are true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from typer.main import get_command

from catalog.cli.sql import app
from catalog.impact.proof import dialect_level
from ingest.flows import Subtype
from ingest.sql.errors import Code
from tests.golden.statements import FILES, read

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "sql-lineage.md"
LEVELS = ("checked", "reviewed", "parsed")


@pytest.fixture(scope="module")
def reference() -> str:
    return REFERENCE.read_text()


def goldens() -> str:
    """How many statements there are of each construct, by the level of their dialect."""
    counted = Counter((file.parent.name, read(file).dialect) for file in FILES)
    constructs = sorted({construct for construct, _ in counted})
    rows = [_row(construct, counted) for construct in constructs]
    return "\n".join((f"| construct | {' | '.join(LEVELS)} |", "|---|---|---|---|", *rows))


def _row(construct: str, counted: Counter[tuple[str, str]]) -> str:
    cells = [
        ", ".join(
            f"{dialect or 'generic'} {counted[construct, dialect]}"
            for dialect in sorted({one for of, one in counted if of == construct})
            if dialect_level(dialect) == level
        )
        for level in LEVELS
    ]
    return f"| {construct} | {' | '.join(cells)} |"


def test_the_table_is_made_of_the_goldens(reference: str) -> None:
    assert reference.count(goldens()) == 1, f"The table should be:\n{goldens()}"


@pytest.mark.parametrize("code", Code)
def test_every_code_is_documented(reference: str, code: Code) -> None:
    assert f"\n| `{code.value}` |" in reference


@pytest.mark.parametrize("subtype", [one for one in Subtype if one])
def test_every_subtype_is_documented(reference: str, subtype: Subtype) -> None:
    assert f"`{subtype.value}`" in reference


def test_every_option_is_documented(reference: str) -> None:
    command = get_command(app)
    [lineage] = getattr(command, "commands", {}).values()
    options = {option for each in lineage.params for option in (each.name, *each.opts)}
    told = {line.split("`")[1] for line in reference.splitlines() if line.startswith("| `")}
    assert {option for option in told if option.startswith("--")} <= options
    assert {each.opts[-1] for each in lineage.params} <= told
