"""Where dbt's properties speak of a model and of its columns."""

from __future__ import annotations

import re


def line_in_yaml(text: str, about: str, column: str | None) -> tuple[int, str]:
    """Find the line that names a thing, or the one below it that names its column.

    Gives the line's number and text; the first line if it is not found. The file is not parsed as
    YAML: that would not tell lines.
    """
    lines = text.split("\n")
    found = next((at for at, line in enumerate(lines) if _names(line, about)), None)
    if found is None:
        return 1, lines[0]
    if column is not None:
        below = range(found + 1, len(lines))
        found = next((at for at in below if _names(lines[at], column)), found)
    return found + 1, lines[found]


def _names(line: str, name: str) -> bool:
    return re.search(rf"\bname:\s*[\"']?{re.escape(name)}[\"']?\s*(?:[,}}#]|$)", line) is not None
