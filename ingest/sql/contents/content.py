"""What a column can hold: the reasons why it may be NULL, and literals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from ingest.sql.gaps import NEVER, UNTOLD, Gap, GapKind, Gaps
from ingest.sql.relation import Column

Literals: TypeAlias = frozenset[str]


class Contents(NamedTuple):
    """What a column can hold. `gaps`: why it may be NULL, which is none of the literals.

    `written`: all that it can be, if those are written; `only`: all that conditions leave of it;
    `never`: what they keep out.
    """

    gaps: Gaps
    written: Literals | None = None
    only: Literals | None = None
    never: Literals = frozenset()


ANYTHING = Contents(UNTOLD)


def either(parts: Iterable[Contents]) -> Contents:
    """What one or another holds."""
    found = list(parts)
    left = [one.written if one.only is None else one.only for one in found]
    return Contents(
        NEVER.union(*[one.gaps for one in found]),
        all_literals(one.written for one in found),
        all_literals(left),
        found[0].never.intersection(*[one.never for one in found[1:]]),
    )


def all_literals(parts: Iterable[Literals | None]) -> Literals | None:
    """All literals; None if one of the parts can be something else."""
    found: set[str] = set()
    for one in parts:
        if one is None:
            return None
        found |= one
    return frozenset(found)


def stored(column: Column) -> Contents:
    """A column of a table itself; of what is not looked into it cannot be told."""
    if column.root.node is None and len(column.lineage.direct) == 1:
        ((source, _, _),) = column.lineage.direct
        if source.table.name and len(source.path) == 1:
            gap = Gap(GapKind.STORED, source.table.name, source.path[0])
            return Contents(frozenset({gap}))
    return ANYTHING
