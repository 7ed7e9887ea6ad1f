"""The report as SARIF is what the published schema takes, and shows in the right lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.conftest import CACHE
from tests.services import npm
from tests.unit.catalog.check.projects import DAILY, SOURCES, WITHOUT_AMOUNT, checked

PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
ADDED = {"sources.sql": SOURCES.replace("state varchar", "state varchar, at date")}
LOGIC = {"models/daily.sql": DAILY.replace("sum(amount)", "sum(amount) + 1")}
UNREADABLE = {"odd.sql": "SELECT max(total) FROM daily WHERE (\n"}


@pytest.fixture(scope="session")
def schema() -> jsonschema_rs.Validator:
    """The schema of SARIF 2.1.0, as npm has it."""
    file = npm.provide(PACKAGE, "lib/schemas/sarif-2.1.0-rtm.5.json", CACHE)
    told = file.read_text().replace("{2}]?$", "{2}?$")  # a bracket that opens nowhere
    return jsonschema_rs.validator_for(json.loads(told), validate_formats=True)


@pytest.mark.parametrize("head", [{}, WITHOUT_AMOUNT, ADDED, LOGIC, {**LOGIC, **UNREADABLE}])
def test_every_report_is_what_the_schema_takes(
    tmp_path: Path, schema: jsonschema_rs.Validator, head: Mapping[str, str]
) -> None:
    log = json.loads(checked(tmp_path, head, "--format", "sarif").stdout)
    assert [error.message for error in schema.iter_errors(log)] == []


def test_a_file_with_odd_signs_in_its_name_is_a_valid_address(tmp_path: Path) -> None:
    head = {**WITHOUT_AMOUNT, "a b/100% größer.sql": "SELECT amount FROM orders\n"}
    log = json.loads(checked(tmp_path, head, "--format", "sarif").stdout)
    places = [one["locations"][0].get("physicalLocation") for one in log["runs"][0]["results"]]
    assert "a%20b/100%25%20gr%C3%B6%C3%9Fer.sql" in {
        one["artifactLocation"]["uri"] for one in places if one
    }


def test_a_result_stands_in_the_exact_place(tmp_path: Path) -> None:
    log = json.loads(checked(tmp_path, WITHOUT_AMOUNT, "--format", "sarif").stdout)
    run: dict[str, Any] = log["runs"][0]
    broken = run["results"][0]
    assert (broken["ruleId"], broken["level"]) == ("BREAKS", "error")
    place = broken["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "models/daily.sql"
    assert place["region"] == {"startLine": 2, "startColumn": 19}
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} >= {
        result["ruleId"] for result in run["results"]
    }
