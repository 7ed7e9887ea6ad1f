"""The report as people and programs read it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from inline_snapshot import snapshot
from typer.testing import CliRunner

from catalog.check.markdown import LONGEST, code, text
from catalog.cli.main import app
from tests.unit.catalog.check.projects import (
    BASE,
    DAILY,
    PROJECT,
    SOURCES,
    WITHOUT_AMOUNT,
    checked,
    written,
)


def test_text_says_what_breaks_where_and_why(tmp_path: Path) -> None:
    result = checked(tmp_path, WITHOUT_AMOUNT)
    assert result.exit_code == 1
    assert result.stdout == snapshot("""\
FAIL  2 things affected: 1 breaks and 1 gets stale behind it.
  changed  removed orders.amount

BREAKS          daily
                There is no column "amount" here.
                models/daily.sql:2:19
                  SELECT state, sum(amount) AS total
                                    ^
                orders.amount → daily

BLOCKED         dash
                daily breaks, so it gets stale.

2 of 2 queries read; rules of the dialect: checked
""")


def test_markdown_begins_with_what_breaks(tmp_path: Path) -> None:
    result = checked(tmp_path, WITHOUT_AMOUNT, "--format", "markdown")
    assert result.exit_code == 1
    assert result.stdout == snapshot("""\
### ❌ Headwater: 2 things affected: 1 breaks and 1 gets stale behind it.

**Breaks**

- `daily` (proven): There is no column "amount" here.
  `models/daily.sql:2`
  ```sql
  SELECT state, sum(amount) AS total
                    ^
  ```
  `orders.amount` → `daily`

**Who looks at it**

- `dash`: blocked, daily breaks, so it gets stale.

**Changed**

- removed `orders.amount` in `sources.sql:1`
""")


def test_nothing_changed_is_a_pass(tmp_path: Path) -> None:
    result = checked(tmp_path, {}, "--format", "markdown")
    assert result.exit_code == 0
    assert result.stdout == "### ✅ Headwater: Nothing is changed.\n"


def test_junit_has_a_failure_for_each_impact_that_fails(tmp_path: Path) -> None:
    told = checked(tmp_path, WITHOUT_AMOUNT, "--format", "junit").stdout
    suite = fromstring(told)  # noqa: S314 (our own)
    assert suite.get("failures") == "2"
    assert [case.get("name") for case in suite] == ["daily", "dash"]


def test_a_report_can_be_written_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    result = checked(tmp_path, WITHOUT_AMOUNT, "--format", "json", "--output", str(file))
    assert result.stdout == ""
    assert json.loads(file.read_text())["verdict"] == "fail"


@pytest.mark.parametrize(
    ("level", "code_"), [("breaks", 0), ("schema", 0), ("rows", 0), ("values", 1), ("never", 0)]
)
def test_fail_on_includes_the_levels_before(tmp_path: Path, level: str, code_: int) -> None:
    other = DAILY.replace("sum(amount)", "sum(amount) + 1")
    result = checked(tmp_path, {"models/daily.sql": other}, "--fail-on", level)
    assert result.exit_code == code_


@pytest.mark.parametrize(
    "name", ["`", "``x`", "<script>", "@everyone", "[a](b)", "a\nb", "| x |", "#1 *b* _c_"]
)
def test_names_of_others_are_no_markup(name: str) -> None:
    """In words every sign that Markdown or HTML knows is escaped; in code the fence is longer."""
    told = text(name)
    assert "<" not in told
    assert "@" not in told
    assert "\n" not in told
    inside = code(name).strip("`").strip()
    assert code(name).startswith("`" * (1 + inside.count("``") * 2))


def test_a_comment_never_grows_longer_than_the_host_allows(tmp_path: Path) -> None:
    many = {
        f"consumer_{number}.sql": f"SELECT total AS t{number} FROM daily WHERE total > {number}\n"  # noqa: S608 (no input)
        for number in range(1500)
    }
    result = checked(tmp_path, {**WITHOUT_AMOUNT, **many}, "--format", "markdown")
    assert len(result.stdout) <= LONGEST
    assert "more entries do not fit here" in result.stdout


@pytest.mark.parametrize(
    ("namespace", "code"), [("", 0), ('namespace = ""\n', 0), ('namespace = "pg://other"\n', 1)]
)
def test_an_acknowledged_break_does_not_fail_nor_what_only_it_blocks(
    tmp_path: Path, namespace: str, code: int
) -> None:
    words = f"""
[[acknowledge]]
{namespace}name = "daily"
change = "removed orders.amount"
by = "ada"
why = "the dashboard goes next week"
until = 2999-01-01
"""
    head = {**WITHOUT_AMOUNT, "headwater.toml": PROJECT + words}
    result = checked(tmp_path, head, "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == code
    assert report["verdict"] == ("fail" if code else "warn")
    assert [one.get("acknowledged", {}).get("by") for one in report["impacts"]] == (
        [None, None] if code else ["ada", "ada"]
    )


def test_who_accepts_the_only_writer_that_breaks_accepts_what_it_blocks(tmp_path: Path) -> None:
    """A table of several writers gets stale by the one that breaks; the others do not count."""
    base = {
        "headwater.toml": PROJECT,
        "sources.sql": SOURCES + "CREATE TABLE totals (state varchar, total int);\n",
        "open.sql": "INSERT INTO totals SELECT state, 0 FROM orders;\n",
        "paid.sql": "INSERT INTO totals SELECT state, amount FROM orders;\n",
        "dash.sql": "SELECT max(total) AS best FROM totals\n",
    }
    sources = base["sources.sql"].replace("amount decimal(10, 2), ", "")
    result = checked(tmp_path, {"sources.sql": sources}, "--format", "json", base=base)
    impacts = {one["name"]: one for one in json.loads(result.stdout)["impacts"]}
    [broken] = [name for name, one in impacts.items() if one["verdict"] == "BREAKS"]
    assert {one["verdict"] for one in impacts.values()} == {"BREAKS", "BLOCKED"}
    words = f"""
[[acknowledge]]
name = "{broken}"
change = "removed orders.amount"
by = "ada"
why = "the dashboard goes next week"
until = 2999-01-01
"""
    head = {"sources.sql": sources, "headwater.toml": PROJECT + words}
    accepted = checked(tmp_path / "accepted", head, "--format", "json", base=base)
    told = json.loads(accepted.stdout)["impacts"]
    assert [one.get("acknowledged", {}).get("by") for one in told] == ["ada"] * 3
    assert accepted.exit_code == 0


def test_an_expired_acknowledgement_counts_as_absent(tmp_path: Path) -> None:
    words = """
[[acknowledge]]
name = "daily"
change = "removed orders.amount"
by = "ada"
why = "once"
until = 2020-01-01
"""
    head = {**WITHOUT_AMOUNT, "headwater.toml": PROJECT + words}
    assert checked(tmp_path, head).exit_code == 1


def test_owners_and_criticality_come_from_the_settings(tmp_path: Path) -> None:
    words = """
[[owner]]
match = "da*"
owners = ["team-sales"]

[[criticality]]
match = "dash"
level = "critical"
"""
    head = {**WITHOUT_AMOUNT, "headwater.toml": PROJECT + words}
    report = json.loads(checked(tmp_path, head, "--format", "json").stdout)
    assert {one["name"]: (one["owners"], one["criticality"]) for one in report["impacts"]} == {
        "daily": (["team-sales"], "normal"),
        "dash": (["team-sales"], "critical"),
    }


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("[project\n", "headwater.toml"),
        ('[project]\ndialect = "klingon"\n', "klingon"),
        ("[project]\ndialect = 3\n", "dialect must be text"),
        ('[[acknowledge]]\nname = "a"\n', "is missing"),
        ('[[criticality]]\nmatch = "a"\nlevel = "huge"\n', "huge"),
    ],
)
def test_wrong_settings_are_told(tmp_path: Path, settings: str, told: str) -> None:
    result = checked(tmp_path, {"headwater.toml": settings})
    assert result.exit_code == 2
    assert told in result.stderr.replace("\n", "")


def test_a_file_that_cannot_be_parsed_makes_the_report_incomplete(tmp_path: Path) -> None:
    head = {
        "sources.sql": SOURCES.replace("id int", "id bigint"),
        "bad.sql": "SELECT FROM WHERE (\n",
    }
    report = json.loads(checked(tmp_path, head, "--format", "json").stdout)
    assert report["complete"] is False
    assert [one["name"] for one in report["coverage"]["unparsed"]] == ["bad"]


def test_a_rename_offers_the_line_with_the_new_name(tmp_path: Path) -> None:
    renamed = {"sources.sql": SOURCES.replace("amount", "total_amount")}
    (daily, _) = json.loads(checked(tmp_path, renamed, "--format", "json").stdout)["impacts"]
    assert daily["reason"].endswith('It was renamed to "total_amount".')
    assert daily["edits"] == [
        {
            "file": "models/daily.sql",
            "line": 2,
            "before": "SELECT state, sum(amount) AS total",
            "after": "SELECT state, sum(total_amount) AS total",
        }
    ]


def test_a_mended_line_keeps_qualifiers_and_quotes(tmp_path: Path) -> None:
    renamed = {"sources.sql": SOURCES.replace("amount", "total_amount")}
    daily = 'CREATE TABLE daily AS\nSELECT o."amount" + o.amount AS total FROM orders AS o;\n'
    base = written(tmp_path / "base", {**BASE, "models/daily.sql": daily})
    head = written(tmp_path / "head", {**BASE, "models/daily.sql": daily, **renamed})
    arguments = ["check", "--base", str(base), "--head", str(head), "--no-cache"]
    result = CliRunner().invoke(app, [*arguments, "--format", "json"])
    (edit,) = json.loads(result.stdout)["impacts"][0]["edits"]
    assert edit["after"] == 'SELECT o."total_amount" + o.total_amount AS total FROM orders AS o'


def test_a_mended_query_gives_what_it_gave(tmp_path: Path) -> None:
    """A column that is called by the old name keeps it; a grouping has no name to keep."""
    renamed = {"sources.sql": SOURCES.replace("state", "status")}
    daily = 'CREATE TABLE daily AS\nSELECT o."state", count(*) AS n FROM orders o GROUP BY state;\n'
    base = written(tmp_path / "base", {**BASE, "models/daily.sql": daily})
    head = written(tmp_path / "head", {**BASE, "models/daily.sql": daily, **renamed})
    arguments = ["check", "--base", str(base), "--head", str(head), "--no-cache"]
    result = CliRunner().invoke(app, [*arguments, "--format", "json"])
    (edit,) = json.loads(result.stdout)["impacts"][0]["edits"]
    assert edit["after"] == (
        'SELECT o."status" AS "state", count(*) AS n FROM orders o GROUP BY status'
    )


def test_what_makes_a_table_in_a_way_that_is_not_read_is_told(tmp_path: Path) -> None:
    wider = SOURCES.replace("id int", "id bigint")
    head = {"sources.sql": wider, "odd.sql": "CREATE STREAM odd ON orders WITH (x = 1) FOO BAR;\n"}
    report = json.loads(checked(tmp_path, head, "--format", "json").stdout)
    assert [one["name"] for one in report["coverage"]["unparsed"]] == ["odd"]
    assert report["complete"] is False


def test_long_sums_are_compared_as_short_ones_are(tmp_path: Path) -> None:
    """5,000 terms of alternating signs are a tree as deep."""
    long = "".join(f" {'+-'[at % 2]} {at}" for at in range(5_000))
    daily = DAILY.replace("sum(amount)", f"sum(amount{long})")
    base = written(tmp_path / "base", {**BASE, "models/daily.sql": daily})
    head = written(tmp_path / "head", {**BASE, "models/daily.sql": daily.replace("+ 42", "+ 43")})
    arguments = ["check", "--base", str(base), "--head", str(head), "--no-cache"]
    report = json.loads(CliRunner().invoke(app, [*arguments, "--format", "json"]).stdout)
    assert [(one["name"], one["verdict"]) for one in report["impacts"]] == [
        ("dash", "VALUES_CHANGE")
    ]
