"""Oracle (a): the engine binds as DuckDB does, also with a column less or a column more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.oracle.answer import lineage
from tests.oracle.court import Court, Disagreement, Opinion, Oracle
from tests.oracle.database import ErrorClass, Refused
from tests.oracle.grammar.draw import Draw
from tests.oracle.grammar.schema import Schema, Table, some_columns, with_one_more
from tests.oracle.grammar.statement import Statement


def bindings(
    court: Court, statements: dict[int, Statement], draw: Draw, number: int
) -> Iterator[Disagreement]:
    """Each statement as it is, and with so many columns dropped or added, one at a time."""
    for at, statement in statements.items():
        yield from _found(court, at, statement, None)
    schema = court.world.schema
    dropped = [table.without(each.name) for table, each in some_columns(draw, schema, number)]
    added = [with_one_more(draw, schema) for _ in range(number)]
    for table in (*dropped, *added):
        with court.database.redefined(table):
            for at, statement in statements.items():
                if table.name in statement.sql:
                    yield from _found(court, at, statement, table)


def _found(
    court: Court, number: int, statement: Statement, edited: Table | None
) -> Iterator[Disagreement]:
    whole = court.world.schema
    schema = whole if edited is None else whole.redefined(edited)
    opinion = _opinion(court, statement, schema)

    def review(again: Court, other: Statement) -> Opinion | None:
        if edited is None:
            return _opinion(again, other, schema)
        with again.database.redefined(edited):
            return _opinion(again, other, schema)

    if opinion is not None:
        yield Disagreement(Oracle.BINDING, number, statement, schema, opinion, review)


def _opinion(court: Court, statement: Statement, schema: Schema) -> Opinion | None:
    """None where both agree, and where DuckDB's error is of no class of the engine's."""
    truth = court.database.bind(statement)
    said = lineage(court.engine, statement.sql, schema)
    told = f"binds: {said.outputs}" if said.error is None else f"{said.error}: {said.message}"
    if isinstance(truth, Refused):
        agree = truth.error in (ErrorClass.OTHER, said.error)
        return None if agree else Opinion(f"{truth.error}: {truth.message}", told)
    names = tuple(dict.fromkeys(name for name, _ in truth.outputs))
    agree = said.error is None and (statement.target is not None or _same(names, said.outputs))
    return None if agree else Opinion(f"binds: {names}", told)


def _same(names: tuple[str, ...], outputs: tuple[str, ...]) -> bool:
    """Equal in order; unnamed outputs carry SQL text, which may be spelled freely."""
    return len(names) == len(outputs) and all(
        name == output or not re.fullmatch(r"[\w ]+", name)
        for name, output in zip(names, outputs, strict=True)
    )
