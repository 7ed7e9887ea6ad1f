"""The answers of a tool against the labels of a suite."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.sql.suites.suite import Edge, Labelled
from tests.bench.sql.tools.runner import Answer, Sources

_QUOTES = str.maketrans("", "", '`"[] \n\t')


@dataclass(frozen=True, slots=True)
class Difference:
    """Where an answer and a label part."""

    right: frozenset[Edge]
    wrong: frozenset[Edge]
    missing: frozenset[Edge]


@dataclass(frozen=True, slots=True)
class Agreement:
    """F1 over all edges of a suite; the shares of statements without difference, and with error."""

    direct: float
    exact: float
    failed: float


def agreement(suite: list[Labelled], answers: list[Answer]) -> Agreement:
    """How far a tool says what a suite expects."""
    found = [difference(*each) for each in zip(suite, answers, strict=True)]
    right = sum(len(one.right) for one in found)
    others = sum(len(one.wrong) + len(one.missing) for one in found)
    return Agreement(
        2 * right / (2 * right + others),
        sum(not (one.wrong or one.missing) for one in found) / len(found),
        sum(bool(answer["error"]) for answer in answers) / len(answers),
    )


def difference(one: Labelled, answer: Answer) -> Difference:
    """What decides a column alone, as a condition, may be told as its value or not be told so."""
    wanted = frozenset(_plain(*edge) for edge in one.edges)
    columns = _named(answer["columns"], {output for output, _, _ in wanted})
    direct = frozenset(_edges(columns, "direct"))
    told = direct | (frozenset(_edges(columns, "indirect")) & wanted)
    return Difference(told & wanted, told - wanted, wanted - told)


def _named(columns: dict[str, Sources], wanted: set[str]) -> dict[str, Sources]:
    """Outputs without a name are called differently by everyone: the rest goes by its place."""
    plain = {_bare(name): parts for name, parts in columns.items()}
    others = [name for name in wanted if name not in plain]
    unnamed = [name for name in plain if name not in wanted]
    if len(others) == len(unnamed) == 1:
        return {others[0] if name == unnamed[0] else name: each for name, each in plain.items()}
    return plain


def _edges(columns: dict[str, Sources], kind: str) -> list[Edge]:
    return [
        _plain(name, table, column)
        for name, parts in columns.items()
        for table, column in (parts["direct"] if kind == "direct" else parts["indirect"])
    ]


def _plain(output: str, table: str, column: str) -> Edge:
    return _bare(output), _bare(table), _bare(column)


def _bare(name: str) -> str:
    return name.lower().removeprefix("<default>.").translate(_QUOTES)
