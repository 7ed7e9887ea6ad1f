"""Text that stores can hold: lone surrogates are legal in JSON and in nothing that comes after."""

from __future__ import annotations

from typing import cast

import msgspec

from ingest.facts import Notice
from ingest.openlineage.lenient import pointer
from ingest.openlineage.unreadable import Unreadable


def encoded(value: object) -> tuple[bytes, list[Notice]]:
    r"""Encode a record as JSON with sorted keys; a lone surrogate becomes the text `\udXXX`.

    Raises:
        Unreadable: nested too deep.
    """
    notices: list[Notice] = []
    try:
        try:
            return _ordered(value), notices
        except UnicodeEncodeError:
            return _ordered(_escaped(value, "", notices)), notices
    except RecursionError as error:
        raise Unreadable("too_deep", "", "Nested too deep") from error


def _ordered(value: object) -> bytes:
    """The record id does not depend on the order of keys, so neither may what is read."""
    return msgspec.json.encode(value, order="deterministic")


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
