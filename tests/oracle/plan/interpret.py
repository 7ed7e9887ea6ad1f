"""Oracle (c): column lineage by abstract interpretation of DuckDB's bound, unoptimised plan."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from tests.oracle.plan.cells import Cell, Json, all_ends, node, nodes
from tests.oracle.plan.joins import JOINS
from tests.oracle.plan.operators import OPERATORS, union
from tests.oracle.plan.relation import NO_KEYS, Relation
from tests.oracle.plan.writes import WRITES, Written


class UnknownOperatorError(Exception):
    """The interpretation does not know this operator of the plan."""


_OUTER = "__duckdb_delim"
_DOMAIN = "__duckdb_delim_dedup"
"""How DuckDB names an enclosing query that a subquery is computed for, and its distinct values."""

Ctes = dict[int, Relation]


def interpreted(plan: str, names: tuple[str, ...]) -> Written | None:
    """The lineage of a write's target, or of a query's outputs, which are called `names`.

    None where DuckDB gives no plan for the statement.

    Raises:
        UnknownOperatorError: The plan has an operator without a rule here.
    """
    parsed = node(json.loads(plan))
    plans = nodes(parsed.get("plans"))
    if parsed.get("error") or len(plans) != 1:
        return None
    write = WRITES.get(cast(str, plans[0]["type"]))
    if write is None:
        return Written(names, relation(plans[0], {}))
    return write(plans[0], relation(nodes(plans[0]["children"])[0], {}))


def relation(plan: Json, ctes: Ctes) -> Relation:
    kind = cast(str, plan["type"])
    scoped = _SCOPED.get(kind)
    if scoped is not None:
        return scoped(plan, ctes)
    rule = _RULES.get(kind)
    if rule is None:
        raise UnknownOperatorError(kind)
    return rule(plan, [relation(each, ctes) for each in nodes(plan["children"])])


def _materialized(plan: Json, ctes: Ctes) -> Relation:
    definition, consumer = nodes(plan["children"])
    made = relation(definition, ctes)
    name = str(plan["ctename"])
    if name.startswith(_DOMAIN):
        made = Relation(tuple(map(_domain, made.cells)), keys=made.keys)
    elif name.startswith(_OUTER):
        tagged = (replace(each, outer=f"{name} {at}") for at, each in enumerate(made.cells))
        made = replace(made, cells=tuple(tagged))
    return relation(consumer, {**ctes, cast(int, plan["table_index"]): made})


def _domain(each: Cell) -> Cell:
    """Which rows the enclosing query has is told of that query, not again of its values here."""
    return replace(each, domain=True)


def _recursive(plan: Json, ctes: Ctes) -> Relation:
    """The least fixpoint of seed and step."""
    seed, step = nodes(plan["children"])
    made = relation(seed, ctes)
    while True:
        said = relation(step, {**ctes, cast(int, plan["table_index"]): replace(made, keys=NO_KEYS)})
        grown = union(plan, [made, said])
        if not plan["union_all"]:
            grown = grown.shaped(all_ends(grown.cells))
        if (grown.cells, grown.rows) == (made.cells, made.rows):
            return grown
        made = grown


def _reference(plan: Json, ctes: Ctes) -> Relation:
    return ctes[cast(int, plan["cte_index"])]


_SCOPED: dict[str, Callable[[Json, Ctes], Relation]] = {
    "LOGICAL_MATERIALIZED_CTE": _materialized,
    "LOGICAL_RECURSIVE_CTE": _recursive,
    "LOGICAL_CTE_REF": _reference,
}

_RULES = {**OPERATORS, **JOINS}
