"""What the engine is known not to do yet. Strict: a gap that no longer shows must go from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.court import Disagreement, Oracle


@dataclass(frozen=True)
class Gap:
    """A class of disagreements, and why it is there."""

    reason: str
    holds: Callable[[Disagreement], bool]


def _is_error(opinion: str) -> bool:
    return not opinion.startswith(("binds", "value", "any", "no more", "fewer"))


def _type_refused(found: Disagreement) -> bool:
    return found.opinion.truth.startswith("type:") and found.opinion.said.startswith("binds")


def _another_error(found: Disagreement) -> bool:
    return _is_error(found.opinion.truth) and _is_error(found.opinion.said)


def _pivot_in_brackets(found: Disagreement) -> bool:
    return found.opinion.said.startswith("syntax") and "PIVOT" in found.statement.sql


def _lambda_condition(found: Disagreement) -> bool:
    return found.oracle is Oracle.PLAN and "lambda" in found.statement.sql


def _key_of_a_cte(found: Disagreement) -> bool:
    return found.opinion.truth == "no more edges" and found.statement.sql.lstrip("(").startswith(
        "WITH"
    )


GAPS = (
    Gap("types: values that DuckDB does not mix without a cast", _type_refused),
    Gap("of several errors another is told first", _another_error),
    Gap("sqlglot does not parse PIVOT and UNPIVOT statements in brackets", _pivot_in_brackets),
    Gap("conditions of CASE inside a lambda are arguments to DuckDB", _lambda_condition),
    Gap("a unique key is not seen through a joined CTE", _key_of_a_cte),
)
