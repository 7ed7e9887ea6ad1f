"""The canonical text of an event, put together from its parts: facets are written once.

A job's schemas and its lineage come with every event of its runs, nine tenths of the bytes. The
text of an object is made of the texts of its parts, so a facet that came before, byte for byte,
is neither decoded nor written again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Final, TypeAlias, cast

import msgspec

from ingest.openlineage.decode import decode, may_be_deep
from ingest.openlineage.encode import encode

LARGE: Final = 32_768
"""Bytes beyond which a facet is not remembered: 1,024 of them, twice, are 64 MB."""


def canonical(body: bytes) -> tuple[object, bytes | None]:
    """Give an event's value and its text, which is `encode(decode(body))`.

    Of an object the value may be its outermost parts alone: None where they are null, undecoded
    else. What is no object has no text yet. Of equal keys the last holds, and alone is looked at.

    Raises:
        Unreadable: as `decode` does.
    """
    try:
        if not may_be_deep(body):
            parts = _OBJECT.decode(body)
            return {key: _unless_null(part) for key, part in parts.items()}, _written(parts, _EVENT)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass  # not as events are: `decode` knows better
    value = decode(body)
    return value, encode(cast("dict[str, object]", value)) if isinstance(value, dict) else None


def _unless_null(part: msgspec.Raw) -> msgspec.Raw | None:
    return None if bytes(part) == b"null" else part


_Part: TypeAlias = Callable[[bytes], bytes]
"""Writes one part canonically."""

_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])


def _anew(part: bytes) -> bytes:
    return encode(decode(part))


_before = lru_cache(maxsize=1_024)(_anew)


def _facet(part: bytes) -> bytes:
    return _before(part) if len(part) <= LARGE else _anew(part)


def _object(part: bytes, ways: Mapping[str, _Part], other: _Part = _anew) -> bytes:
    return _written(_OBJECT.decode(part), ways, other)


def _array(part: bytes, way: _Part) -> bytes:
    return b"[%b]" % b",".join([way(bytes(item)) for item in _ARRAY.decode(part)])


def _written(
    parts: Mapping[str, msgspec.Raw], ways: Mapping[str, _Part], other: _Part = _anew
) -> bytes:
    texts = [
        b"%b:%b" % (encode(key), ways.get(key, other)(bytes(parts[key]))) for key in sorted(parts)
    ]
    return b"{%b}" % b",".join(texts)


_facets = partial(_object, ways=cast("Mapping[str, _Part]", {}), other=_facet)
_thing = partial(_object, ways={"facets": _facets, "inputFacets": _facets, "outputFacets": _facets})
_things = partial(_array, way=_thing)
_EVENT: Mapping[str, _Part] = {
    "run": _thing,
    "job": _thing,
    "dataset": _thing,
    "inputs": _things,
    "outputs": _things,
}
