"""The answers of a tool against DuckDB's bound plans."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from tests.bench.sql.corpus import Corpus
from tests.bench.sql.tools.runner import Answer
from tests.oracle.answer import End, Lineage
from tests.oracle.comparison import Comparison, Truth, of_either, of_everything, truth_of
from tests.oracle.plan.interpret import UnknownOperatorError, interpreted


@dataclass(frozen=True, slots=True)
class Judged:
    """One query: its outputs' names, and the edges of its plan."""

    names: tuple[str, ...]
    truth: Truth


@dataclass(frozen=True, slots=True)
class Score:
    """A tool over the queries of a corpus that have a truth.

    F1 of the values, where what conditions them may be told or not; F1 of everything; the shares
    of queries without a wrong or missing edge, and with an error.
    """

    direct: float
    every: float
    exact: float
    failed: float


def truths(one: Corpus) -> dict[int, Judged]:
    """By the number of the query; without those whose plan DuckDB or we do not understand."""
    found = {at: truth(one.connection, sql) for at, sql in enumerate(one.queries)}
    return {at: judged for at, judged in found.items() if judged is not None}


def truth(connection: duckdb.DuckDBPyConnection, sql: str) -> Judged | None:
    """What the plan of one query says."""
    try:
        described = connection.execute(f"DESCRIBE {sql}").fetchall()
    except duckdb.Error:  # other words are reserved, or types do not mix
        return None
    plan = connection.execute(
        "SELECT json_serialize_plan(?::VARCHAR, optimize := false)", [sql]
    ).fetchone()
    names = tuple(str(row[0]).lower() for row in described)
    try:
        written = interpreted(str(plan[0]) if plan else "", names)
    except UnknownOperatorError:
        return None
    return Judged(names, truth_of(written)) if written is not None else None


def score(known: dict[int, Judged], answers: list[Answer]) -> Score:
    """F1 over all edges of the corpus; shares of its queries."""
    direct = [of_either(one.truth, _lineage(answers[at], one.names)) for at, one in known.items()]
    every = [
        of_everything(one.truth, _lineage(answers[at], one.names)) for at, one in known.items()
    ]
    return Score(
        _f1(direct),
        _f1(every),
        sum(one.exact for one in every) / len(every),
        sum(bool(answers[at]["error"]) for at in known) / len(known),
    )


def _f1(found: list[Comparison]) -> float:
    right = sum(len(one.right) for one in found)
    others = sum(len(one.wrong) + len(one.missing) for one in found)
    return 2 * right / (2 * right + others) if right else 0.0


def _lineage(answer: Answer, names: tuple[str, ...]) -> Lineage:
    """The plan knows tables by their last name; outputs without a name go by their place."""
    columns = {name.lower(): parts for name, parts in answer["columns"].items()}
    if len(columns) == len(names):
        unnamed = [name for name in names if name not in columns]
        spelled = iter(unnamed)
        columns = {
            name if name in names else next(spelled): parts for name, parts in columns.items()
        }
    direct = {name: _ends(parts["direct"]) for name, parts in columns.items()}
    own = {name: direct[name] | _ends(parts["indirect"]) for name, parts in columns.items()}
    return Lineage(tuple(columns), direct, own, _ends(answer["rows"]), answer["error"])


def _ends(pairs: list[list[str]]) -> frozenset[End]:
    return frozenset(
        (table.rsplit(".", 1)[-1].lower(), column.lower())
        for table, column in pairs
        if column != "*"
    )
