"""Bytes of one record to Python values, exactly as Python's `json` decodes them.

The record id is a hash of these values, so every writer must agree on them. msgspec is the fast
way to the same values; whatever it refuses is left to `json`, which then decides.
"""

from __future__ import annotations

import json
from typing import NoReturn

import msgspec

from ingest.openlineage.unreadable import Unreadable

MAX_DEPTH = 128
"""How deep objects and arrays may nest: far beyond any event, far below any recursion limit."""


def decode(body: bytes) -> object:
    """Decode UTF-8 (also with a byte order mark, UTF-16 and UTF-32); the last of equal keys holds.

    Lone surrogates stay in the strings.

    Raises:
        Unreadable: not JSON (`not_json`), a number that no float or int holds, NaN or Infinity
            (`number_out_of_range`), or nested deeper than `MAX_DEPTH` (`too_deep`).
    """
    value = _fast(body)
    if may_be_deep(body) and _deeper_than(MAX_DEPTH, value):
        raise Unreadable("too_deep", "", f"Nested deeper than {MAX_DEPTH} levels")
    return value


class WrittenOtherwise(float):
    """A number whose text differs between writers of JSON (`1e+16`, `1e16`): see `encode`."""


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        _refuse(text[:40])
    return WrittenOtherwise(number) if "e" in repr(number) else number


_DECODER = msgspec.json.Decoder(float_hook=_finite)
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")


def may_be_deep(body: bytes) -> bool:
    """Tell whether a body might nest deeper than `MAX_DEPTH`, at a glance.

    Innermost pairs of brackets are taken away, level by level; brackets in texts only add levels.
    """
    brackets = body.translate(None, _NO_BRACKETS)
    for _ in range(MAX_DEPTH):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    return True


def _fast(body: bytes) -> object:
    try:
        return _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _exact(body)


def _exact(body: bytes) -> object:
    try:
        return json.loads(body, parse_constant=_refuse, parse_float=_finite, parse_int=_whole)
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable("too_deep", "", f"Nested deeper than {MAX_DEPTH} levels") from error
    except ValueError as error:
        raise Unreadable("not_json", "", f"Not JSON: {error}") from error


def _refuse(text: str) -> NoReturn:
    raise Unreadable("number_out_of_range", "", f"Not a JSON number: {text}")


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:  # more digits than Python converts
        _refuse(text[:40])


def _deeper_than(limit: int, value: object) -> bool:
    """Go down level by level; recursion would be what this protects from."""
    level = [value]
    for _ in range(limit + 1):
        level = [
            child
            for parent in level
            for child in (
                parent.values()
                if isinstance(parent, dict)
                else parent
                if isinstance(parent, list)
                else ()
            )
            if child.__class__ is dict or child.__class__ is list
        ]
        if not level:
            return False
    return True
