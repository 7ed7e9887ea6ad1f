"""Why a statement no longer runs, or means something else: the place in its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.impact.binding import BoundProject
from catalog.impact.changes import pairs
from catalog.impact.graph import Key
from catalog.impact.places import spot
from catalog.model.project import Definition
from catalog.model.report import Certainty, Edit, Proof
from ingest.sql.errors import Code, Problem, Span, line_and_column
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
    definition: Definition
    places: tuple[Span, ...] = ()  # of the names that are not found
    titles: tuple[Span, ...] = ()  # those of them that output columns are called by


def broken(base: BoundProject, head: BoundProject, key: Key) -> tuple[Break, ...]:
    """Give the statements of a node that fail now and did not before."""
    found: list[Break] = []
    for definition, (old, new) in zip(
        head.nodes[key].definitions, _aligned(base, head, key), strict=False
    ):
        if new is None or (old is not None and old.problems):
            continue
        fails = _failed(head, definition, new) if new.problems else _risked(definition, old, new)
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


def _failed(head: BoundProject, definition: Definition, meaning: Meaning) -> Break:
    first = meaning.problems[0]
    return Break(
        proof_at(definition, first.span, first.message),
        _certainty(head, definition, meaning, first),
        tuple(sorted(set(_failing(definition, meaning)))),
        definition.name,
        definition,
        tuple(one.span for one in meaning.problems if one.code is Code.UNKNOWN_COLUMN),
        tuple(one.span for one in meaning.problems if one.titles),
    )


def _certainty(
    head: BoundProject, definition: Definition, meaning: Meaning, problem: Problem
) -> Certainty:
    """What is not in an open relation is gone as far as was observed: nobody has told them all."""
    if definition.recorded:
        return Certainty.OBSERVED
    dialect = definition.dialect if definition.dialect is not None else head.project.dialect
    if dialect not in CHECKED and problem.code not in _CERTAIN:
        return Certainty.DATA_DEPENDENT
    lost = {one for name in meaning.reads for one in head.open.get(name.lower(), ())}
    name = _name(definition.sql, problem.span).lower()
    gone = problem.code is Code.UNKNOWN_COLUMN and name in {one.lower() for one in lost}
    return Certainty.OBSERVED if gone else Certainty.PROVEN


def mended(found: Break, name: str, new_name: str) -> tuple[Edit, ...]:
    """Give the lines of a broken statement in which a name has to be another.

    What the statement gives stays as it is: `SELECT a` becomes `SELECT b AS a`.
    """
    definition = found.definition
    lines: dict[int, list[Span]] = {}
    for span in sorted(set(found.places)):
        if _name(definition.sql, span).lower() == name.lower():
            lines.setdefault(line_and_column(definition.sql, span.start)[0], []).append(span)
    return tuple(edit for spans in lines.values() for edit in _mended(found, spans, new_name))


def _mended(broken: Break, spans: list[Span], new_name: str) -> Iterator[Edit]:
    """One line, with the new name at each place, in the quotes of the old one.

    A line that stands otherwise in the file is not mended.
    """
    definition, sql = broken.definition, broken.definition.sql
    found = spot(definition, spans[0])
    if found.shift is None:
        return
    start = sql.rfind("\n", 0, spans[0].start) + 1 - found.shift
    after, at = "", 0
    for span in spans:
        written = sql[span.start : span.end]
        quote = written[-1] if written[-1] in _QUOTES else ""
        opening = "[" if quote == "]" else quote
        head = written[: len(written) - len(_last(written))]
        after += found.text[at : span.start - start] + head + opening + new_name + quote
        after += f" AS {_last(written)}" if span in broken.titles else ""
        at = span.end - start
    yield Edit(found.file, found.line, found.text, after + found.text[at:])


_QUOTES = frozenset('"`]')


def _last(written: str) -> str:
    """The last part of a dotted name, in its quotes."""
    return written[written.rfind(".") + 1 :]


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
            written = definition.sql[one.span.start : one.span.end]
            literal = written.startswith("'")
            message = (
                f"{written} does not convert to {one.to}."
                if literal
                else f'"{one.column}" may hold values that do not convert to {one.to}.'
            )
            proof = proof_at(definition, one.span, message)
            names = () if literal else (one.column,)
            return Break(proof, Certainty.DATA_DEPENDENT, names, definition.name, definition)
    return None


def _name(sql: str, span: Span) -> str:
    """The last part of the name at a place, without quotes."""
    written = sql[span.start : span.end].strip()
    return written.rpartition(".")[2].strip('"`[]')


def proof_at(definition: Definition, span: Span, message: str) -> Proof:
    """Give the place of a name in the file, and its line; of recorded links only whose they are."""
    if definition.recorded:
        return Proof(message, definition.place.file)
    found = spot(definition, span)
    blamed = definition.sql[span.start : span.end].partition("\n")[0]
    is_there = found.text.startswith(blamed, found.column - 1)
    length = len(blamed) if is_there else None
    return Proof(message, found.file, found.line, found.column, found.text, length)


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
