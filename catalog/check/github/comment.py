"""One comment on a pull request, kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from catalog.check.github.api import PullRequest, call
from catalog.model.report import Report

MARKER = "<!-- headwater check -->"
"""By which our comment is found again; nobody sees it."""

_PAGE = 100


def comment(request: PullRequest, report: Report, body: str) -> bool:
    """Write our comment, or bring it up to date; False: there was nothing to say.

    Raises:
        PublishingError: GitHub refused, or does not answer.
    """
    existing = next(_ours(request), None)
    if existing is None and not report.changes:
        return False
    payload = {"body": f"{MARKER}\n{body}"}
    if existing is None:
        call(request, "POST", f"issues/{request.number}/comments", payload)
    else:
        call(request, "PATCH", f"issues/comments/{existing}", payload)
    return True


def _ours(request: PullRequest) -> Iterator[int]:
    page = 1
    while True:
        where = f"issues/{request.number}/comments?per_page={_PAGE}&page={page}"
        found = call(request, "GET", where)
        comments = cast("list[dict[str, object]]", found) if isinstance(found, list) else []
        for one in comments:
            number = one.get("id")
            if isinstance(number, int) and str(one.get("body", "")).startswith(MARKER):
                yield number
        if len(comments) < _PAGE:
            return
        page += 1
