"""Text that stores can hold: lone surrogates are legal in JSON and in nothing that comes after."""

from __future__ import annotations

import re
from typing import cast

from ingest.facts import Notice
from ingest.openlineage.decode import decode
from ingest.openlineage.encode import encode
from ingest.openlineage.lenient import pointer
from ingest.openlineage.unreadable import Unreadable


def readable(value: object, text: bytes | None) -> tuple[bytes, list[Notice]]:
    r"""Give a record's canonical text; in it a lone surrogate becomes the text `\udXXX`.

    The record id does not depend on the order of keys, so neither may what is read. `text` is what
    `encode` gives of the value, for those who have it.

    Raises:
        Unreadable: nested too deep.
    """
    notices: list[Notice] = []
    try:
        text = text or encode(value)
        if _SURROGATE.search(text):
            text = encode(_escaped(decode(text), "", notices))
    except RecursionError as error:
        raise Unreadable("too_deep", "", "Nested too deep") from error
    return text, notices


_SURROGATE = re.compile(rb"\\ud[89a-f]")
"""Half of a pair at least; pairs are found too, and change nothing."""


def _escaped(value: object, path: str, notices: list[Notice]) -> object:
    if isinstance(value, str):
        return _escape(value, path, notices)
    if isinstance(value, list):
        items = cast("list[object]", value)
        return [_escaped(item, pointer(path, i), notices) for i, item in enumerate(items)]
    if isinstance(value, dict):
        parts = cast("dict[str, object]", value)
        escaped: dict[str, object] = {}
        for key in sorted(parts):
            here = pointer(path, _escape(key, path, notices))
            escaped[_escape(key, path, [])] = _escaped(parts[key], here, notices)
        return escaped
    return value


def _escape(text: str, path: str, notices: list[Notice]) -> str:
    escaped = text.encode("utf-8", "backslashreplace").decode("utf-8")
    if escaped != text:
        notices.append(Notice("lone_surrogate", path, "Text that is no Unicode is written out"))
    return escaped
