"""Oracle (c) at work: the engine's edges beside those of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.oracle.answer import Lineage, lineage
from tests.oracle.comparison import Comparison, Edge, Truth, of_everything, of_values, truth_of
from tests.oracle.court import Court, Disagreement, Opinion, Oracle
from tests.oracle.database import Bound
from tests.oracle.grammar.statement import Statement
from tests.oracle.plan.interpret import UnknownOperatorError, interpreted


@dataclass(frozen=True)
class Score:
    """One statement's edges against its plan: of values, and all."""

    statement: Statement
    direct: Comparison
    every: Comparison
    disagreement: Disagreement | None


def scores(court: Court, statements: dict[int, Statement]) -> Iterator[Score]:
    """Of all statements that have a plan whose operators are known."""
    for number, statement in statements.items():
        truth = _truth(court, statement)
        if truth is None:
            continue
        said = lineage(court.engine, statement.sql, court.world.schema)
        opinion = _opinion(truth, said)
        found = None
        if opinion is not None:
            schema = court.world.schema
            found = Disagreement(Oracle.PLAN, number, statement, schema, opinion, _review)
        yield Score(statement, of_values(truth, said), of_everything(truth, said), found)


def _truth(court: Court, statement: Statement) -> Truth | None:
    bound = court.database.bind(statement)
    if not isinstance(bound, Bound):
        return None
    try:
        plan = interpreted(court.database.plan(statement), tuple(name for name, _ in bound.outputs))
    except UnknownOperatorError:
        return None
    return None if plan is None else truth_of(plan)


def _review(court: Court, statement: Statement) -> Opinion | None:
    truth = _truth(court, statement)
    if truth is None:
        return None
    return _opinion(truth, lineage(court.engine, statement.sql, court.world.schema))


def _opinion(truth: Truth, said: Lineage) -> Opinion | None:
    """Which edges are missing and which are wrong, values first."""
    if said.error is not None:
        return Opinion("binds", f"{said.error}: {said.message}")
    compared = {"value": of_values(truth, said), "any": of_everything(truth, said)}
    for kind, each in compared.items():
        if not each.exact:
            return Opinion(
                f"{kind} edges missing: {_text(each.missing)}" if each.missing else "no more edges",
                f"{kind} edges wrong: {_text(each.wrong)}" if each.wrong else "fewer edges",
            )
    return None


def _text(edges: frozenset[Edge]) -> str:
    return ", ".join(f"{table}.{column} → {name}" for name, (table, column) in sorted(edges))
