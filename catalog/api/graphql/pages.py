"""Relay's connections, over the pages of the core."""

from __future__ import annotations

from typing import Generic, TypeVar

import strawberry

from catalog.errors import Invalid

T = TypeVar("T")

MOST = 1_000
"""The largest page."""


@strawberry.type(name="PageInfo", description="Is there more behind this page?")
class PageInfoType:
    has_next_page: bool = strawberry.field(description="There is more.")
    end_cursor: str | None = strawberry.field(description="Give it as `after` for the next page.")


@strawberry.type(name="Edge", description="One item of a page.")
class PageEdgeType(Generic[T]):
    cursor: str = strawberry.field(description="The place of the item in the whole answer.")
    node: T = strawberry.field(description="The item.")


@strawberry.type(name="Connection", description="A page of a longer answer.")
class Connection(Generic[T]):
    edges: list[PageEdgeType[T]] = strawberry.field(description="The items of this page.")
    page_info: PageInfoType = strawberry.field(description="Is there more?")
    total_count: int | None = strawberry.field(
        description="How many there are in all; null where counting would cost too much."
    )


def page_size(first: int) -> int:
    """Check the size of a page.

    Raises:
        Invalid: it is not between 1 and `MOST`.
    """
    if not 1 <= first <= MOST:
        raise Invalid(f"first must be between 1 and {MOST}, not {first}")
    return first


def offset_of(after: str | None) -> int:
    """Read a cursor of a whole answer.

    Raises:
        Invalid: no page gave this cursor.
    """
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) < 10):  # noqa: PLR2004 fits an int
        raise Invalid(f"{after!r} is not a cursor of this answer")
    return int(after)
