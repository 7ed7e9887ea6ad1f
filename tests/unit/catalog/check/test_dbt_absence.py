"""Data tests that ask for values and partners: what can take these away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.unit.catalog.check.test_dbt import a_test, checked, node, told

ORDERS = node(
    "orders",
    compiled_code='select id, customer from "wh"."main"."raw_orders"',
    depends_on={"nodes": ["source.shop.raw.raw_orders"]},
)
CUSTOMERS = node("customers", compiled_code='select id, name from "wh"."main"."raw_customers"')
NAMED = node(
    "named",
    compiled_code="select o.id, upper(c.name) as name\n"
    'from "wh"."main"."orders" as o join "wh"."main"."customers" as c on c.id = o.customer',
)
NAME_IS_THERE = a_test("not_null", "named", "name")
CUSTOMER_IS_THERE = a_test("not_null", "orders", "customer")
PARTNER = {
    **a_test("relationships", "orders", "customer", to="ref('customers')", field="id"),
    "depends_on": {"nodes": ["model.shop.customers", "model.shop.orders"]},
}


def source(name: str, columns: Mapping[str, str]) -> dict[str, Any]:
    """A source with its columns, each with a constraint or none."""
    documented = {
        one: {"name": one, "data_type": "text", "constraints": [{"type": of}] if of else []}
        for one, of in columns.items()
    }
    unique = f"source.shop.raw.{name}"
    return {
        **node(name, "source", source_name="raw", columns=documented, unique_id=unique),
        "relation_name": f'"wh"."main"."{name}"',
        "original_file_path": "models/sources.yml",
    }


def project(customer: str = "not_null", **models: str) -> dict[str, Any]:
    """The project, with other SQL for some of its models."""
    nodes = [ORDERS, CUSTOMERS, NAMED, NAME_IS_THERE, CUSTOMER_IS_THERE, PARTNER]
    changed = [
        {**one, "compiled_code": models.get(str(one["name"]), one["compiled_code"])}
        for one in nodes
    ]
    sources = [
        source("raw_orders", {"id": "not_null", "customer": customer}),
        source("raw_customers", {"id": "not_null", "name": "not_null"}),
    ]
    return {
        "metadata": {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
            "adapter_type": "duckdb",
        },
        "nodes": {str(one["unique_id"]): one for one in changed},
        "sources": {one["unique_id"]: one for one in sources},
        "exposures": {},
        "groups": {},
    }


def test_a_source_column_that_may_be_null_may_break_what_asks_for_it(tmp_path: Path) -> None:
    result = checked(tmp_path, project(), project(customer=""))
    assert told(result) == {"not_null_orders_customer": ("BREAKS", "DATA_DEPENDENT")}
    report = json.loads(result.stdout)
    (change,) = report["changes"]
    assert (change["kind"], change["dataset"], change["column"]) == (
        "nullability",
        "raw.raw_orders",
        "customer",
    )
    assert (change["from"], change["to"]) == ("NOT NULL", "NULL")
    assert report["impacts"][0]["path"] == [
        "raw.raw_orders.customer",
        "orders",
        "not_null_orders_customer",
    ]


def test_null_that_is_replaced_on_the_way_breaks_nothing(tmp_path: Path) -> None:
    code = str(ORDERS["compiled_code"]).replace("customer", "coalesce(customer, '-') as customer")
    base, head = project(orders=code), project(orders=code, customer="")
    assert told(checked(tmp_path, base, head)) == {}


def test_a_left_join_may_break_what_asks_for_a_value(tmp_path: Path) -> None:
    code = str(NAMED["compiled_code"]).replace(" join ", " left join ")
    found = told(checked(tmp_path, project(), project(named=code)))
    assert found["not_null_named_name"] == ("BREAKS", "DATA_DEPENDENT")


def test_a_value_that_was_optional_before_depends_on_the_data_as_it_did(tmp_path: Path) -> None:
    outer = str(NAMED["compiled_code"]).replace(" join ", " left join ")
    base = project(named=outer)
    head = project(named=outer.replace("upper(c.name)", "lower(c.name)"))
    assert told(checked(tmp_path, base, head)) == {}


def test_fewer_partners_may_break_a_relationship_and_more_do_not(tmp_path: Path) -> None:
    code = str(CUSTOMERS["compiled_code"])
    fewer = project(customers=code + " where name <> 'gone'")
    assert told(checked(tmp_path / "fewer", project(), fewer))["relationships_orders_customer"] == (
        "BREAKS",
        "DATA_DEPENDENT",
    )
    more = told(checked(tmp_path / "more", fewer, project()))
    assert "relationships_orders_customer" not in more
