"""What recorded edges say of a job whose SQL is not known, in the form of a bound statement. Pure.

The text of such a definition lists the columns that are read, so that what is gone has a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from catalog.model.change import ChangeKind, Delta
from catalog.model.project import Definition, RecordedFlow
from ingest.flows import KIND_OF, Kind
from ingest.sql.contents.content import ANYTHING
from ingest.sql.errors import Code, Problem, Span
from ingest.sql.lineage import ANY_COLUMN
from ingest.sql.meaning import Field, Meaning, Result, Use
from ingest.sql.outputs import Mode
from ingest.sql.schema import Declared
from ingest.sql.terms.frame import NO_ROWS
from ingest.sql.terms.term import term, text

_HARMLESS = frozenset({ChangeKind.ADDED})


def text_of(flows: Iterable[RecordedFlow]) -> str:
    """List the columns that flows read, once each."""
    return ", ".join(dict.fromkeys(".".join(one.path) for one in flows if _is_column(one)))


def observed(
    definition: Definition, find: Callable[[str], Declared | None], *, judged: bool
) -> Meaning:
    """Give what a definition means by its recorded flows.

    `judged`: what it reads and is not there any more is a problem; the first state is taken as it
    is, since edges are recorded of what worked.
    """
    flows = definition.recorded
    problems = tuple(sorted(set(_gone(definition, find)))) if judged else ()
    fields = tuple(_field(name, flows) for name in dict.fromkeys(one.into for one in flows) if name)
    uses = _ordered({_use(one) for one in flows if one.into is None})
    result = Result(definition.target, Mode.APPEND, fields, NO_ROWS, uses, open=True)
    reads = tuple(sorted({one.relation for one in flows}))
    return Meaning(reads, (result,), problems, (), ())


def untold(flows: Iterable[RecordedFlow], inputs: dict[str, Delta]) -> bool:
    """Tell whether something happens of which recorded edges cannot tell what it does."""
    for flow in flows:
        delta = inputs.get(flow.relation.lower())
        if delta is None or not flow.path:
            continue
        for change in delta.schema:
            if change.kind in _HARMLESS:
                continue
            name = (change.column or "").lower()
            if flow.path == (ANY_COLUMN,) or change.column is None or name == flow.path[0].lower():
                return True
    return False


def is_inferred(definitions: Iterable[Definition]) -> bool:
    """Tell whether of all that is made it is only known that it is made of others somehow."""
    told = [flow for one in definitions for flow in one.recorded]
    return (
        bool(told) and all(one.recorded for one in definitions) and not any(map(_is_column, told))
    )


def _gone(definition: Definition, find: Callable[[str], Declared | None]) -> Iterator[Problem]:
    for flow in definition.recorded:
        table = find(flow.relation)
        if table is None:
            continue
        if table.absent:
            yield Problem(Span(0, 0), Code.UNKNOWN_TABLE, "What it reads is not there any more.")
        elif _is_column(flow) and _misses(table, flow.path[0]):
            name = ".".join(flow.path)
            start = max(definition.sql.find(name), 0)
            span = Span(start, start + len(name))
            yield Problem(span, Code.UNKNOWN_COLUMN, f'It reads "{name}", which is gone.')


def _misses(table: Declared, name: str) -> bool:
    known = {one.lower() for one in table.columns}
    if table.open:
        return name.lower() in {one.lower() for one in table.lost}
    return bool(known) and name.lower() not in known


def _is_column(flow: RecordedFlow) -> bool:
    return bool(flow.path) and flow.path != (ANY_COLUMN,)


def _field(name: str, flows: Iterable[RecordedFlow]) -> Field:
    told = [one for one in flows if one.into == name]
    direct = {_use(one) for one in told if KIND_OF[one.subtype] is Kind.DIRECT}
    indirect = {_use(one) for one in told} - direct
    value = term("recorded", text(name))
    return Field(name, name.lower(), "", value, "", _ordered(direct), _ordered(indirect), ANYTHING)


def _ordered(uses: Iterable[Use]) -> tuple[Use, ...]:
    return tuple(sorted(uses, key=_order))


def _use(flow: RecordedFlow) -> Use:
    return Use(flow.relation, flow.path, flow.subtype)


def _order(use: Use) -> tuple[str, tuple[str, ...], str]:
    return (use.table or "", use.path, use.subtype)
