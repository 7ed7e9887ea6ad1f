"""What a statement gives: its result, or what it writes to a table."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from sqlglot.expressions import Expr

from ingest.sql.lineage import Lineage, Table
from ingest.sql.relation import Column, Relation


class Mode(enum.Enum):
    """What becomes of what was there before."""

    RESULT = "nothing is written"
    CREATE = "the table is made"
    APPEND = "rows are added"
    OVERWRITE = "rows are replaced"
    UPDATE = "rows are changed in place"
    DELETE = "rows are taken away"
    MERGE = "rows are added, changed or taken away"


@dataclass(slots=True, eq=False)
class Output:
    """Columns and rows of a result (no target) or of what is written to a table.

    The column `*` stands for those that are not known.
    """

    target: Table | None
    columns: list[Column]
    rows: Lineage
    mode: Mode = Mode.RESULT
    temporary: bool = False  # the target is gone with the session
    relation: Relation | None = None  # what a temporary target is to the statements behind
    keys: tuple[frozenset[str], ...] = ()  # unique among the rows, by column key
    named: Expr | None = None  # the table, where the statement names another by its alias
    lost: frozenset[str] = frozenset()  # keys that are not among the columns that are not known
