"""Oracle (a): with a column dropped, the engine binds as DuckDB does."""

from __future__ import annotations

import re

from tests.oracle.answer import Engine, lineage
from tests.oracle.database import Bound, Database, Refused
from tests.oracle.grammar.schema import Schema
from tests.oracle.grammar.statement import Statement


def disagreement(
    engine: Engine, database: Database, schema: Schema, statement: Statement
) -> tuple[str, str] | None:
    """What DuckDB and the engine say of the statement, if it is not the same.

    `schema` is the database's at the moment. Errors outside the engine's classes (a value in
    no group, a failed plan) are no truth for it.
    """
    truth = database.bind(statement)
    said = lineage(engine, statement.sql, schema)
    if isinstance(truth, Refused):
        if truth.error in ("other", said.error):
            return None
        return f"{truth.error}: {truth.message}", f"error {said.error}"
    if said.error is not None:
        return "binds", f"error {said.error}"
    if statement.target is not None:
        return None
    names = _comparable(truth)
    return None if _same(names, said.outputs) else (f"outputs {names}", f"outputs {said.outputs}")


def _comparable(bound: Bound) -> tuple[str, ...]:
    """Output names, equal ones once."""
    return tuple(dict.fromkeys(name for name, _ in bound.outputs))


def _same(names: tuple[str, ...], outputs: tuple[str, ...]) -> bool:
    """Equal in order; unnamed outputs carry SQL text, which may be spelled freely."""
    return len(names) == len(outputs) and all(
        name == output or not re.fullmatch(r"[\w ]+", name)
        for name, output in zip(names, outputs, strict=True)
    )
