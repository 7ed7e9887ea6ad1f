"""What a statement means, as a frozen value: it can be compared, and kept between runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.flows import Subtype
from ingest.sql.contents.content import ANYTHING, Contents
from ingest.sql.contents.queries import contents_of
from ingest.sql.errors import Problem, Span
from ingest.sql.expectations import Expectation, expectations
from ingest.sql.lineage import ABSORBED, CHOOSING, MASKED, REPEATING, Lineage, Origins
from ingest.sql.nulls import required
from ingest.sql.outputs import Mode, Output
from ingest.sql.relation import Column
from ingest.sql.rules import told_apart
from ingest.sql.scope import Conversion, Reference
from ingest.sql.script import Script
from ingest.sql.statements import Bound
from ingest.sql.terms.frame import NO_ROWS, Made, Rowset, Temporary, Valued
from ingest.sql.terms.queries import reader, valued
from ingest.sql.terms.term import Term, term, text
from ingest.sql.tree import child
from ingest.sql.types.kinds import spelled_by


class Use(NamedTuple):
    """An end of a table that makes a difference to something. The empty path: the table's rows."""

    table: str | None  # None: it cannot be told which
    path: tuple[str, ...]
    subtype: Subtype
    absorbs: bool = False  # copies of rows make no difference
    chooses: bool = False  # only which of several rows stands for them
    masks: bool = False  # the value cannot be told from it


class Mention(NamedTuple):
    """A name in the text, and what it is: `table.column`, or the name of a column made here."""

    span: Span
    is_: str


@dataclass(frozen=True, slots=True)
class Field:
    """An output column. `type`: as the dialect writes it, "" if not known; `value`: its term."""

    name: str
    key: str
    type: str
    value: Term
    spells: str  # the type whose values its texts spell; "" if that is not known
    direct: tuple[Use, ...]
    indirect: tuple[Use, ...]
    holds: Contents


@dataclass(frozen=True, slots=True)
class Result:
    """What a statement gives, or writes to a table. `open`: it may hold more columns."""

    target: str | None
    mode: Mode
    fields: tuple[Field, ...]
    rows: Rowset
    uses: tuple[Use, ...]  # what enters its rows
    open: bool
    keys: tuple[frozenset[str], ...] = ()  # unique among the rows, by column key
    core: Rowset = NO_ROWS  # the rows before the last conditions
    conditions: frozenset[Term] = frozenset()
    lost: frozenset[str] = frozenset()  # keys of columns that it does not hold, though open


@dataclass(frozen=True, slots=True)
class Meaning:
    """A text of one or more statements."""

    reads: tuple[str, ...]
    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    mentions: tuple[Mention, ...]
    conversions: tuple[Conversion, ...]
    expectations: tuple[Expectation, ...] = ()
    required: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Of each table, columns without which a row of it plays no part."""


def meaning_of(script: Script) -> Meaning:
    """Freeze a bound script."""
    dialect = script.statements[0].binding.rules.dialect if script.statements else ""
    temporary: Temporary = {}
    results = [
        result for bound in script.statements for result in _results(bound, dialect, temporary)
    ]
    told = [bound.told for bound in script.statements]
    reads = {table.name for one in told for table in one.reads if table.name}
    problems = sorted([*script.problems, *(one for part in told for one in part.problems)])
    mentions = sorted({_mention(one) for part in told for one in part.references})
    conversions = sorted({one for part in told for one in part.conversions})
    return Meaning(
        tuple(sorted(reads)),
        tuple(results),
        tuple(problems),
        tuple(mentions),
        tuple(conversions),
        tuple(sorted({one for bound in script.statements for one in _expected(bound)})),
        tuple(_required(script)),
    )


def _expected(bound: Bound) -> Iterator[Expectation]:
    return expectations(bound.node, bound.binding)


def _required(script: Script) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A column is required if every mention of its table requires it."""
    found: dict[str, set[str]] = {}
    for bound in script.statements:
        for table, keys in required(bound.binding):
            found[table] = found[table] & keys if table in found else keys
    for table, keys in sorted(found.items()):
        if keys:
            yield table, tuple(sorted(keys))


def _mention(reference: Reference) -> Mention:
    column = reference.column.root
    if column.node is None and len(column.lineage.direct) == 1:
        ((source, _, _),) = column.lineage.direct
        return Mention(reference.span, f"{source.table.name or '?'}.{'.'.join(source.path)}")
    return Mention(reference.span, column.name)


def _results(bound: Bound, dialect: str, temporary: Temporary) -> Iterator[Result]:
    """What a statement gives; what it makes for those behind it is remembered."""
    query = _query_of(bound.node)
    terms = valued(query, bound.binding, temporary) if query is not None and bound.outputs else None
    for output in bound.outputs:
        if not output.temporary:
            yield _result(output, bound, terms, dialect)
        elif output.relation is not None:
            values, rows = _terms(output, bound, terms)
            made = list(zip(output.columns, values, strict=True))
            temporary[id(output.relation)] = Made(made, rows)


def _query_of(node: Expr) -> Expr | None:
    """The query whose columns, in order, are those of the output."""
    if isinstance(node, exp.Query):
        return node
    inner = child(node, "expression")
    if isinstance(node, (exp.Create, exp.Insert)) and isinstance(inner, exp.Query):
        return inner
    return None


def _result(output: Output, bound: Bound, terms: Valued | None, dialect: str) -> Result:
    values, rows = _terms(output, bound, terms)
    contents = _contents(output, bound)
    names = told_apart((one.name, one.key) for one in output.columns)
    fields = [
        Field(
            name,
            column.key,
            column.type.sql(dialect) if column.type is not None else "",
            value,
            _spelled(column, dialect),
            _uses(column.lineage.direct),
            _uses(column.lineage.indirect | column.lineage.given),
            holds,
        )
        for column, name, value, holds in zip(output.columns, names, values, contents, strict=True)
    ]
    named = tuple(field for field in fields if field.name != "*" or field.key)
    target = output.target.name if output.target is not None else None
    is_open = len(named) != len(fields)
    uses = _rows_uses(output.rows)
    keys = tuple(sorted(output.keys, key=sorted))
    core, told = (terms.core, terms.conditions) if terms is not None else (rows, frozenset[Term]())
    return Result(target, output.mode, named, rows, uses, is_open, keys, core, told, output.lost)


def _contents(output: Output, bound: Bound) -> list[Contents]:
    query = _query_of(bound.node) or child(bound.node, "expression")
    known = contents_of(query, bound.binding) if query is not None else []
    spare = len(output.columns) - len(known)
    return [*known[: len(output.columns)], *[ANYTHING] * spare]


def _spelled(column: Column, dialect: str) -> str:
    found = spelled_by(column.type) if column.type is not None else None
    return found.sql(dialect) if found is not None else ""


def _terms(output: Output, bound: Bound, terms: Valued | None) -> tuple[list[Term], Rowset]:
    if terms is not None:
        known = [value for _, value in terms.columns]
        spare = [text(column.name) for column in output.columns[len(known) :]]
        return [*known[: len(output.columns)], *spare], terms.rows
    whole = term("written", text(bound.node.sql(comments=False)), *_named(bound))
    values = [term("of", whole, text(column.name)) for column in output.columns]
    return values, Rowset(whole, whole) if output.columns or output.rows.indirect else NO_ROWS


def _named(bound: Bound) -> Iterable[Term]:
    read = reader(bound.binding)
    return [read.column(one.column) for one in sorted(bound.told.references, key=_place)]


def _place(reference: Reference) -> Span:
    return reference.span


def _uses(origins: Origins) -> tuple[Use, ...]:
    return tuple(
        sorted(
            {
                Use(
                    source.table.name,
                    source.path,
                    subtype,
                    bool(marks & ABSORBED),
                    bool(marks & CHOOSING),
                    bool(marks & MASKED),
                )
                for source, subtype, marks in origins
                if not marks & REPEATING
            },
            key=_order,
        )
    )


def _rows_uses(lineage: Lineage) -> tuple[Use, ...]:
    return _uses(lineage.direct | lineage.indirect)


def _order(use: Use) -> tuple[str, tuple[str, ...], str, bool, bool, bool]:
    return (use.table or "", use.path, use.subtype, use.absorbs, use.chooses, use.masks)
