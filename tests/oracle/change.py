"""Oracle (b): what a changed column changes is explained by an edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.oracle.answer import End, Lineage, lineage
from tests.oracle.court import Court, Disagreement, Opinion, Oracle, Review
from tests.oracle.database import Outcome
from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.data import Rows, changed
from tests.oracle.grammar.draw import Draw
from tests.oracle.grammar.schema import Column, Table, some_columns
from tests.oracle.grammar.selects import ROW_KEY
from tests.oracle.grammar.statement import Statement

_NOT_ROW_BY_ROW = frozenset(
    {
        Construct.GROUP_BY,
        Construct.WINDOW,
        Construct.SET_OPERATION,
        Construct.DISTINCT,
        Construct.DISTINCT_ON,
        Construct.ORDERED_LIMIT,
        Construct.AGGREGATE_FILTER,
        Construct.AGGREGATE_ORDER,
        Construct.PIVOT_CLAUSE,
        Construct.PIVOT_STATEMENT,
        Construct.RECURSIVE_CTE,
        Construct.SCALAR_SUBQUERY,
        Construct.LATERAL_JOIN,
        Construct.INSERT,
        Construct.MERGE,
    }
)


def changes(
    court: Court, statements: dict[int, Statement], draw: Draw, number: int
) -> Iterator[Disagreement]:
    """Each statement over data in which one of some columns has other values."""
    schema = court.world.schema
    told = {at: lineage(court.engine, each.sql, schema) for at, each in statements.items()}
    before = {at: court.database.run(each) for at, each in statements.items()}
    for table, column in some_columns(draw, schema, number):
        rows = changed(draw, court.world.rows[table.name], table, column)
        with court.database.with_rows(table, rows):
            for at, statement in statements.items():
                old, said = before[at], told[at]
                if table.name not in statement.sql or old is None or said.error is not None:
                    continue
                opinion = _opinion(court, statement, said, _end(table, column), old)
                if opinion is not None:
                    review = _review(table, column, rows)
                    yield Disagreement(Oracle.CHANGE, at, statement, schema, opinion, review)


def _end(table: Table, column: Column) -> End:
    return table.name, column.name.lower()


def _review(table: Table, column: Column, rows: Rows) -> Review:
    def review(court: Court, statement: Statement) -> Opinion | None:
        said = lineage(court.engine, statement.sql, court.world.schema)
        before = court.database.run(statement)
        if before is None or said.error is not None:
            return None
        with court.database.with_rows(table, rows):
            return _opinion(court, statement, said, _end(table, column), before)

    return review


def _opinion(
    court: Court, statement: Statement, said: Lineage, end: End, before: Outcome
) -> Opinion | None:
    after = court.database.run(statement)
    if after is None or after.names != before.names:
        return None
    changed_outputs = unexplained(said, statement, end, before, after)
    if not changed_outputs:
        return None
    truth = f"{end[0]}.{end[1]} changes: {', '.join(sorted(changed_outputs))}"
    return Opinion(truth, f"no edge: to rows {sorted(said.rows)}, columns {said.own}")


def unexplained(
    said: Lineage, statement: Statement, end: End, before: Outcome, after: Outcome
) -> frozenset[str]:
    """The outputs that changed without an edge (`rows` where which rows there are changed).

    Rows are compared as multisets: with no edge into the rows, the outputs that are not
    reached must be the same all together. With one, rows of equal keys must.
    """
    reached = said.reached(end)
    if statement.target == end[0]:
        reached = reached | {end[1]}
    kept = tuple(name.lower() not in reached for name in before.names)
    if end in said.rows:
        return _of_matched(statement, before, after, kept)
    if _multiset(before, kept) == _multiset(after, kept):
        return frozenset()
    changed_alone = frozenset(
        name.lower()
        for at, name in enumerate(before.names)
        if kept[at] and _column(before, at) != _column(after, at)
    )
    if len(before.rows) != len(after.rows) or not changed_alone:
        return frozenset({"rows"})
    return changed_alone


def _multiset(outcome: Outcome, kept: tuple[bool, ...]) -> Counter[tuple[str, ...]]:
    return Counter(
        tuple(value for value, keep in zip(row, kept, strict=True) if keep) for row in outcome.rows
    )


def _column(outcome: Outcome, at: int) -> Counter[str]:
    return Counter(row[at] for row in outcome.rows)


def _of_matched(
    statement: Statement, before: Outcome, after: Outcome, kept: tuple[bool, ...]
) -> frozenset[str]:
    """Differences outside of `kept` between rows of equal keys, where rows are made one by one."""
    keys = tuple(at for at, name in enumerate(before.names) if _is_key(statement, name))
    if not keys or not all(kept[at] for at in keys):
        return frozenset()
    if not statement.constructs.isdisjoint(_NOT_ROW_BY_ROW):
        return frozenset()
    old, new = _by_key(before, keys), _by_key(after, keys)
    return frozenset(
        name.lower()
        for at, name in enumerate(before.names)
        if kept[at] and any(old[key][at] != new[key][at] for key in old.keys() & new.keys())
    )


def _is_key(statement: Statement, name: str) -> bool:
    if statement.target is not None:
        return name == f"{statement.target}_id"
    return name.startswith(ROW_KEY)


def _by_key(outcome: Outcome, keys: tuple[int, ...]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The rows whose key is theirs alone."""
    counted = Counter(tuple(row[at] for at in keys) for row in outcome.rows)
    rows = {tuple(row[at] for at in keys): row for row in outcome.rows}
    return {key: row for key, row in rows.items() if counted[key] == 1}
