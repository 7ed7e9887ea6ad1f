"""Oracle (b): what a changed column changes is explained by an edge."""

from __future__ import annotations

from collections import Counter

from tests.oracle.answer import End, Lineage
from tests.oracle.database import Outcome
from tests.oracle.grammar.construct import Construct
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


def unexplained(
    said: Lineage, statement: Statement, changed: End, before: Outcome, after: Outcome
) -> frozenset[str]:
    """The outputs that changed without an edge (`rows` where which rows there are changed).

    Rows are compared as multisets: with no edge into the rows, the outputs that are not
    reached must be the same all together. With one, rows of equal keys must.
    """
    reached = said.reached(changed)
    if statement.target == changed[0]:
        reached = reached | {changed[1]}
    kept = tuple(name.lower() not in reached for name in before.names)
    if changed in said.rows:
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
