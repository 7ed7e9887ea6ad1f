"""dbt projects, as their manifests tell them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from catalog.cli.main import app

JINJA = """-- what a customer has paid
select
    customer_id,
    {{ money('amount') }} as paid
from {{ ref('stg_orders') }}
"""
COMPILED = """-- what a customer has paid
select
    customer_id,
    round(amount, 2) as paid
from "wh"."main"."stg_orders"
"""


def node(name: str, kind: str = "model", **more: object) -> dict[str, object]:
    """A node of a manifest, with what dbt always writes."""
    return {
        "name": name,
        "resource_type": kind,
        "unique_id": f"{kind}.shop.{name}",
        "relation_name": f'"wh"."main"."{name}"' if kind != "test" else None,
        "original_file_path": f"models/{name}.sql",
        "config": {"materialized": "view", "enabled": True, "meta": {}},
        "depends_on": {"nodes": [], "macros": []},
        "columns": {},
        "unknown_to_us": {"deep": [1, 2]},
        **more,
    }


STAGING = node(
    "stg_orders",
    compiled_code='select id, customer_id, amount from "wh"."main"."raw_orders"',
    raw_code="select id, customer_id, amount from {{ ref('raw_orders') }}",
)
CUSTOMERS = node(
    "customers",
    compiled_code=COMPILED,
    raw_code=JINJA,
    group="finance",
    config={"group": "finance"},
)
TEST = node(
    "not_null_stg_orders_amount",
    "test",
    compiled_code='select amount from "wh"."main"."stg_orders" where amount is null',
)
SEED = node("raw_orders", "seed", original_file_path="seeds/raw_orders.csv")
EXPOSURE = {
    "name": "revenue",
    "label": "Revenue board",
    "unique_id": "exposure.shop.revenue",
    "type": "dashboard",
    "owner": {"email": "board@example.com", "name": "Board"},
    "depends_on": {"nodes": ["model.shop.customers"]},
    "original_file_path": "models/exposures.yml",
}


def manifest(*nodes: Mapping[str, object], version: int = 12) -> dict[str, Any]:
    schema = f"https://schemas.getdbt.com/dbt/manifest/v{version}.json"
    return {
        "metadata": {"dbt_schema_version": schema, "adapter_type": "duckdb"},
        "nodes": {str(one["unique_id"]): one for one in nodes},
        "sources": {},
        "exposures": {"exposure.shop.revenue": EXPOSURE},
        "groups": {
            "group.shop.finance": {"name": "finance", "owner": {"email": "finance@example.com"}}
        },
    }


def project(folder: Path, content: Mapping[str, Any]) -> Path:
    (folder / "target").mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "dbt_project.yml").write_text("name: shop\n")
    (folder / "seeds" / "raw_orders.csv").write_text("id,customer_id,amount\n1,1,2.5\n")
    (folder / "target" / "manifest.json").write_text(json.dumps(content))
    return folder


def checked(folder: Path, base: Mapping[str, Any], head: Mapping[str, Any]) -> Result:
    before, after = project(folder / "base", base), project(folder / "head", head)
    places = ["--base", str(before), "--head", str(after), "--no-cache", "--format", "json"]
    return CliRunner().invoke(app, ["check", *places])


def without_amount() -> dict[str, object]:
    code = 'select id, customer_id from "wh"."main"."raw_orders"'
    return {**STAGING, "compiled_code": code, "raw_code": code}


@pytest.mark.parametrize("version", [10, 11, 12])
def test_a_break_points_into_the_models_file(tmp_path: Path, version: int) -> None:
    base = manifest(STAGING, CUSTOMERS, TEST, SEED, version=version)
    head = manifest(without_amount(), CUSTOMERS, TEST, SEED, version=version)
    impacts = {
        one["name"]: one for one in json.loads(checked(tmp_path, base, head).stdout)["impacts"]
    }
    assert {name: (one["kind"], one["verdict"]) for name, one in impacts.items()} == {
        "customers": ("dataset", "BREAKS"),
        "not_null_stg_orders_amount": ("check", "BREAKS"),
        "Revenue board": ("consumer", "BLOCKED"),
    }
    broken = impacts["customers"]
    assert broken["owners"] == ["finance@example.com"]
    assert broken["path"] == ["stg_orders.amount", "customers"]
    assert broken["proof"]["file"] == "models/customers.sql"
    board = impacts["Revenue board"]
    assert (board["owners"], board["certainty"]) == (["board@example.com"], "DECLARED")
    assert board["path"][-2:] == ["customers", "Revenue board"]


def test_a_line_that_stands_in_the_file_is_found_in_it(tmp_path: Path) -> None:
    """Lines that Jinja made point to the first line of the file."""
    code = COMPILED.replace("customer_id,", "customer_id, id,")
    jinja = "{{ config(materialized='table') }}\n" + JINJA.replace(
        "customer_id,", "customer_id, id,"
    )
    reader = {**CUSTOMERS, "compiled_code": code, "raw_code": jinja}
    staging = {
        **STAGING,
        "compiled_code": 'select customer_id, amount from "wh"."main"."raw_orders"',
    }
    head = manifest(staging, reader, SEED)
    (broken, _) = json.loads(checked(tmp_path, manifest(STAGING, reader, SEED), head).stdout)[
        "impacts"
    ]
    assert (broken["proof"]["line"], broken["proof"]["column"]) == (4, 18)


def test_a_macro_that_compiles_to_something_else_is_a_change(tmp_path: Path) -> None:
    other = {**CUSTOMERS, "compiled_code": COMPILED.replace("round(amount, 2)", "amount")}
    base, head = manifest(STAGING, CUSTOMERS, SEED), manifest(STAGING, other, SEED)
    report = json.loads(checked(tmp_path, base, head).stdout)
    assert [(one["kind"], one["dataset"]) for one in report["changes"]] == [("logic", "customers")]
    assert [(one["name"], one["verdict"]) for one in report["impacts"]] == [
        ("Revenue board", "VALUES_CHANGE")
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (manifest(STAGING, version=9), "version"),
        ({"metadata": {}}, "not told"),
        ([], "is no dbt manifest"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: Any, told: str) -> None:
    result = checked(tmp_path, content, content)
    assert result.exit_code == 2
    assert told in result.stderr.replace("\n", " ")


def test_a_project_that_was_not_compiled_is_told_how(tmp_path: Path) -> None:
    folder = project(tmp_path / "base", manifest(STAGING))
    (folder / "target" / "manifest.json").unlink()
    result = CliRunner().invoke(app, ["check", "--base", str(folder), "--head", str(folder)])
    assert result.exit_code == 2
    assert "dbt compile" in result.stderr


def source(name: str, *columns: str) -> dict[str, object]:
    """A source with the columns that are documented."""
    return node(
        name,
        "source",
        unique_id=f"source.shop.raw.{name}",
        relation_name=f'"wh"."raw"."{name}"',
        original_file_path="models/sources.yml",
        source_name="raw",
        columns={one: {"name": one, "data_type": None} for one in columns},
    )


def with_source(*nodes: Mapping[str, object], columns: tuple[str, ...]) -> dict[str, Any]:
    """A manifest with the source `raw.events`."""
    told = manifest(*nodes)
    told["sources"] = {"source.shop.raw.events": source("events", *columns)}
    told["exposures"] = {}
    return told


def catalog(*columns: str) -> dict[str, Any]:
    """What a database tells of the source `raw.events`."""
    found = {
        one: {"name": one, "type": "INTEGER", "index": place}
        for place, one in enumerate(columns, 1)
    }
    return {"metadata": {}, "nodes": {}, "sources": {"source.shop.raw.events": {"columns": found}}}


ALL = node("all_events", compiled_code='select * from "wh"."raw"."events"', raw_code="select *")
KINDS = node(
    "kinds",
    compiled_code='select e.kind, count(*) as n\nfrom "wh"."main"."all_events" as e\ngroup by 1',
    raw_code="select e.kind, count(*) as n\nfrom {{ ref('all_events') }} as e\ngroup by 1",
)
OTHERS = node("others", compiled_code='select anything from "wh"."main"."all_events"')


def told(result: Result) -> dict[str, tuple[str, str | None]]:
    """Verdict and certainty by name."""
    assert result.stdout, result.stderr
    found = json.loads(result.stdout)["impacts"]
    return {one["name"]: (one["verdict"], one["certainty"]) for one in found}


def test_a_documented_column_that_goes_breaks_its_readers_as_far_as_was_observed(
    tmp_path: Path,
) -> None:
    """Nobody has told all columns of the source; the star hands the loss on."""
    nodes = (ALL, KINDS, OTHERS)
    base = with_source(*nodes, columns=("id", "kind"))
    head = with_source(*nodes, columns=("id",))
    result = checked(tmp_path, base, head)
    assert told(result) == {
        "all_events": ("SCHEMA_CHANGES", "OBSERVED"),
        "kinds": ("BREAKS", "OBSERVED"),
    }
    assert json.loads(result.stdout)["verdict"] == "fail"


def test_against_the_columns_of_a_catalog_the_break_is_proven(tmp_path: Path) -> None:
    """What the database had at base holds in head, without what the documentation took away."""
    nodes = (ALL, KINDS)
    base, head = (with_source(*nodes, columns=one) for one in (("id", "kind"), ("id",)))
    before, after = project(tmp_path / "base", base), project(tmp_path / "head", head)
    (before / "target" / "catalog.json").write_text(json.dumps(catalog("id", "kind", "at")))
    places = ["--base", str(before), "--head", str(after), "--no-cache", "--format", "json"]
    assert told(CliRunner().invoke(app, ["check", *places])) == {
        "all_events": ("SCHEMA_CHANGES", "PROVEN"),
        "kinds": ("BREAKS", "PROVEN"),
    }


def test_of_two_catalogs_each_is_that_of_its_state(tmp_path: Path) -> None:
    nodes = (ALL, KINDS)
    base = with_source(*nodes, columns=("id",))
    before, after = project(tmp_path / "base", base), project(tmp_path / "head", base)
    (before / "target" / "catalog.json").write_text(json.dumps(catalog("id", "kind")))
    (after / "target" / "catalog.json").write_text(json.dumps(catalog("id", "sort")))
    places = ["--base", str(before), "--head", str(after), "--no-cache", "--format", "json"]
    assert told(CliRunner().invoke(app, ["check", *places]))["kinds"] == ("BREAKS", "PROVEN")


def test_a_catalog_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder = project(tmp_path / "base", manifest(STAGING))
    (folder / "target" / "catalog.json").write_text("[")
    result = CliRunner().invoke(app, ["check", "--base", str(folder), "--head", str(folder)])
    assert result.exit_code == 2
    assert "is no dbt catalog" in result.stderr.replace("\n", " ")


def test_a_model_in_python_is_not_read_and_what_is_behind_it_is_unknown(tmp_path: Path) -> None:
    staging = {**STAGING, "language": "sql"}
    scored = node(
        "scored",
        language="python",
        compiled_code="def model(dbt, session):\n    return dbt.ref('stg_orders')",
        depends_on={"nodes": ["model.shop.stg_orders"]},
    )
    best = node("best", compiled_code='select max(score) as s from "wh"."main"."scored"')
    base, head = (
        manifest(one, scored, best, SEED) for one in (staging, {**staging, **without_amount()})
    )
    result = checked(tmp_path, base, head)
    assert told(result) == {"best": ("UNKNOWN", None), "scored": ("UNKNOWN", None)}
    coverage = json.loads(result.stdout)
    assert [one["name"] for one in coverage["coverage"]["unparsed"]] == ["scored"]
    assert not coverage["complete"]


def test_an_adapter_that_is_not_known_speaks_generic_sql(tmp_path: Path) -> None:
    base, head = manifest(STAGING, CUSTOMERS, SEED), manifest(without_amount(), CUSTOMERS, SEED)
    for one in (base, head):
        one["metadata"]["adapter_type"] = "upper_case_db"
    result = checked(tmp_path, base, head)
    assert told(result)["customers"] == ("BREAKS", "PROVEN")
    assert "generic SQL" in result.stdout


def test_a_model_changed_after_dbt_compiled_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where dbt is not installed, that is all that can be done."""
    monkeypatch.setenv("PATH", str(tmp_path))
    content = manifest({**STAGING, "package_name": "shop"}, SEED)
    content["metadata"]["project_name"] = "shop"
    folder = project(tmp_path / "base", content)
    (folder / "models").mkdir()
    (folder / "models" / "stg_orders.sql").write_text("select 1 as one")
    places = ["--base", str(folder), "--head", str(folder), "--format", "json"]
    report = json.loads(CliRunner().invoke(app, ["check", *places]).stdout)
    assert "models/stg_orders.sql was changed" in report["coverage"]["unparsed"][0]["reason"]


STATES = node(
    "states",
    compiled_code="select id, case state when 'P' then 'paid' else 'open' end as state\n"
    'from "wh"."main"."raw_orders"',
    raw_code="select",
)
PER_STATE = node(
    "per_state",
    compiled_code='select state, count(*) as n from "wh"."main"."states" group by state',
    raw_code="select",
)
READER = node("reader", compiled_code='select n from "wh"."main"."per_state"', raw_code="select")


def a_test(rule: str, about: str, column: str, **arguments: object) -> dict[str, object]:
    """A generic test of a column, as dbt compiles it."""
    return node(
        f"{rule}_{about}_{column}",
        "test",
        compiled_code=f'select {column} from "wh"."main"."{about}"',  # noqa: S608 (no input)
        column_name=column,
        attached_node=f"model.shop.{about}",
        test_metadata={"name": rule, "kwargs": {"column_name": column, **arguments}},
        original_file_path="models/schema.yml",
    )


def contracted(kind: str, *names: str) -> dict[str, object]:
    """`per_state` with an enforced contract: columns, and the type of `n`."""
    columns = {one: {"name": one, "data_type": "varchar"} for one in names}
    columns["n"] = {"name": "n", "data_type": kind}
    config = {"materialized": "table", "contract": {"enforced": True}}
    return {**PER_STATE, "columns": columns, "config": config}


def without_exposures(*nodes: Mapping[str, object]) -> dict[str, Any]:
    return {**manifest(*nodes), "exposures": {}}


def test_a_value_that_is_not_accepted_may_break_the_test(tmp_path: Path) -> None:
    test = a_test("accepted_values", "per_state", "state", values=["paid", "open"])
    code = str(STATES["compiled_code"]).replace("'paid'", "'settled'")
    base = without_exposures(STATES, PER_STATE, test, SEED)
    head = without_exposures({**STATES, "compiled_code": code}, PER_STATE, test, SEED)
    result = checked(tmp_path, base, head)
    assert told(result)["accepted_values_per_state_state"] == ("BREAKS", "DATA_DEPENDENT")
    (broken, *_) = json.loads(result.stdout)["impacts"]
    assert (broken["kind"], broken["columns"]) == ("check", ["state"])
    assert broken["reason"] == "\"state\" may be 'settled', which is not among the accepted values."
    assert json.loads(result.stdout)["verdict"] == "warn"


def test_rows_that_nothing_makes_unique_any_more_may_break_the_test(tmp_path: Path) -> None:
    test = a_test("unique", "per_state", "state")
    code = str(PER_STATE["compiled_code"]).replace("group by state", "group by state, id")
    base = without_exposures(STATES, PER_STATE, test, SEED)
    head = without_exposures(STATES, {**PER_STATE, "compiled_code": code}, test, SEED)
    assert told(checked(tmp_path, base, head)) == {
        "unique_per_state_state": ("BREAKS", "DATA_DEPENDENT")
    }


def test_tests_whose_rule_still_holds_as_it_did_are_silent(tmp_path: Path) -> None:
    """What was not unique by the query before depends on the data, as it always did."""
    tests = (
        a_test("accepted_values", "per_state", "state", values=["paid", "open"]),
        a_test("unique", "states", "id"),
    )
    code = str(STATES["compiled_code"]).replace("'P'", "'Q'")
    base = without_exposures(STATES, PER_STATE, *tests, SEED)
    head = without_exposures({**STATES, "compiled_code": code}, PER_STATE, *tests, SEED)
    assert not [one for one in told(checked(tmp_path, base, head)).values() if "BREAKS" in one]


@pytest.mark.parametrize(
    ("contract", "offence"),
    [
        (contracted("bigint", "state"), ""),
        (contracted("varchar", "state"), '"n" is BIGINT instead of varchar.'),
        (contracted("bigint", "state", "more"), '"more" is missing.'),
        (contracted("bigint"), '"state" is not in the contract.'),
    ],
)
def test_a_contract_that_does_not_hold_blocks_the_model_and_all_behind(
    tmp_path: Path, contract: Mapping[str, object], offence: str
) -> None:
    """The contract is changed alone."""
    base = without_exposures(STATES, contracted("bigint", "state"), READER, SEED)
    result = checked(tmp_path, base, without_exposures(STATES, contract, READER, SEED))
    report = json.loads(result.stdout)
    if not offence:
        assert (report["verdict"], report["changes"]) == ("pass", [])
        return
    assert told(result) == {
        "contract of per_state": ("BREAKS", "PROVEN"),
        "per_state": ("BLOCKED", "PROVEN"),
        "reader": ("BLOCKED", "PROVEN"),
    }
    assert report["impacts"][0]["reason"] == offence
    assert [(one["kind"], one["dataset"]) for one in report["changes"]] == [("check", "per_state")]
