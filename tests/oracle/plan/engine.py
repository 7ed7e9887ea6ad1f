"""An engine made of DuckDB's own plans, by which the oracles themselves are tested."""

from __future__ import annotations

from tests.oracle.answer import Edges, End, Engine, Told
from tests.oracle.database import Database, Refused
from tests.oracle.grammar.construct import WRITES
from tests.oracle.grammar.statement import Statement, World
from tests.oracle.plan.interpret import UnknownOperatorError, interpreted
from tests.oracle.plan.writes import Written


def engine_of(database: Database, world: World) -> Engine:
    """Answers for statements over this database, at the moment's schema."""
    tables = [each.name for each in world.schema.tables]

    def answer(request: dict[str, object]) -> Told:
        sql = str(request["sql"])
        writes = sql.split(" ", 1)[0].lower() in {str(each) for each in WRITES}
        bound = database.bind(Statement(sql, frozenset(), tables[0] if writes else None))
        if isinstance(bound, Refused):
            return _told({}, [], {"code": str(bound.error), "message": bound.message})
        names = tuple(name for name, _ in bound.outputs)
        try:
            plan = interpreted(database.plan(Statement(sql, frozenset())), names)
        except UnknownOperatorError as error:
            return _told({}, [], {"code": "unsupported", "message": str(error)})
        if plan is None:
            return _told({}, [], {"code": "unsupported", "message": "no plan"})
        return _told(_columns(plan), _edges(plan.flow.rows), None)

    return answer


def _told(
    columns: dict[str, Edges],
    rows: list[tuple[str | None, str, str]],
    error: dict[str, object] | None,
) -> Told:
    return {"columns": columns, "rows": rows, "error": error}


def _columns(plan: Written) -> dict[str, Edges]:
    found: dict[str, Edges] = {}
    for name, cell in zip(plan.names, plan.flow.cells, strict=True):
        edges = found.setdefault(name, {"direct": [], "indirect": []})
        edges["direct"] += _edges(cell.direct)
        edges["indirect"] += _edges(cell.indirect)
    return found


def _edges(ends: frozenset[End]) -> list[tuple[str | None, str, str]]:
    return [(table, column, "") for table, column in sorted(ends)]
