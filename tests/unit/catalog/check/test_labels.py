"""A check tells who gets values of labelled columns, and had none before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot
from typer.testing import CliRunner

from catalog.cli.main import app
from tests.unit.catalog.check.projects import PROJECT, written
from tests.unit.catalog.check.test_dbt import SEED, STAGING, checked, manifest

LABELS = """
[[label]]
match = "people.email"
tags = "pii"
"""
BASE = {
    "headwater.toml": PROJECT + LABELS,
    "people.sql": "CREATE TABLE people (id int, email varchar, city varchar);\n",
    "stage.sql": "CREATE TABLE stage AS SELECT id, city, md5(email) AS hashed FROM people;\n",
    "mart.sql": "CREATE TABLE mart AS SELECT * FROM stage;\n",
    "export.sql": "SELECT * FROM mart\n",
    "count.sql": "SELECT city, count(*) AS n FROM stage GROUP BY city\n",
}
OPENED = BASE["stage.sql"].replace("id,", "id, lower(email) AS mail,")


def report(folder: Path, head: Mapping[str, str], *options: str) -> str:
    """Check the project above with other files against itself."""
    base = written(folder / "base", BASE)
    after = written(folder / "head", {**BASE, **head})
    places = ["--base", str(base), "--head", str(after), "--no-cache", *options]
    result = CliRunner().invoke(app, ["check", *places])
    assert result.exit_code == 0, result.output
    return result.stdout


def labelled(folder: Path, head: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    """The label, the thing, and the way."""
    told: dict[str, Any] = json.loads(report(folder, head, "--format", "json"))
    found = told.get("labelled", [])
    assert told["verdict"] == ("warn" if found or told["impacts"] else "pass")
    return [(one["label"], one["name"], one["path"]) for one in found]


def test_a_labelled_value_that_comes_to_a_consumer_is_told(tmp_path: Path) -> None:
    """Not what it passes on the way, nor a reader of other columns."""
    assert labelled(tmp_path, {"stage.sql": OPENED}) == [
        ("pii", "export", ["people.email", "stage.mail", "mart.mail", "export.mail"])
    ]


def test_a_new_reader_is_told_although_nothing_is_affected(tmp_path: Path) -> None:
    head = {"mailing.sql": "SELECT email || '' AS address FROM people WHERE city = 'Oslo'\n"}
    assert labelled(tmp_path, head) == [("pii", "mailing", ["people.email", "mailing.address"])]


def test_where_none_reads_on_the_relation_is_told(tmp_path: Path) -> None:
    head = {"book.sql": "CREATE TABLE book AS SELECT coalesce(email, '-') AS mail FROM people;\n"}
    assert labelled(tmp_path, head) == [("pii", "book", ["people.email", "book.mail"])]


@pytest.mark.parametrize(
    "written_so",
    [
        "sha256(email) AS mail",
        "count(DISTINCT email) OVER () AS mail",
        "CASE WHEN email IS NULL THEN 0 ELSE 1 END AS mail",
        "city || '@' AS mail",
    ],
)
def test_what_is_masked_or_only_decides_is_no_value(tmp_path: Path, written_so: str) -> None:
    head = OPENED.replace("lower(email) AS mail", written_so)
    assert labelled(tmp_path, {"stage.sql": head}) == []


def test_who_had_the_value_already_gets_nothing_new(tmp_path: Path) -> None:
    """Another way to it, or another label on what flows already, is no news."""
    opened = {"stage.sql": OPENED}
    base = written(tmp_path / "base", {**BASE, **opened})
    other = OPENED.replace("lower(email)", "upper(email)")
    head = written(tmp_path / "head", {**BASE, "stage.sql": other})
    places = ["--base", str(base), "--head", str(head), "--no-cache", "--format", "json"]
    told = json.loads(CliRunner().invoke(app, ["check", *places]).stdout)
    assert "labelled" not in told


def test_text_and_markdown_say_it(tmp_path: Path) -> None:
    text = report(tmp_path, {"stage.sql": OPENED})
    assert "LABELLED" in text
    assert text[text.index("LABELLED") :] == snapshot("""\
LABELLED        export  pii
                It gets values of people.email, unmasked.
                people.email → stage.mail → mart.mail → export.mail

4 of 4 queries read; rules of the dialect: checked
""")
    markdown = report(tmp_path, {"stage.sql": OPENED}, "--format", "markdown")
    assert markdown[markdown.index("**Get") :].split("<details>")[0] == snapshot("""\
**Get labelled values**

- `export` `pii`, unmasked: `people.email` → `stage.mail` → `mart.mail` → `export.mail`

""")


def test_sarif_notes_it(tmp_path: Path) -> None:
    told = json.loads(report(tmp_path, {"stage.sql": OPENED}, "--format", "sarif"))["runs"][0]
    (result,) = [one for one in told["results"] if one["ruleId"] == "LABELLED"]
    assert result["level"] == "note"
    assert "LABELLED" in [one["id"] for one in told["tool"]["driver"]["rules"]]


@pytest.mark.parametrize("column", [{"tags": ["pii"]}, {"config": {"tags": ["pii"]}}])
def test_dbt_labels_columns_in_its_properties(tmp_path: Path, column: dict[str, Any]) -> None:
    seed = {**SEED, "columns": {"amount": {"name": "amount", **column}}}
    sql = str(STAGING["compiled_code"])
    exposure = {
        "name": "board",
        "unique_id": "exposure.shop.board",
        "owner": {"email": "ana@example.com"},
        "depends_on": {"nodes": [STAGING["unique_id"]]},
    }
    closed = {**STAGING, "compiled_code": sql.replace("amount", "1 AS amount", 1)}
    base, head = manifest(closed, seed), manifest(STAGING, seed)
    for one in (base, head):
        one["exposures"] = {"exposure.shop.board": exposure}
    (one,) = json.loads(checked(tmp_path, base, head).stdout)["labelled"]
    assert (one["label"], one["kind"], one["name"]) == ("pii", "consumer", "board")
    assert one["owners"] == ["ana@example.com"]
