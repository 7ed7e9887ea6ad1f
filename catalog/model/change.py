"""What has changed, and what a change does to a dataset."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class ChangeKind(enum.StrEnum):
    """The kinds of change."""

    REMOVED = "removed"
    RENAMED = "renamed"
    ADDED = "added"
    RETYPED = "retyped"
    NULLABILITY = "nullability"
    REORDERED = "reordered"
    LOGIC = "logic"
    CHECK = "check"
    ROWS = "rows"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a dataset, or to a column of it. `before` and `after`: names or types."""

    kind: ChangeKind
    dataset: str
    column: str | None = None
    before: str | None = None
    after: str | None = None
    file: str | None = None
    line: int | None = None

    @property
    def subject(self) -> str:
        """Give what an acknowledgement names: `kind dataset[.column]`."""
        thing = f"{self.dataset}.{self.column}" if self.column else self.dataset
        return f"{self.kind} {thing}"


class Rows(enum.IntEnum):
    """What happens to the rows: nothing; the same ones more or less often; others are there."""

    NONE = 0
    COPIES = 1
    MEMBERS = 2


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A column that is added, removed, renamed or retyped; reordered has no column."""

    kind: ChangeKind
    column: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Delta:
    """What a change does to one dataset. Deltas only grow.

    `values`: keys of the columns that have other values; `unknown`: something happens that could
    not be told.
    """

    schema: tuple[SchemaChange, ...] = ()
    values: frozenset[str] = field(default=frozenset())
    rows: Rows = Rows.NONE
    only_null: frozenset[str] = field(default=frozenset())  # rows differ where these are NULL alone
    unknown: bool = False
    removed: bool = False  # the dataset itself is gone

    def __bool__(self) -> bool:
        """Whether anything happens."""
        return bool(self.schema or self.values or self.rows or self.unknown or self.removed)


NO_DELTA = Delta()
