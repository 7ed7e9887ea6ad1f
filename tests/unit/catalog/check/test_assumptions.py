"""What a reader assumes of values, and a changed query upstream makes no more, is in the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalog.cli.main import app
from tests.unit.catalog.check.projects import PROJECT, written

SOURCES = """CREATE TABLE orders (id int, state varchar, amount int);
CREATE TABLE cust (id int, kind varchar);
"""
CASE = "SELECT id, amount, CASE state WHEN 'P' THEN 'paid' ELSE 'open' END AS state FROM orders"
SETTLED = CASE.replace("'paid'", "'settled'")
PLAIN = "SELECT id, amount, state FROM orders"
BOTH = "SELECT id, 'shop' AS source FROM orders UNION ALL SELECT id, 'web' FROM cust"


def reasons(folder: Path, before: str, after: str, reader: str, partner: str = PLAIN) -> list[str]:
    """Why the reader of `stg`, over a view that hands all on, gives something else."""
    files = {
        "headwater.toml": PROJECT,
        "sources.sql": SOURCES,
        "partner.sql": f"CREATE VIEW partner AS {partner}",
        "mid.sql": "CREATE VIEW mid AS SELECT * FROM stg",
        "reader.sql": reader,
    }
    states = {"base": before, "head": after}
    base, head = (
        written(folder / name, {**files, "stg.sql": f"CREATE VIEW stg AS {sql}"})
        for name, sql in states.items()
    )
    places = ["--base", str(base), "--head", str(head), "--no-cache", "--format", "json"]
    told = json.loads(CliRunner().invoke(app, ["check", *places]).stdout)["impacts"]
    return [one["reason"] for one in told if one["name"] == "reader"]


@pytest.mark.parametrize(
    ("before", "after", "reader", "said"),
    [
        (CASE, SETTLED, "SELECT id FROM mid WHERE state IN ('paid', 'open')", "never 'paid'"),
        (CASE, SETTLED, "SELECT max(id) FROM mid WHERE 'paid' = state", "never 'paid'"),
        (CASE, SETTLED, "SELECT id FROM mid WHERE state LIKE 'pa%'", "never like 'pa%'"),
        (
            PLAIN,
            PLAIN + " WHERE state IN ('open', 'new')",
            "SELECT id FROM mid WHERE state = 'paid'",
            "never 'paid'",
        ),
        (
            PLAIN,
            PLAIN + " WHERE NOT state = 'paid'",
            "SELECT id FROM mid WHERE state = 'paid'",
            "never 'paid'",
        ),
        (
            PLAIN,
            f"WITH o AS ({PLAIN}) SELECT * FROM o WHERE state <> 'paid'",  # noqa: S608 (no input)
            "SELECT CASE WHEN state = 'paid' THEN 1 ELSE 0 END AS n FROM mid",
            "never 'paid'",
        ),
        (
            BOTH,
            BOTH.replace("'web'", "'app'"),
            "SELECT id FROM mid WHERE source = 'web'",
            "never 'web'",
        ),
        (
            CASE.replace("'paid'", "'1'").replace("'open'", "'2'"),
            CASE.replace("'paid'", "'1'").replace("'open'", "'two'"),
            "SELECT CAST(state AS int) AS n FROM mid",
            "may be 'two', which is no INT",
        ),
    ],
)
def test_what_is_assumed_and_never_so_any_more_is_told(
    tmp_path: Path, before: str, after: str, reader: str, said: str
) -> None:
    (reason,) = reasons(tmp_path, before, after, reader)
    assert said in reason


def test_columns_that_are_joined_and_have_no_value_in_common_any_more(tmp_path: Path) -> None:
    reader = "SELECT m.id FROM mid AS m JOIN partner AS p ON p.state = m.state"
    partner = CASE.replace("'open'", "'late'")
    (reason,) = reasons(tmp_path, CASE, SETTLED, reader, partner)
    assert "mid.state never equals partner.state any more" in reason


@pytest.mark.parametrize(
    ("before", "after", "reader"),
    [
        (CASE, SETTLED, "SELECT id FROM mid WHERE state = 'open'"),
        (CASE, SETTLED, "SELECT id FROM mid WHERE state LIKE '%e%'"),
        (SETTLED, CASE, "SELECT id FROM mid WHERE state IN ('gone', 'open')"),
        (
            PLAIN + " WHERE state <> 'paid'",
            PLAIN + " WHERE state <> 'paid' AND amount > 0",
            "SELECT id FROM mid WHERE state = 'paid'",
        ),
        (
            PLAIN,
            PLAIN + " WHERE NOT state <> 'paid'",
            "SELECT id FROM mid WHERE state = 'paid'",
        ),
        (
            PLAIN,
            PLAIN + " WHERE state <> 'open' OR state <> 'paid'",
            "SELECT id FROM mid WHERE state = 'paid'",
        ),
        (
            BOTH,
            BOTH + " UNION ALL SELECT id, 'app' FROM cust",  # noqa: S608 (no input)
            "SELECT id FROM mid WHERE source = 'web'",
        ),
    ],
)
def test_what_may_still_be_so_or_never_was_is_not_told(
    tmp_path: Path, before: str, after: str, reader: str
) -> None:
    assert not [one for one in reasons(tmp_path, before, after, reader) if "never" in one]
