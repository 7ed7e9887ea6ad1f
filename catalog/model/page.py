"""A page of a longer answer, in the shape of Relay's connections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageEdge(Generic[T]):
    """One item and the cursor behind which the next page starts."""

    cursor: str
    node: T


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Is there more?"""

    has_next_page: bool
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of an answer. `total_count` is None where counting would cost too much."""

    edges: tuple[PageEdge[T], ...]
    page_info: PageInfo
    total_count: int | None


def page_of(items: Sequence[T], first: int, offset: int) -> Page[T]:
    """Cut a page out of a whole answer whose order is fixed; cursors are places in it."""
    chosen = items[offset : offset + first]
    edges = tuple(PageEdge(str(place), item) for place, item in enumerate(chosen, start=offset + 1))
    more = offset + len(chosen) < len(items)
    return Page(edges, PageInfo(more, edges[-1].cursor if edges else None), len(items))


def page_with(edges: Sequence[PageEdge[T]], first: int) -> Page[T]:
    """Make a page of up to `first` items out of one more than that, if there is one more."""
    chosen = tuple(edges[:first])
    more = len(edges) > first
    return Page(chosen, PageInfo(more, chosen[-1].cursor if chosen else None), None)
