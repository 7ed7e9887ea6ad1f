"""Why a statement no longer runs, or means something else: the place in its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.impact.binding import BoundProject
from catalog.impact.changes import pairs
from catalog.impact.graph import Key
from catalog.model.project import Definition
from catalog.model.report import Certainty, Proof
from ingest.sql.errors import Code, Span, line_and_column
from ingest.sql.meaning import Meaning

_CERTAIN = frozenset({Code.UNKNOWN_TABLE, Code.UNKNOWN_COLUMN, Code.ARITY, Code.SYNTAX})
"""Problems that every dialect has."""
CHECKED = frozenset({"duckdb", "postgres"})
"""Dialects whose rules are tested by execution."""
REVIEWED = frozenset(
    {"snowflake", "bigquery", "spark", "databricks", "redshift", "tsql", "trino", "mysql"}
)


def dialect_level(dialect: str) -> str:
    """Tell how far the rules of a dialect are known to be right."""
    if dialect in CHECKED:
        return "checked"
    return "reviewed" if dialect in REVIEWED else "parsed"


@dataclass(frozen=True, slots=True)
class Break:
    """A statement fails. `columns`: the names in it that failed; `job`: what is said to break."""

    proof: Proof
    certainty: Certainty
    columns: tuple[str, ...]
    job: str


def broken(base: BoundProject, head: BoundProject, key: Key) -> tuple[Break, ...]:
    """Give the statements of a node that fail now and did not before."""
    dialect = head.project.dialect
    found: list[Break] = []
    for definition, (old, new) in zip(
        head.nodes[key].definitions, _aligned(base, head, key), strict=False
    ):
        if new is None or (old is not None and old.problems):
            continue
        fails = _failed(definition, new, dialect) if new.problems else _risked(definition, old, new)
        if fails is not None:
            found.append(fails)
    return tuple(found)


def _aligned(
    base: BoundProject, head: BoundProject, key: Key
) -> list[tuple[Meaning | None, Meaning | None]]:
    """The pairs of statements in the order of those of head."""
    order = {id(meaning): place for place, meaning in enumerate(head.meanings.get(key, ()))}
    found = [pair for pair in pairs(base, head, key) if pair[1] is not None]
    return sorted(found, key=lambda pair: order.get(id(pair[1]), 0))


def _failed(definition: Definition, meaning: Meaning, dialect: str) -> Break:
    certain = dialect in CHECKED or meaning.problems[0].code in _CERTAIN
    return Break(
        proof_at(definition, meaning.problems[0].span, meaning.problems[0].message),
        Certainty.PROVEN if certain else Certainty.DATA_DEPENDENT,
        tuple(sorted(set(_failing(definition, meaning)))),
        definition.name,
    )


def _failing(definition: Definition, meaning: Meaning) -> Iterator[str]:
    """The names of columns that fail: as such, or since their type does."""
    for one in meaning.problems:
        if one.code in {Code.UNKNOWN_COLUMN, Code.AMBIGUOUS}:
            yield _name(definition.sql, one.span)
        elif one.code is Code.TYPE:
            for mention in meaning.mentions:
                if one.span.start <= mention.span.start and mention.span.end <= one.span.end:
                    yield _name(definition.sql, mention.span)


def _risked(definition: Definition, old: Meaning | None, new: Meaning) -> Break | None:
    """Text is converted that was no text before: some texts do not convert."""
    before = {one.span for one in old.conversions} if old is not None else set[Span]()
    known = {one.to for one in old.conversions} if old is not None else set[str]()
    for one in new.conversions:
        if one.span not in before and (old is None or one.to not in known):
            message = f'"{one.column}" may hold values that do not convert to {one.to}.'
            proof = proof_at(definition, one.span, message)
            return Break(proof, Certainty.DATA_DEPENDENT, (one.column,), definition.name)
    return None


def _name(sql: str, span: Span) -> str:
    """The last part of the name at a place, without quotes."""
    written = sql[span.start : span.end].strip()
    return written.rpartition(".")[2].strip('"`[]')


def proof_at(definition: Definition, span: Span, message: str) -> Proof:
    """Give the place of a name in the file, and its line."""
    line, column = line_and_column(definition.sql, span.start)
    text = definition.sql.splitlines()[line - 1] if definition.sql else ""
    place = definition.place
    shift = place.column - 1 if line == 1 else 0
    return Proof(message, place.file, place.line + line - 1, column + shift, text)


def _by_span(meaning: Meaning) -> dict[Span, set[str]]:
    """What the names of a text are; a name of USING is two columns."""
    found: dict[Span, set[str]] = {}
    for one in meaning.mentions:
        found.setdefault(one.span, set()).add(one.is_)
    return found


def rebound(
    base: BoundProject, head: BoundProject, key: Key
) -> tuple[tuple[str, ...], Proof | None]:
    """Names that find another column than before, in a text that is the same."""
    found: dict[str, Proof] = {}
    node = head.nodes[key]
    for definition, (old, new) in zip(node.definitions, _aligned(base, head, key), strict=False):
        if old is None or new is None or new.problems:
            continue
        was, is_ = _by_span(old), _by_span(new)
        for span in sorted(set(was) & set(is_)):
            if was[span] != is_[span]:
                name = f"{', '.join(sorted(was[span]))} → {', '.join(sorted(is_[span]))}"
                found.setdefault(name, proof_at(definition, span, f"rebound: {name}"))
    return tuple(found), next(iter(found.values()), None)
