"""How one version of a query differs from another, in what it gives."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.sql.meaning import Field, Result
from ingest.sql.terms.values import not_null


class RowsDiff(enum.IntEnum):
    """How the rows differ: not at all, in how often each is there, or in which there are."""

    NONE = 0
    COPIES = 1
    MEMBERS = 2


@dataclass(frozen=True, slots=True)
class Retyped:
    """A column that has another type."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shape:
    """How the columns of two results differ, by their names."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    retyped: tuple[Retyped, ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.added or self.removed or self.retyped or self.reordered)


@dataclass(frozen=True, slots=True)
class QueryDiff:
    """What is different. `changed`: columns of both whose values are; `renamed`: (from, to).

    A renamed column is also among the removed and the added ones.
    """

    shape: Shape = Shape()
    changed: tuple[str, ...] = ()
    rows: RowsDiff = RowsDiff.NONE
    only_null: tuple[str, ...] = ()
    """The rows differ only where these columns are NULL (keys); none: they may differ anywhere."""
    renamed: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.shape or self.changed or self.rows)


Typed = tuple[str, str, str]
"""A column: what it is found by, its name, its type."""


def shape_of(before: Sequence[Typed], after: Sequence[Typed]) -> Shape:
    """Compare columns in order; of two of one name the last counts."""
    old, new = {one[0]: one for one in before}, {one[0]: one for one in after}
    kept = [key for key in old if key in new]
    return Shape(
        tuple(new[key][1] for key in new if key not in old),
        tuple(old[key][1] for key in old if key not in new),
        tuple(
            Retyped(new[key][1], old[key][2], new[key][2])
            for key in kept
            if old[key][2] != new[key][2] and old[key][2] and new[key][2]
        ),
        kept != [key for key in new if key in old],
    )


def diff(before: Result, after: Result) -> QueryDiff:
    """Compare what two bound queries give."""
    old = {field.key: field for field in before.fields}
    new = {field.key: field for field in after.fields}
    shape = shape_of(_typed(before), _typed(after))
    changed = [
        field.name for key, field in new.items() if key in old and old[key].value != field.value
    ]
    rows = _rows(before, after)
    only_null = tuple(_only_null(before, after)) if rows is RowsDiff.MEMBERS else ()
    return QueryDiff(shape, tuple(changed), rows, only_null, tuple(_renamed(old, new)))


def _only_null(before: Result, after: Result) -> list[str]:
    """The columns of which one of the two wants, by conditions alone, that they are not NULL."""
    wanted = before.conditions ^ after.conditions
    if before.core != after.core or not wanted:
        return []
    tests = {not_null(field.value): field.key for field in after.fields}
    return sorted(tests[one] for one in wanted) if wanted <= set(tests) else []


def _typed(result: Result) -> list[Typed]:
    return [(field.key, field.name, field.type) for field in result.fields]


def _rows(before: Result, after: Result) -> RowsDiff:
    if before.rows == after.rows:
        return RowsDiff.NONE
    return RowsDiff.COPIES if before.rows.members == after.rows.members else RowsDiff.MEMBERS


def _renamed(old: dict[str, Field], new: dict[str, Field]) -> list[tuple[str, str]]:
    """A removed and an added column of the same value, if each has no other candidate."""
    gone = [field for key, field in old.items() if key not in new]
    come = [field for key, field in new.items() if key not in old]
    pairs: list[tuple[str, str]] = []
    for field in gone:
        alike = [other for other in come if other.value == field.value]
        if len(alike) == 1 and sum(other.value == field.value for other in gone) == 1:
            pairs.append((field.name, alike[0].name))
    return pairs
