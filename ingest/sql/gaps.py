"""Why a column may be NULL: the cases that a text shows, and no guess beyond them."""

from __future__ import annotations

import enum
from typing import NamedTuple, TypeAlias


class GapKind(enum.StrEnum):
    """Why a value is not there."""

    STORED = "stored"  # the stored column that it is taken from may be NULL
    JOINED = "joined"  # an outer join finds no partner
    WRITTEN = "written"  # NULL, NULLIF, a CASE without ELSE
    UNTOLD = "untold"  # something of which it cannot be told


class Gap(NamedTuple):
    """One reason why a column may be NULL; `table` and `column`: the stored one."""

    kind: GapKind
    table: str = ""
    column: str = ""


Gaps: TypeAlias = frozenset[Gap]
"""All reasons; none: it is never NULL."""

NEVER: Gaps = frozenset()
UNTOLD: Gaps = frozenset({Gap(GapKind.UNTOLD)})
WRITTEN: Gaps = frozenset({Gap(GapKind.WRITTEN)})
JOINED: Gaps = frozenset({Gap(GapKind.JOINED)})
