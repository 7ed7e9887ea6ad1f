"""A check run on the commit: the report, and its notes in the lines of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from catalog.check.github.api import PublishingError, PullRequest, call
from catalog.check.github.notes import Note

_NAME = "Headwater"
_AT_ONCE = 50
"""How many notes GitHub takes in one request."""

_CONCLUSION = {"pass": "success", "warn": "neutral", "fail": "failure"}


def check_run(
    request: PullRequest, verdict: str, title: str, summary: str, notes: Sequence[Note]
) -> None:
    """Make a check run that is done; notes beyond the first fifty are added to it.

    Raises:
        PublishingError: GitHub refused, or does not answer.
    """
    told = {"title": title, "summary": summary}
    first, rest = notes[:_AT_ONCE], notes[_AT_ONCE:]
    made = call(
        request,
        "POST",
        "check-runs",
        {
            "name": _NAME,
            "head_sha": request.commit,
            "status": "completed",
            "conclusion": _CONCLUSION[verdict],
            "output": {**told, "annotations": [_annotation(one) for one in first]},
        },
    )
    while rest:
        first, rest = rest[:_AT_ONCE], rest[_AT_ONCE:]
        more = {"output": {**told, "annotations": [_annotation(one) for one in first]}}
        call(request, "PATCH", f"check-runs/{_number(made)}", more)


def _number(made: object) -> int:
    found = cast("Mapping[str, object]", made).get("id") if isinstance(made, dict) else None
    if not isinstance(found, int):
        raise PublishingError("GitHub made a check run without a number")
    return found


def _annotation(note: Note) -> dict[str, object]:
    return {
        "path": note.file,
        "start_line": note.line,
        "end_line": note.line,
        "start_column": note.column,
        "end_column": note.column,
        "annotation_level": "failure" if note.fails else "warning",
        "title": note.title,
        "message": note.text,
    }
