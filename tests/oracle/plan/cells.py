"""What an expression of a bound plan is made of: values, conditions, and the operators' cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from tests.oracle.answer import End

Json = dict[str, object]
"""A node of the plan, or of one of its expressions."""

NOTHING: frozenset[End] = frozenset()


@dataclass(frozen=True)
class Cell:
    """One column of an operator's output.

    `direct` are the columns whose values it is made of, `indirect` those that condition it
    alone. `outer` names the column of an enclosing query that a correlated subquery is computed
    for; a `domain` cell ranges over its distinct values to that end. That the two are equal, or
    that rows are grouped by a domain, says nothing about which rows there are. A `fixed` cell is a
    list written out element by element, whose length says nothing about the data. `either` are
    columns that DuckDB may have put in place of others that they equal.
    """

    direct: frozenset[End] = NOTHING
    indirect: frozenset[End] = NOTHING
    outer: str = ""
    domain: bool = False
    fixed: bool = False
    either: frozenset[End] = NOTHING

    @property
    def ends(self) -> frozenset[End]:
        return self.direct | self.indirect

    def given(self, conditions: frozenset[End]) -> Cell:
        """The same, if those columns say so."""
        return replace(self, indirect=self.indirect | conditions)


EMPTY = Cell()


def merged(cells: Iterable[Cell]) -> Cell:
    """A cell made of all of them."""
    listed = list(cells)
    outers = {each.outer for each in listed}
    return Cell(
        frozenset[End]().union(*(each.direct for each in listed)),
        frozenset[End]().union(*(each.indirect for each in listed)),
        outer=outers.pop() if len(outers) == 1 else "",
        domain=bool(listed) and all(each.domain for each in listed),
        either=frozenset[End]().union(*(each.either for each in listed)),
    )


def all_ends(cells: Iterable[Cell]) -> frozenset[End]:
    return merged(cells).ends


def nodes(value: object) -> list[Json]:
    """The list of nodes that stands at a place of the plan (empty for null)."""
    return cast(list[Json], value) if isinstance(value, list) else []


def node(value: object) -> Json:
    return cast(Json, value) if isinstance(value, dict) else {}


def cell(expression: Json, inputs: Sequence[Cell]) -> Cell:
    """What the bound expression is made of, given the cells that its references count."""
    match expression.get("expression_class"):
        case "BOUND_REF":
            return inputs[cast(int, expression["index"])]
        case "BOUND_COLUMN_REF":  # left in the arguments of table functions, over one input
            return inputs[cast(int, node(expression["binding"])["column_index"])]
        case "BOUND_CASE":
            return _case(expression, inputs)
        case "BOUND_LAMBDA":
            return EMPTY  # its captures are arguments of the function that takes it
        case "BOUND_WINDOW":
            return _split(expression, inputs, ("partitions", "orders", "filter_expr", "arg_orders"))
        case "BOUND_AGGREGATE":
            return _split(expression, inputs, ("filter", "order_bys"))
        case _:
            made = merged(cell(each, inputs) for each in _inside(expression))
            return replace(made, fixed=is_fixed_list(expression))


def _case(expression: Json, inputs: Sequence[Cell]) -> Cell:
    checks = nodes(expression["case_checks"])
    values = [node(each["then_expr"]) for each in checks] + [node(expression["else_expr"])]
    conditions = all_ends(cell(node(each["when_expr"]), inputs) for each in checks)
    return merged(cell(each, inputs) for each in values).given(conditions)


def _split(expression: Json, inputs: Sequence[Cell], conditions: tuple[str, ...]) -> Cell:
    """Values, apart from the named parts, which are conditions."""
    values = {key: value for key, value in expression.items() if key not in conditions}
    told = {key: value for key, value in expression.items() if key in conditions}
    made = merged(cell(each, inputs) for each in _inside(values))
    return made.given(all_ends(cell(each, inputs) for each in _inside(told)))


def _inside(value: object) -> Iterator[Json]:
    """The nearest expressions below a place, however they are wrapped."""
    if isinstance(value, dict):
        for key, each in cast(Json, value).items():
            if key != "function_data":  # holds bound copies that count other inputs
                yield from _nearest(each)
    elif isinstance(value, list):
        for each in cast(list[object], value):
            yield from _nearest(each)


def _nearest(value: object) -> Iterator[Json]:
    if isinstance(value, dict) and "expression_class" in value:
        yield cast(Json, value)
    else:
        yield from _inside(cast(object, value))


def below(value: object) -> list[Json]:
    """The expressions at a place of the plan: one, a list of them, or a list of orders."""
    return list(_nearest(value))


def is_fixed_list(expression: Json) -> bool:
    """A list written out element by element."""
    path = cast(list[str], node(expression.get("qname")).get("path", []))
    if path[-1:] in (["list_value"], ["unpivot_list"]):
        return True
    inner = below({key: value for key, value in expression.items() if key != "expression_class"})
    return expression.get("type") == "OPERATOR_CAST" and any(map(is_fixed_list, inner))
