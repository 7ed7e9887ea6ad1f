"""A file of several statements: what each of them is judged by."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.catalog.check.projects import checked

SCRIPT = """CREATE TEMPORARY TABLE paid AS
SELECT id FROM orders WHERE state = 'paid';
CREATE TABLE spent AS
SELECT amount FROM orders;
CREATE TABLE payers AS
SELECT id FROM paid;
"""
WITHOUT_AMOUNT = "CREATE TABLE orders (id int, state varchar);\n"
WITH_AMOUNT = "CREATE TABLE orders (id int, amount decimal(10, 2), state varchar);\n"


def test_a_later_statement_takes_what_the_script_made_for_itself_alone(tmp_path: Path) -> None:
    base = {"sources.sql": WITH_AMOUNT, "script.sql": SCRIPT}
    head = {**base, "sources.sql": WITHOUT_AMOUNT}
    result = checked(tmp_path, head, "--format", "json", base=base)

    impacts = json.loads(result.stdout)["impacts"]
    told = {one["name"]: (one["verdict"], one["proof"]["line"]) for one in impacts}
    assert told == {"spent": ("BREAKS", 4)}
