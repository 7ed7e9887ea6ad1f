"""Pages of runs, the latest heard of first."""

from __future__ import annotations

from catalog.api.graphql.context import Info
from catalog.api.graphql.pages import page_size
from catalog.errors import Invalid
from catalog.model.page import Page, PageEdge, page_with
from catalog.model.thing import Thing
from ingest.folds import RunFold
from ingest.names import MalformedId, RunKey, decode_id, encode_id


async def runs_page(
    info: Info, thing: Thing | None, first: int, after: str | None
) -> Page[RunFold]:
    """Give a page of runs; the cursor is the id of the last run before it."""
    size = page_size(first)
    before = _run_of(after) if after else None
    folds = await info.context.graph.recent_runs(thing, size + 1, before)
    return page_with([PageEdge(encode_id(fold.run), fold) for fold in folds], size)


def _run_of(cursor: str) -> RunKey:
    try:
        run = decode_id(cursor)
    except MalformedId as error:
        raise Invalid(f"{cursor!r} is not a cursor of this answer") from error
    if not isinstance(run, RunKey):
        raise Invalid(f"{cursor!r} is not a cursor of this answer")
    return run
