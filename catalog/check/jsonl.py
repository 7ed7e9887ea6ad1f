"""`headwater check --jsonl`: one comparison a line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import cast

from catalog.check.check import CheckMemory, check_folders
from catalog.check.rendering import rendered
from catalog.check.state import State
from catalog.check.verdict import FailOn, verdict_of
from catalog.errors import HeadwaterError


def answer_line(
    line: bytes, memory: CheckMemory, fail_on: FailOn, today: date
) -> dict[str, object]:
    """Answer `{id, base, head}`; what is wrong with it is told in `error`."""
    try:
        request: object = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "The line is not JSON."}
    if not isinstance(request, dict):
        return {"id": None, "error": "The line is not a JSON object."}
    told = cast("dict[str, object]", request)
    number, base, head = (told.get(name) for name in ("id", "base", "head"))
    if not isinstance(base, str) or not isinstance(head, str):
        return {"id": number, "error": "`base` and `head` must be folders."}
    try:
        report = check_folders(State(Path(base)), State(Path(head)), memory, today)
    except HeadwaterError as error:
        return {"id": number, "error": str(error)}
    return {"id": number, "report": rendered(report, verdict_of(report, fail_on))}
